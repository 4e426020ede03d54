import type { Account, Campaign, PhoneNumber } from '#server/twilio/simulator/model.ts';
import type { Pace } from '#server/twilio/simulator/pace.ts';

/** The campaign that a number's service is registered under, whatever its state. */
export function campaignOf(account: Account, number: PhoneNumber): Campaign | undefined {
  return number.serviceSid ? account.campaigns.find((campaign) => campaign.serviceSid === number.serviceSid) : undefined;
}

/** Why carriers would refuse this sender: 30034 without a verified campaign, 30032 for an unverified toll-free number; null when all is well. */
export function registrationError(account: Account, number: PhoneNumber): 30034 | 30032 | null {
  if (!number.phoneNumber.startsWith('+1')) return null;
  if (number.tollFree) {
    const verified = account.tollfreeVerifications.some((one) => one.numberSid === number.sid && one.status === 'TWILIO_APPROVED');
    return verified ? null : 30032;
  }
  return campaignOf(account, number)?.status === 'VERIFIED' ? null : 30034;
}

/** Senders that share one carrier rate: all numbers of a campaign, else the number alone. Rate in segments per second. */
export function paceOf(account: Account, number: PhoneNumber): Pace {
  const campaign = campaignOf(account, number);
  if (number.tollFree) return { key: number.phoneNumber, segmentsPerSecond: 3 };
  if (!campaign || campaign.status !== 'VERIFIED') return { key: number.phoneNumber, segmentsPerSecond: 1 };
  return { key: campaign.sid, segmentsPerSecond: campaignRate(account, campaign) };
}

/** Twilio's table of 10DLC rates by brand score and use case (total over carriers, segments per second). */
function campaignRate(account: Account, campaign: Campaign): number {
  const brand = account.brands.find((one) => one.sid === campaign.brandSid);
  if (brand?.brandType === 'SOLE_PROPRIETOR' || campaign.usecase === 'SOLE_PROPRIETOR') return 1;
  if (campaign.usecase === 'LOW_VOLUME') return 3.75;
  const score = brand?.score ?? 0;
  if (score >= 75) return 225;
  return score >= 50 ? 120 : 12;
}
