import { stringify } from 'csv-stringify/sync';
import { sql } from 'drizzle-orm';
import type { Context } from '#server/context.ts';
import { optOutsWhere, readOptOuts } from '#server/domain/consent/list.ts';
import { listOptOutsInput, type ListOptOutsInput, type OptOutView } from '#server/domain/consent/schema.ts';
import { quoteFormula } from '#server/domain/contact/formula.ts';
import { maskPhone } from '#server/log.ts';

const BATCH = 1_000;

type OptOutFile = { fileName: string; contentType: string; pieces: AsyncGenerator<string> };

/**
 * The ledger with the filters of its page as CSV, newest first, whole; memory does not grow with it. Spreadsheets run no cell as a formula, and numbers keep their +. A
 * viewer gets numbers masked.
 */
export function exportOptOuts(ctx: Context, input: ListOptOutsInput): OptOutFile {
  const { search, kind, source, scope } = listOptOutsInput.parse(input);
  return { fileName: `opt-outs-${ctx.now().toISOString().slice(0, 10)}.csv`, contentType: 'text/csv; charset=utf-8', pieces: piecesOf(ctx, { search, kind, source, scope }) };
}

async function* piecesOf(ctx: Context, asked: ListOptOutsInput): AsyncGenerator<string> {
  yield `\uFEFF${stringify([columns.map(({ title }) => title)])}`;
  const isMasked = ctx.actor.kind === 'user' && ctx.actor.role === 'viewer';
  for (let last: OptOutView | undefined; ;) {
    const from = last;
    // The moment alone would not do: its text has milliseconds, the row microseconds.
    const where = from ? sql`${optOutsWhere(ctx, asked)} and (e.at, e.id) < (select at, id from consent_event where organization_id = ${ctx.organizationId} and id = ${from.id})` : optOutsWhere(ctx, asked);
    const found = await ctx.transaction((tx) => readOptOuts(tx, where, sql`limit ${BATCH}`));
    if (found.length > 0) yield stringify(found.map((event) => columns.map(({ value }) => value(isMasked ? { ...event, phone: maskPhone(event.phone), evidence: {} } : event))));
    last = found.at(-1);
    if (found.length < BATCH || !last) return;
  }
}

const columns: Array<{ title: string; value: (event: OptOutView) => string }> = [
  { title: 'When (UTC)', value: ({ at }) => at }, { title: 'Number', value: ({ phone }) => phone }, { title: 'Name', value: ({ contact, phone }) => (contact && contact.name !== phone ? quoteFormula(contact.name) : '') },
  { title: 'What', value: ({ kind }) => kind }, { title: 'Source', value: ({ source }) => source }, { title: 'Scope', value: ({ scope }) => scope }, { title: 'Our number', value: ({ sender }) => sender ?? '' },
  { title: 'Evidence', value: ({ evidence }) => (Object.keys(evidence).length === 0 ? '' : JSON.stringify(evidence)) }, { title: 'By', value: ({ by }) => quoteFormula(by ?? '') },
  { title: 'Told to Twilio', value: ({ push }) => push }, { title: 'Why not', value: ({ pushError }) => quoteFormula(pushError ?? '') }, { title: 'Id', value: ({ id }) => id },
];
