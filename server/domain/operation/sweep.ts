import { sql } from 'drizzle-orm';
import { inSystem, rows, type Db, type Tx } from '#db/index.ts';
import { openMessages } from '#server/domain/ledger/settle.ts';
import { enqueue } from '#server/queue.ts';

/**
 * Finds work whose wake-up was lost, over all organisations: sends that nobody dispatches, attempts without an answer, scheduled broadcasts whose
 * time has come, messages without a price, usage records of yesterday, templates whose status is to be read, messages that keyword rules
 * have not looked at, webhooks that are due, senders that Twilio was not asked about for five minutes, opt-outs that Twilio has not heard of or that were not compared for a day, connections that were not tested for five minutes. A job too many does no harm: every verb looks at the tables first.
 * Sessions that are long over are deleted.
 */
export async function sweep(db: Db): Promise<void> {
  await inSystem(db, async (tx) => {
    for (const { organizationId, paceId } of await pacesWithWork(tx)) await enqueue(tx, 'dispatch-sender', { organizationId, paceId }, { key: `dispatch-sender:${paceId}` });
    for (const { organizationId } of await withOpenAttempts(tx)) await enqueue(tx, 'resolve-attempts', { organizationId }, { key: `resolve-attempts:${organizationId}` });
    for (const { organizationId, broadcastId } of await scheduledAndDue(tx)) await enqueue(tx, 'start-broadcast', { organizationId, broadcastId }, { key: `start-broadcast:${broadcastId}` });
    for (const { organizationId } of await withStaleUsage(tx)) await enqueue(tx, 'read-usage', { organizationId }, { key: `read-usage:${organizationId}` });
    for (const { organizationId } of await withoutPrices(tx)) await enqueue(tx, 'settle-prices', { organizationId }, { key: `settle-prices:${organizationId}` });
    for (const { organizationId } of await withTemplatesDue(tx)) await enqueue(tx, 'check-templates', { organizationId }, { key: `check-templates:${organizationId}` });
    for (const { organizationId, messageId } of await messagesWithoutRules(tx)) await enqueue(tx, 'run-rules', { organizationId, messageId }, { key: `run-rules:${messageId}` });
    for (const { organizationId } of await withWebhooksDue(tx)) await enqueue(tx, 'call-rule-webhooks', { organizationId }, { key: `call-rule-webhooks:${organizationId}` });
    for (const { organizationId } of await withConsentsDue(tx)) await enqueue(tx, 'push-consents', { organizationId }, { key: `push-consents:${organizationId}` });
    for (const { organizationId } of await withStaleOptOuts(tx)) await enqueue(tx, 'check-opt-outs', { organizationId }, { key: `check-opt-outs:${organizationId}` });
    for (const { organizationId } of await withStaleSenders(tx)) await enqueue(tx, 'sync-senders', { organizationId }, { key: `sync-senders:${organizationId}` });
    for (const { organizationId } of await withUntestedConnections(tx)) await enqueue(tx, 'check-connection', { organizationId }, { key: `check-connection:${organizationId}` });
    await tx.execute(sql`delete from session where expires_at < now() - interval '1 day'`);
  });
}

const pacesWithWork = (tx: Tx) => rows<{ organizationId: string; paceId: string }>(tx, sql`
  select distinct organization_id as "organizationId", pace_id as "paceId" from broadcast where status = 'sending' and pace_id is not null`);

// Also while a repeat waits at Twilio: an opt-out, a cancel or late evidence must reach it before it goes out.
const withOpenAttempts = (tx: Tx) => rows<{ organizationId: string }>(tx, sql`
  select organization_id as "organizationId" from attempt where state = 'intent' and lease_until < clock_timestamp()
  union select organization_id from attempt where check_at is not null and (check_at <= clock_timestamp() and state in ('uncertain', 'absent') or send_at > clock_timestamp() and state = 'accepted')`);

const scheduledAndDue = (tx: Tx) => rows<{ organizationId: string; broadcastId: string }>(tx, sql`
  select organization_id as "organizationId", id as "broadcastId" from broadcast where status = 'scheduled' and scheduled_at <= now()`);

// The sweep is what wakes it: a job of its own per moment would be one per template.
const withTemplatesDue = (tx: Tx) => rows<{ organizationId: string }>(tx, sql`
  select distinct organization_id as "organizationId" from template_version where next_check_at <= now()`);

// Settling asks Twilio for whole days: the task itself decides when to look again.
const withoutPrices = (tx: Tx) => rows<{ organizationId: string }>(tx, sql`
  select distinct organization_id as "organizationId" from daily_rollup where day >= (now() at time zone 'UTC')::date - 4
    and not exists (select 1 from graphile_worker.jobs j where j.key = 'settle-prices:' || organization_id)
  group by organization_id, day having ${openMessages} > 0`);

// Twilio adds its records by the day; a connection that is broken is not asked.
const withStaleUsage = (tx: Tx) => rows<{ organizationId: string }>(tx, sql`
  select distinct d.organization_id as "organizationId" from daily_rollup d join twilio_account a on a.organization_id = d.organization_id and a.status = 'connected'
  where d.day >= (now() at time zone 'UTC')::date - 35
    and not exists (select 1 from twilio_usage u where u.organization_id = d.organization_id and u.read_at > now() - interval '20 hours')
    and not exists (select 1 from graphile_worker.jobs j where j.key = 'read-usage:' || d.organization_id)`);

// The job of a message that just came is on its way; one that fails for a day is left alone.
const messagesWithoutRules = (tx: Tx) => rows<{ organizationId: string; messageId: string }>(tx, sql`
  select organization_id as "organizationId", id as "messageId" from chat_message
  where rules_run_at is null and direction = 'inbound' and created_at between now() - interval '1 day' and now() - interval '30 seconds'
    and not exists (select 1 from graphile_worker.jobs j where j.key = 'run-rules:' || chat_message.id) order by created_at limit 500`);

const withWebhooksDue = (tx: Tx) => rows<{ organizationId: string }>(tx, sql`
  select distinct organization_id as "organizationId" from rule_call where next_at <= now()`);

// A job that waits knows when to try again; without a connection there is nobody to tell.
const withConsentsDue = (tx: Tx) => rows<{ organizationId: string }>(tx, sql`
  select distinct e.organization_id as "organizationId" from consent_event e join twilio_account a on a.organization_id = e.organization_id and a.status = 'connected'
  where e.push = 'due' and a.messaging_service_sid is not null and not exists (select 1 from graphile_worker.jobs j where j.key = 'push-consents:' || e.organization_id)`);

// Once a day, and not again for an hour after one that failed or was cut off.
const withStaleOptOuts = (tx: Tx) => rows<{ organizationId: string }>(tx, sql`
  select a.organization_id as "organizationId" from twilio_account a left join opt_out_check c on c.organization_id = a.organization_id
  where a.status = 'connected' and a.created_at < now() - interval '1 day' and coalesce(c.finished_at is not null and c.error is null and c.started_at > now() - interval '1 day' or c.started_at > now() - interval '1 hour', false) = false
    and not exists (select 1 from graphile_worker.jobs j where j.key = 'check-opt-outs:' || a.organization_id)`);

// A job that waits knows when to try again: a Twilio that does not answer is not asked more often.
const withStaleSenders = (tx: Tx) => rows<{ organizationId: string }>(tx, sql`
  select a.organization_id as "organizationId" from twilio_account a where a.status = 'connected'
    and greatest(a.senders_read_at, a.checked_at, a.updated_at) < now() - interval '5 minutes'
    and not exists (select 1 from graphile_worker.jobs j where j.key = 'sync-senders:' || a.organization_id)`);

// Broken ones too, so that they mend by themselves; a few at a time, so that they are spread out after a night without a worker.
const withUntestedConnections = (tx: Tx) => rows<{ organizationId: string }>(tx, sql`
  select organization_id as "organizationId" from twilio_account a
  where checked_at < now() - interval '5 minutes' and not exists (select 1 from graphile_worker.jobs j where j.key = 'check-connection:' || a.organization_id)
  order by checked_at limit 20`);
