import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { namesStop } from '#server/channels/sms/opt-out-line.ts';
import type { Context } from '#server/context.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';
import { isQuiet, quietHours } from '#server/domain/time-zone/quiet-hours.ts';

type Check = PreviewView['checks'][number];
const pass = (name: string, detail: string): Check => ({ name, status: 'pass', detail, code: null, fixUrl: null });

/** What of the text was looked at and is right; what is not stands among the warnings already. */
export function textChecks(broadcast: BroadcastRow, warnings: PreviewView['warnings']): Check[] {
  const { content, optOutLine } = broadcast;
  const has = (...codes: string[]) => warnings.some(({ code }) => codes.includes(code));
  const links = content.match(/https?:\/\/\S+/g)?.length ?? 0;
  return [
    ...(has('no_opt_out') || (!optOutLine && !namesStop(content)) ? [] : [pass('Opt-out', namesStop(content) ? 'The text says how to stop.' : `“${optOutLine}” is added and counted.`)]),
    ...(links === 0 || has('link_shortener', 'plain_link') ? [] : [pass('Links', links === 1 ? 'One link, encrypted and on no shared shortener.' : `${links} links, encrypted and on no shared shortener.`)]),
  ];
}

/** Quiet hours, and whether Twilio's reports reach this installation. */
export async function deliveryChecks(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<Check[]> {
  const [organization] = await rows<{ timeZone: string; quietFrom: string | null; quietTo: string | null }>(tx, sql`
    select time_zone as "timeZone", quiet_from as "quietFrom", quiet_to as "quietTo" from organization where id = ${ctx.organizationId}`);
  return [...(organization ? quietCheck(broadcast, organization, ctx.now()) : []), await webhookCheck(tx, ctx)];
}

function quietCheck({ ignoresQuietHours }: BroadcastRow, { timeZone, quietFrom, quietTo }: { timeZone: string; quietFrom: string | null; quietTo: string | null }, now: Date): Check[] {
  const quiet = quietHours(quietFrom, quietTo);
  if (!quiet) return [];
  const hours = `${quietFrom} to ${quietTo}, by the clock where each person is, and the shorter hours of their US state`;
  if (ignoresQuietHours) return [{ name: 'Quiet hours', status: 'warn', detail: `Switched off for this broadcast: people may get it at night (${hours}). Open Schedule to switch them on.`, code: 'ignores_quiet_hours', fixUrl: null }];
  if (isQuiet(quiet, timeZone, now.getTime())) return [{ name: 'Quiet hours', status: 'warn', detail: `They have begun where you are (${hours}). Whoever is in them gets it when they end; nobody is dropped.`, code: 'quiet_now', fixUrl: null }];
  return [pass('Quiet hours', `Kept: ${hours}. Whoever is in them now gets it when they end.`)];
}

/** Receipts tell what became of a message. Silence means something only when messages went out some minutes ago. */
async function webhookCheck(tx: Tx, ctx: Context): Promise<Check> {
  const [heard] = await rows<{ minutes: number }>(tx, sql`
    select (extract(epoch from now() - received_at) / 60)::float8 as minutes from message_event
    where organization_id = ${ctx.organizationId} and source = 'callback' order by id desc limit 1`);
  if (heard && heard.minutes < 60) return pass('Webhook', `Twilio reported ${ago(heard.minutes)}.`);
  const [sent] = await rows<{ any: boolean }>(tx, sql`
    select exists (select 1 from broadcast where organization_id = ${ctx.organizationId} and claimed_seq > 0 and started_at < now() - interval '3 minutes'
      and (status = 'sending' or finished_at > now() - interval '1 hour')) as any`);
  if (sent?.any) return { name: 'Webhook', status: 'warn', detail: 'Messages went out within the last hour, but Twilio reported nothing back. Check that this installation can be reached from the internet.', code: 'callbacks_silent', fixUrl: '/settings/twilio' };
  return pass('Webhook', heard ? `Twilio last reported ${ago(heard.minutes)}; nothing was sent since that it could report on.` : 'Nothing was sent yet that Twilio could report on.');
}

function ago(minutes: number): string {
  if (minutes < 1.5) return 'a minute ago';
  if (minutes < 90) return `${Math.round(minutes)} minutes ago`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} hours ago` : `${Math.round(minutes / 1440)} days ago`;
}
