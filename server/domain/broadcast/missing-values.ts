import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { channels, type Composer, type TextPart } from '#server/channels/index.ts';
import { fieldOf } from '#server/channels/field-name.ts';
import type { Context } from '#server/context.ts';
import { readPeople, type Recipient } from '#server/domain/audience/people.ts';
import { readAudience, recipientsOf } from '#server/domain/audience/resolve.ts';
import { countRefused, type Refused } from '#server/domain/broadcast/measure.ts';
import { readDraft } from '#server/domain/broadcast/pinned-template.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';
import { readSides, readWindow, type Side } from '#server/domain/broadcast/sides.ts';
import { openAmong } from '#server/domain/sender/window.ts';
import { Problem } from '#server/errors.ts';

const BATCH = 2_000;

/**
 * Who of the reachable audience gets nothing because a field has no value and its rule is to skip the person, or to block the send. Postgres counts
 * when the text is plain words and fields; otherwise every message is rendered, or those of the first `atMost` people and the rest in proportion.
 */
export async function findRefused(tx: Tx, ctx: Context, broadcast: BroadcastRow, { atMost = Infinity } = {}): Promise<Refused> {
  const channel = channels[broadcast.channel];
  const hasRules = channel.windowSeconds !== null || Object.values(broadcast.missingValues).some(({ policy }) => policy !== 'default'); // with a window a field without a rule skips too (D5)
  const nobody: Refused = { skipped: 0, blocked: 0, fields: [] };
  if (!hasRules) return nobody;
  const composer = channel.prepare(await readDraft(tx, ctx, broadcast));
  const sides = await readSides(tx, ctx, broadcast, composer);
  if (!sides.every(isPlain)) return countByRendering(tx, ctx, broadcast, composer, atMost);
  let all = nobody;
  for (const side of sides) {
    if (!side.way.text.parts.some((part) => 'field' in part && (part.onBlank === 'skip' || part.onBlank === 'block'))) continue;
    const each = await countRefused(tx, ctx, broadcast, side, side.way.text.parts, (phone) => side.way.refuses(channel.toAddress(phone)) !== null);
    all = { skipped: all.skipped + each.skipped, blocked: all.blocked + each.blocked, fields: [...new Set([...all.fields, ...each.fields])] };
  }
  return all;
}

export type PlainSide = Side & { way: { text: { parts: TextPart[] } } };
/** Its text is written words and plain fields, so Postgres can measure it. */
export const isPlain = (side: Side): side is PlainSide => side.way.text.parts !== null;

/** @throws Problem validation_failed (missing_variable) with the number of people and the first fields when a rule blocks the send. */
export async function requireValues(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<void> {
  if (!Object.values(broadcast.missingValues).some(({ policy }) => policy === 'block')) return;
  const refused = await findRefused(tx, ctx, broadcast);
  if (refused.blocked === 0) return;
  const message = blockedInWords(refused);
  throw new Problem('validation_failed', message, { details: [{ field: 'missingValues', code: 'missing_variable', message }], data: { people: refused.blocked, fields: refused.fields } });
}

export function blockedInWords({ blocked, fields }: Refused): string {
  const people = blocked === 1 ? '1 person has' : `${blocked.toLocaleString('en')} people have`;
  return `${people} no value for ${fields.slice(0, 3).join(', ')}${fields.length > 3 ? ' and others' : ''}, and the draft says not to send then. Fill the values in, take these people off, or choose another rule for the field.`;
}

async function countByRendering(tx: Tx, ctx: Context, broadcast: BroadcastRow, composer: Composer, atMost: number): Promise<Refused> {
  const blocking = new Set(Object.entries(broadcast.missingValues).filter(([, { policy }]) => policy === 'block').map(([name]) => fieldOf(name)));
  const counts = { skipped: 0, blocked: 0, seen: 0, all: 0 };
  const fields = new Set<string>();
  for await (const { people, total } of batches(tx, ctx, broadcast, atMost)) {
    for (const { person, to } of people) {
      const composed = composer.compose(person, to);
      counts.seen += 1;
      if (!('skip' in composed) || composed.skip !== 'missing_variable') continue;
      const names = composed.missing.filter((name) => blocking.has(name));
      for (const name of names) fields.add(name);
      counts[names.length > 0 ? 'blocked' : 'skipped'] += 1;
    }
    counts.all = total;
  }
  const scaled = (count: number) => (counts.seen === 0 ? 0 : Math.ceil((count * Math.max(counts.seen, counts.all)) / counts.seen));
  return { skipped: scaled(counts.skipped), blocked: scaled(counts.blocked), fields: [...fields] };
}

async function* batches(tx: Tx, ctx: Context, broadcast: BroadcastRow, atMost: number) {
  const reachable = recipientsOf(ctx, await readAudience(tx, ctx, broadcast));
  const [all] = await rows<{ total: number }>(tx, sql`select count(*)::int as total from (${reachable}) reachable`);
  let after = '00000000-0000-0000-0000-000000000000';
  for (let seen = 0; seen < atMost; seen += BATCH) {
    const recipients = await rows<Recipient>(tx, sql`select id as "contactId", phone as recipient from (${reachable}) reachable where id > ${after}::uuid order by id limit ${BATCH}`);
    if (recipients.length === 0) return;
    after = recipients.at(-1)!.contactId;
    yield { people: await readAddressees(tx, ctx, broadcast, recipients), total: all!.total };
  }
}

/** People with their values, and how the channel sees them at this moment. `recipient` is their number. */
export async function readAddressees<T extends Recipient>(tx: Tx, ctx: Context, broadcast: BroadcastRow, recipients: T[]) {
  const { toAddress } = channels[broadcast.channel];
  const people = await readPeople(tx, ctx, broadcast.id, recipients);
  const open = await openAmong(tx, ctx, await readWindow(tx, ctx, broadcast), people.map(({ recipient }) => toAddress(recipient)));
  return people.map((each) => ({ ...each, to: { recipient: toAddress(each.recipient), isWindowOpen: open.has(toAddress(each.recipient)) } }));
}
