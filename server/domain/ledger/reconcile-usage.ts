import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { chargedStatuses } from '#server/domain/delivery/counts.ts';
import type { Reconciliation, ReconciliationDay } from '#server/domain/ledger/schema.ts';

/**
 * Our SMS per UTC day beside what Twilio's usage records say of the same day, as last read, newest first; each difference with its likely cause.
 * Carrier fees are a category of their own at Twilio and in no Message's price, so they stand apart.
 */
export async function reconcileUsage(ctx: Context): Promise<Reconciliation> {
  const [found] = await ctx.transaction((tx) => rows<{ read_at: string | null; days: CountedDay[] | null }>(tx, sql`
    with ours as (
      select day, max(currency) as currency, sum(deliveries)::int as messages, sum(price) as settled,
        coalesce(sum(deliveries - priced) filter (where status in (${chargedStatuses})), 0)::int as unpriced,
        coalesce(sum(unpriced_estimate) filter (where status in (${chargedStatuses})), 0) as estimate
      from daily_rollup where organization_id = ${ctx.organizationId} and channel = 'sms' and day > (${ctx.now().toISOString()}::timestamptz at time zone 'UTC')::date - 35
      group by day having sum(deliveries) > 0
    ), theirs as (
      select day, max(currency) as currency, max(messages) filter (where category = 'sms-outbound') as messages, max(price) filter (where category = 'sms-outbound') as price,
        coalesce(max(price) filter (where category = 'sms-messages-carrierfees'), 0) as fees
      from twilio_usage where organization_id = ${ctx.organizationId} and day > (${ctx.now().toISOString()}::timestamptz at time zone 'UTC')::date - 35 group by day
    )
    select (select max(read_at) from twilio_usage where organization_id = ${ctx.organizationId}) as read_at, json_agg(json_build_object(
      'day', coalesce(o.day, t.day), 'currency', coalesce(nullif(o.currency, ''), t.currency, ''), 'messages', coalesce(o.messages, 0), 'settled', coalesce(o.settled, 0)::numeric(18, 6)::text,
      'unpricedMessages', coalesce(o.unpriced, 0), 'unpricedEstimate', coalesce(o.estimate, 0)::numeric(18, 6)::text,
      'twilioMessages', t.messages, 'twilioPrice', t.price::numeric(18, 6)::text, 'carrierFees', coalesce(t.fees, 0)::numeric(18, 6)::text,
      'difference', (t.price - coalesce(o.settled, 0))::numeric(18, 6)::text) order by coalesce(o.day, t.day) desc) filter (where coalesce(o.messages, 0) + coalesce(t.messages, 0) > 0) as days
    from ours o full join theirs t on t.day = o.day`));
  const readAt = found?.read_at ? new Date(found.read_at) : null;
  // Twilio adds the record of a day until the end of the next.
  const completeUntil = readAt ? new Date(readAt.getTime() - 2 * 86_400_000).toISOString().slice(0, 10) : '';
  return { readAt: readAt?.toISOString() ?? null, days: (found?.days ?? []).map((day) => ({ ...day, ...judge(day, completeUntil) })) };
}

type CountedDay = Omit<ReconciliationDay, 'verdict' | 'explanation'>;

function judge(day: CountedDay, completeUntil: string): Pick<ReconciliationDay, 'verdict' | 'explanation'> {
  const isMissing = day.twilioMessages === null || day.difference === null;
  if (isMissing && day.day <= completeUntil) return { verdict: 'missing_at_twilio', explanation: 'Twilio has no record of this day. These messages went out through another account, or its records do not reach back so far.' };
  if (day.twilioMessages === null || day.difference === null) return { verdict: 'not_read', explanation: 'Twilio has no record of this day yet. It adds them some hours after the traffic.' };
  const more = day.twilioMessages - day.messages;
  if (day.unpricedMessages > 0) return { verdict: 'not_priced', explanation: `${people(day.unpricedMessages)} without a price here yet; Twilio names it message by message within a day.` };
  if (more > 0) return { verdict: 'other_traffic', explanation: `${people(more)} more at Twilio than were sent from here: another program, or the Console, used this account.` };
  if (more < 0) return { verdict: 'missing_at_twilio', explanation: `${people(-more)} fewer at Twilio: it does not count some that failed, and adds records for some hours.` };
  if (/[1-9]/.test(day.difference)) return { verdict: 'price_differs', explanation: 'As many messages, another price: Twilio corrected prices, or took a fee for failed ones. The ledger follows when the messages change.' };
  return { verdict: 'equal', explanation: 'Equal to the last digit.' };
}

const people = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'message' : 'messages'}`;
