/** What carriers know about a sender of SMS, as Twilio reports it. */
export type SmsRegistration =
  | { kind: 'local'; campaign: TenDlcCampaign | null }
  | { kind: 'toll_free' | 'short_code' | 'mobile' | 'alphanumeric' };

/** A verified 10DLC campaign with what its brand is worth to the carriers. */
export type TenDlcCampaign = { usecase: string; brandType: string; brandScore: number | null; isRussell3000: boolean };

/** Segments per second over all carriers, and why, in words. */
export type SmsPace = { segmentsPerSecond: number; source: string };

/**
 * Twilio's table, dated: "MPS and Daily Limits for A2P 10DLC", support article 1260803225669, and "Understanding Twilio Rate Limits and Message
 * Queues", 115002943027, both as published on 2026-11-22. Raising a cap is a request to Twilio, not a setting (P33).
 */
const DATED = '22\u00a0Nov\u00a02026';
const byScore = [
  { from: 75, segmentsPerSecond: 225 },
  { from: 50, segmentsPerSecond: 120 },
  { from: 0, segmentsPerSecond: 12 },
] as const;
const byKind = { toll_free: 3, short_code: 100, mobile: 10, alphanumeric: 10 } as const;
const kindInWords = { toll_free: 'Toll-free number', short_code: 'Short code', mobile: 'Number outside the US and Canada', alphanumeric: 'Alphanumeric sender' } as const;

/** P31: the cap of a sender by its registration. A campaign's cap is one for all its numbers. */
export function paceByRegistration(registration: SmsRegistration): SmsPace {
  if (registration.kind !== 'local') {
    return { segmentsPerSecond: byKind[registration.kind], source: `${kindInWords[registration.kind]}: Twilio's default rate of ${DATED}` };
  }
  return registration.campaign ? paceOfCampaign(registration.campaign) : { segmentsPerSecond: 1, source: 'Local number without an approved 10DLC campaign' };
}

function paceOfCampaign({ usecase, brandType, brandScore, isRussell3000 }: TenDlcCampaign): SmsPace {
  const because = (segmentsPerSecond: number, what: string) => ({ segmentsPerSecond, source: `10DLC campaign, ${what} (Twilio's table of ${DATED})` });
  if (brandType === 'SOLE_PROPRIETOR' || usecase === 'SOLE_PROPRIETOR') return because(1, 'sole proprietor');
  if (usecase.startsWith('LOW_VOLUME')) return because(3.75, 'low volume');
  if (isRussell3000) return because(225, 'Russell 3000 company');
  const score = brandScore ?? 0;
  const { segmentsPerSecond } = byScore.find((row) => score >= row.from) ?? { segmentsPerSecond: 12 };
  return because(segmentsPerSecond, brandScore ? `brand score ${brandScore}` : 'brand without a score');
}
