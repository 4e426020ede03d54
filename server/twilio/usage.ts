import { twilioClient, type TwilioCredentials } from '#server/twilio/client.ts';

/** Twilio's usage categories that our messages fall under: the messages themselves, and what carriers add. */
export const USAGE_CATEGORIES = ['sms-outbound', 'sms-messages-carrierfees'] as const;
export type UsageCategory = (typeof USAGE_CATEGORIES)[number];

/** What Twilio counted on one UTC day; `price` is a positive decimal string. */
export type DailyUsage = { day: string; category: UsageCategory; messages: number; price: string; currency: string };

/**
 * Usage records by day from Usage/Records/Daily (api v2010), both days included. Twilio adds a record some hours after the traffic, and corrects it later.
 * @throws RestException when Twilio refuses
 */
export async function readDailyUsage(keys: TwilioCredentials, from: string, to: string): Promise<DailyUsage[]> {
  const { daily } = twilioClient(keys).usage.records;
  const range = { startDate: new Date(`${from}T00:00:00Z`), endDate: new Date(`${to}T00:00:00Z`), limit: 1_000 };
  const found = await Promise.all(USAGE_CATEGORIES.map(async (category) => (await daily.list({ ...range, category })).map((record): DailyUsage => ({
    day: dayOf(record.startDate), category, messages: Number(record.count) || 0, price: String(record.price ?? 0).replace(/^-/, ''), currency: (record.priceUnit ?? 'usd').toUpperCase(),
  }))));
  return found.flat();
}

/** The SDK says Date, but hands on what it parsed from a plain day. */
const dayOf = (moment: Date | string) => (typeof moment === 'string' ? moment : moment.toISOString()).slice(0, 10);
