import { sql } from 'drizzle-orm';
import * as z from 'zod';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { DeliveryDetail, DeliveryInput } from '#server/domain/delivery/schema.ts';
import { originOf } from '#server/domain/delivery/origin.ts';
import { deliveryColumns, deliveryOf, eventsOf, iso, isoOrNull, waitColumn, waitsOf, whyNot, type DeliveryRow, type WaitRow } from '#server/domain/delivery/view.ts';
import { notFound } from '#server/errors.ts';

/** The whole life of one message: its attempts with the exact text, all that Twilio reported, and why it failed in words. @throws Problem not_found */
export async function readDelivery(ctx: Context, input: DeliveryInput): Promise<DeliveryDetail> {
  const { broadcastId, seq } = parseDeliveryId(input.id);
  return ctx.transaction(async (tx) => {
    const row = await find(tx, ctx.organizationId, broadcastId, seq);
    if (!row) throw notFound('message');
    const why = whyNot(row);
    const attempts = await attemptsOf(tx, ctx.organizationId, broadcastId, seq);
    return {
      ...deliveryOf(row), events: (await eventsOf(tx, ctx.organizationId, broadcastId, [seq])).get(seq) ?? [],
      broadcastName: row.broadcast_name, contactName: row.contact_name, estimate: row.estimate, waits: waitsOf(row),
      reasonTitle: why?.title ?? null, reasonHelp: why?.help ?? null, reasonAction: why?.action ?? null,
      group: why?.group ?? null, currency: row.currency, template: row.content, origin: await originOf(tx, ctx.organizationId, broadcastId, row.contact_id),
      attempts, accountSid: row.account_sid, contentTemplate: await contentTemplateOf(tx, ctx.organizationId, attempts.at(-1)?.contentSid ?? null),
    };
  });
}

const largestInteger = 2_147_483_647;

/** Takes "<broadcastId>-<seq>" apart. @throws Problem not_found when it is no such name: nothing has it */
export function parseDeliveryId(id: string): { broadcastId: string; seq: number } {
  const broadcastId = id.slice(0, 36);
  const seq = Number(id.slice(37));
  if (!z.uuid().safeParse(broadcastId).success || id[36] !== '-' || !Number.isInteger(seq) || seq < 1 || seq > largestInteger) throw notFound('message');
  return { broadcastId, seq };
}

type DetailRow = DeliveryRow & WaitRow & { broadcast_name: string; contact_name: string | null; estimate: string | null; currency: string | null; content: string; account_sid: string | null };

async function find(tx: Tx, organizationId: string, broadcastId: string, seq: number): Promise<DetailRow | undefined> {
  const [row] = await rows<DetailRow>(tx, sql`
    select ${deliveryColumns}, ${waitColumn}, d.estimate::text, b.currency, b.content, b.name as broadcast_name,
      (select a.account_sid from attempt a where a.organization_id = d.organization_id and a.broadcast_id = d.broadcast_id and a.seq = d.seq order by a.n desc limit 1) as account_sid,
      nullif(concat_ws(' ', c.first_name, c.last_name), '') as contact_name
    from broadcast_delivery d join broadcast b on b.organization_id = d.organization_id and b.id = d.broadcast_id
      left join contact c on c.organization_id = d.organization_id and c.id = d.contact_id
    where d.organization_id = ${organizationId} and d.broadcast_id = ${broadcastId} and d.seq = ${seq}`);
  return row;
}

async function attemptsOf(tx: Tx, organizationId: string, broadcastId: string, seq: number): Promise<DeliveryDetail['attempts']> {
  const found = await rows<AttemptRow>(tx, sql`
    select n, state, body, segments, intent_at, answered_at, sid, http_status, error_code, resolved_by, send_at, content_sid, content_variables, media_urls from attempt
    where organization_id = ${organizationId} and broadcast_id = ${broadcastId} and seq = ${seq} order by n`);
  return found.map((row) => ({
    n: row.n, state: row.state, body: row.body, segments: row.segments, intentAt: iso(row.intent_at), answeredAt: isoOrNull(row.answered_at), sid: row.sid,
    httpStatus: row.http_status, errorCode: row.error_code, resolvedBy: row.resolved_by, sendAt: isoOrNull(row.send_at),
    contentSid: row.content_sid, contentVariables: row.content_variables, mediaUrls: row.media_urls ?? [],
  }));
}

type AttemptRow = {
  n: number; state: string; body: string; segments: number; intent_at: string; answered_at: string | null; sid: string | null;
  http_status: number | null; error_code: number | null; resolved_by: string | null; send_at: string | null;
  content_sid: string | null; content_variables: Record<string, string> | null; media_urls: string[] | null;
};

/** What a SID names here; null for a text, and for a template that is not known any more. */
async function contentTemplateOf(tx: Tx, organizationId: string, contentSid: string | null): Promise<DeliveryDetail['contentTemplate']> {
  if (contentSid === null) return null;
  const [found] = await rows<NonNullable<DeliveryDetail['contentTemplate']>>(tx, sql`
    select t.id as "templateId", t.name, v.language from template_version v join template t on t.organization_id = v.organization_id and t.id = v.template_id
    where v.organization_id = ${organizationId} and v.content_sid = ${contentSid} limit 1`);
  return found ?? null;
}
