import { and, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { contacts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { viewContact } from '#server/domain/contact/view.ts';
import type { DeliveryFile } from '#server/domain/delivery/export.ts';
import { isToThem, isWithThem, type Erasee } from '#server/domain/person/erasure.ts';
import { eraseeOf } from '#server/domain/person/erase.ts';
import { proofPage } from '#server/domain/person/proof-page.ts';
import { readLedger } from '#server/domain/person/read-consent.ts';
import type { ConsentEventView } from '#server/domain/person/schema.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';
import { notFound } from '#server/errors.ts';

export type SentMessage = {
  sid: string | null; broadcast: string; purpose: string; channel: string; from: string | null; to: string; status: string; reason: string | null; errorCode: number | null; text: string | null;
  handedAt: string | null; sentAt: string | null; deliveredAt: string | null; failedAt: string | null; cost: string | null; currency: string | null; events: Array<{ type: string; at: string; errorCode: number | null }>;
};
export type ReceivedMessage = { sid: string | null; channel: string; from: string; to: string; text: string; at: string };
export type Proof = { organization: string; exportedAt: string; person: ContactView; consent: ConsentEventView[]; sent: SentMessage[]; received: ReceivedMessage[] };

/** For a complaint or a request: consent with its proof, and every message with SID, status and times. JSON for programs, a page for paper. @throws Problem not_found */
export async function exportPerson(ctx: Context, { id, format }: { id: string; format: 'json' | 'html' }): Promise<DeliveryFile> {
  requireRole(ctx, 'support');
  const proof = await ctx.transaction((tx) => readProof(tx, ctx, id));
  const name = `proof-${proof.person.phone?.slice(1) ?? id}-${ctx.now().toISOString().slice(0, 10)}.${format}`;
  if (format === 'html') return { fileName: name, contentType: 'text/html; charset=utf-8', pieces: proofPage(proof) };
  return { fileName: name, contentType: 'application/json; charset=utf-8', pieces: jsonPieces(proof) };
}

/** A list at a time, an entry at a time: no text of the whole is made. */
async function* jsonPieces({ consent, sent, received, ...facts }: Proof): AsyncGenerator<string> {
  yield `${JSON.stringify(facts).slice(0, -1)}`;
  for (const [key, list] of Object.entries({ consent, sent, received })) {
    yield `,\n"${key}":[`;
    for (const [index, entry] of list.entries()) yield `${index > 0 ? ',' : ''}\n${JSON.stringify(entry)}`;
    yield ']';
  }
  yield '}\n';
}

async function readProof(tx: Tx, ctx: Context, id: string): Promise<Proof> {
  const [contact] = await tx.select().from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, id)));
  if (!contact) throw notFound('contact');
  const [organization] = await rows<{ name: string }>(tx, sql`select name from organization where id = ${ctx.organizationId}`);
  const person = await eraseeOf(tx, ctx, contact);
  return {
    organization: organization!.name, exportedAt: ctx.now().toISOString(), person: await viewContact(tx, ctx.organizationId, id), consent: (await readLedger(tx, ctx, contact)).toReversed(),
    sent: await readSent(tx, ctx, person), received: await readReceived(tx, ctx, person),
  };
}

const iso = (column: string) => sql`to_char(${sql.raw(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A test to a colleague, filled with the person's values, was not sent to them. */
const readSent = (tx: Tx, ctx: Context, person: Erasee) => rows<SentMessage>(tx, sql`
  select d.provider_message_id as sid, b.name as broadcast, b.purpose, b.channel, d.sender as "from", d.recipient as "to", d.status, d.reason, d.error_code as "errorCode",
    (select a.body from attempt a where a.broadcast_id = d.broadcast_id and a.seq = d.seq order by a.n desc limit 1) as text,
    ${iso('d.handed_at')} as "handedAt", ${iso('d.sent_at')} as "sentAt", ${iso('d.delivered_at')} as "deliveredAt", ${iso('d.failed_at')} as "failedAt", d.price::text as cost, d.price_unit as currency,
    coalesce((select json_agg(json_build_object('type', e.provider_status, 'at', ${iso('e.received_at')}, 'errorCode', nullif(e.error_code, 0)) order by e.received_at, e.id) from message_event e where e.broadcast_id = d.broadcast_id and e.seq = d.seq), '[]') as events
  from broadcast_delivery d join broadcast b on b.organization_id = d.organization_id and b.id = d.broadcast_id
  where d.organization_id = ${ctx.organizationId} and ${isToThem(person)} and (b.purpose <> 'test' or d.recipient in (select value from json_array_elements_text(${JSON.stringify(person.addresses)}::json)))
  order by coalesce(d.handed_at, d.failed_at, b.started_at, b.created_at), d.broadcast_id, d.seq`);

const readReceived = (tx: Tx, ctx: Context, person: Erasee) => rows<ReceivedMessage>(tx, sql`
  select m.sid, c.channel, c.recipient as "from", c.sender as "to", m.body as text, ${iso('m.created_at')} as at
  from conversation c join chat_message m on m.organization_id = c.organization_id and m.conversation_id = c.id
  where c.organization_id = ${ctx.organizationId} and ${isWithThem(person)} and m.kind = 'message' and m.direction = 'inbound' order by m.created_at, m.id`);
