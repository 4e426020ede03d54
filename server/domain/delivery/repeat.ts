import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { channels, type ChannelId } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { handOver } from '#server/domain/delivery/hand-over.ts';
import { writeIntents, type Claimed, type Intent } from '#server/domain/delivery/intend.ts';
import type { ResolvePolicy } from '#server/domain/delivery/policy.ts';
import { recordAnswers } from '#server/domain/delivery/record-answers.ts';
import type { OpenAttempt } from '#server/domain/delivery/resolve.ts';
import { lockPace, writePace } from '#server/domain/sender/lock-pace.ts';
import { holdOf } from '#server/domain/time-zone/departure.ts';
import { stateHoursOf } from '#server/domain/time-zone/state-hours.ts';
import { zonesOf, type Whereabouts } from '#server/domain/time-zone/of-person.ts';
import { readTimeRules } from '#server/domain/time-zone/rules.ts';
import { cancelMessage } from '#server/twilio/messages.ts';
import type { TwilioClient } from '#server/twilio/client.ts';

type RepeatInput = { workerId: string; policy: ResolvePolicy; messagingServiceSid: string };
type Original = Claimed & { channel: ChannelId; sender: string; paceId: string; timeZone: string | null };

/**
 * True when it took the place. Replaces an attempt that left no trace by a message that Twilio sends only after `lead` seconds: any evidence for the first one until then cancels
 * it. The same checks as for every intent hold: the person has not opted out, the broadcast was not cancelled.
 */
export async function scheduleRepeat(ctx: Context, client: TwilioClient, attempt: OpenAttempt, input: RepeatInput): Promise<boolean> {
  const intent = await ctx.transaction((tx) => intendRepeat(tx, ctx, attempt, input));
  if (!intent) return false;
  const outcome = await handOver(client, intent, { organizationId: ctx.organizationId });
  await recordAnswers(ctx, intent.paceId, [{ intent, outcome }], input.policy);
  return true;
}

/** The person of the delivery `d`, or who has the number of its attempt `a`, left the organisation or the sender, also when their contact was deleted since. */
const hasLeft = sql`(exists (select 1 from contact c where c.organization_id = a.organization_id and c.opted_out and (c.id = d.contact_id or c.phone = regexp_replace(a.recipient, '^[a-z]+:', '')))
  or exists (select 1 from kept_opt_out k where k.organization_id = a.organization_id and k.phone = regexp_replace(a.recipient, '^[a-z]+:', ''))
  or exists (select 1 from sender_opt_out s where s.organization_id = a.organization_id and s.sender = a.sender and s.phone = regexp_replace(a.recipient, '^[a-z]+:', '')))`;

async function intendRepeat(tx: Tx, ctx: Context, attempt: OpenAttempt, input: RepeatInput): Promise<Intent | null> {
  const [original] = await rows<Original>(tx, sql`
    select a.seq, (select max(each.n) + 1 from attempt each where each.broadcast_id = a.broadcast_id and each.seq = a.seq) as n, a.recipient, a.body, a.segments, a.method, coalesce(a.media_urls, '{}') as "mediaUrls", b.channel, a.estimate, a.sender, a.pace_id as "paceId", '[]'::json as missing,
      (select c.time_zone from contact c where c.organization_id = a.organization_id and c.id = d.contact_id) as "timeZone"
    from attempt a
    join broadcast_delivery d on d.broadcast_id = a.broadcast_id and d.seq = a.seq
    join broadcast b on b.organization_id = a.organization_id and b.id = a.broadcast_id and b.status in ('sending', 'sent', 'paused')
    where a.organization_id = ${ctx.organizationId} and a.token = ${attempt.token} and a.state in ('uncertain', 'absent')
      and not exists (select 1 from attempt later where later.broadcast_id = a.broadcast_id and later.seq = a.seq and later.n > a.n and later.state not in ('rejected', 'aborted'))
      and not (${hasLeft})
    for update of a`);
  if (!original || !channels[original.channel].usesService) return null; // without a service Twilio would send it at once
  const sendAt = await sendTime(tx, ctx, attempt.broadcastId, original, input.policy);
  const pace = await lockPace(tx, ctx, original.paceId);
  await tx.execute(sql`
    update attempt set state = 'absent', resolved_by = 'policy', check_at = ${new Date(sendAt.getTime() - input.policy.lastLook * 1_000).toISOString()}::timestamptz
    where organization_id = ${ctx.organizationId} and token = ${attempt.token}`);
  const route = { broadcastId: attempt.broadcastId, sender: original.sender, paceId: original.paceId, workerId: input.workerId, accountSid: attempt.accountSid, messagingServiceSid: input.messagingServiceSid };
  const [intent] = await writeIntents(tx, ctx, [original], route, { lease: input.policy.lease, sendAt });
  if (intent) await writePace(tx, ctx, pace, [intent], attempt.broadcastId);
  return intent ?? null;
}

/** After `lead` seconds; when it is quiet then where the person is, at the end of that. */
async function sendTime(tx: Tx, ctx: Context, broadcastId: string, person: Whereabouts, { lead }: ResolvePolicy): Promise<Date> {
  const at = ctx.now().getTime() + lead * 1_000;
  const rules = await readTimeRules(tx, ctx, broadcastId);
  return new Date(rules ? holdOf(rules, zonesOf(person, rules.home), at, stateHoursOf(person.recipient))?.until ?? at : at);
}

/** Repeats that must not go out: the first message turned up after all, the person opted out, or the broadcast was cancelled. */
export async function cancelOvertakenRepeats(ctx: Context, client: TwilioClient): Promise<void> {
  const overtaken = await ctx.transaction((tx) => rows<{ token: string; sid: string }>(tx, sql`
    select a.token, a.sid from attempt a
    join broadcast b on b.organization_id = a.organization_id and b.id = a.broadcast_id
    join broadcast_delivery d on d.broadcast_id = a.broadcast_id and d.seq = a.seq
    where a.organization_id = ${ctx.organizationId} and a.state = 'accepted' and a.sid is not null and a.send_at > clock_timestamp()
      and (b.status = 'cancelled'
        or exists (select 1 from attempt first where first.broadcast_id = a.broadcast_id and first.seq = a.seq and first.n < a.n and first.state = 'accepted')
        or ${hasLeft})`));
  for (const { token, sid } of overtaken) {
    if (!(await cancelMessage(client, sid))) continue;
    await ctx.transaction((tx) => tx.execute(sql`update attempt set state = 'aborted', resolved_by = 'policy', check_at = null where organization_id = ${ctx.organizationId} and token = ${token}`));
  }
}
