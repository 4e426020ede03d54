import { stringify } from 'csv-stringify/sync';
import { rows } from '#db/index.ts';
import { sql } from 'drizzle-orm';
import type { Context } from '#server/context.ts';
import { quoteFormula } from '#server/domain/contact/formula.ts';
import { logRowOf, readLog, type LogRow, type Place } from '#server/domain/delivery/log-reader.ts';
import { exportDeliveriesInput, type DeliveryLogRow, type ExportDeliveriesInput } from '#server/domain/delivery/schema.ts';
import { understand, type LogFilter } from '#server/domain/delivery/search-filter.ts';
import { notFound } from '#server/errors.ts';
import { maskPhone } from '#server/log.ts';

/** A file that is made while it is read: `pieces` are UTF-8 text of some two hundred kilobytes each. Whoever stops reading ends the work. */
export type DeliveryFile = { fileName: string; contentType: string; pieces: AsyncGenerator<string> };

/** Rows of one piece: one short transaction each, so that no snapshot is held open for minutes. */
const BATCH = 1_000;
const READ_AT_MOST = 1_000_000;

/**
 * The log's rows with the same search and filters, newest broadcast first, whole; memory does not grow with their number. Spreadsheets run no cell of
 * the CSV as a formula, and numbers keep their +. A viewer gets numbers masked.
 * @throws Problem validation_failed for a search that is none, not_found for a broadcast that does not exist; both before the first piece
 */
export async function exportDeliveries(ctx: Context, input: ExportDeliveriesInput): Promise<DeliveryFile> {
  const { format, ...asked } = exportDeliveriesInput.parse(input);
  const filter = await ctx.transaction(async (tx) => {
    if (asked.broadcastId) {
      const [found] = await rows(tx, sql`select 1 from broadcast where organization_id = ${ctx.organizationId} and id = ${asked.broadcastId}`);
      if (!found) throw notFound('broadcast');
    }
    return understand(tx, ctx, asked);
  });
  const toText = format === 'csv' ? csvOf : ndjsonOf;
  return {
    fileName: `deliveries-${ctx.now().toISOString().slice(0, 10)}.${format}`,
    contentType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
    pieces: piecesOf(ctx, filter, format === 'csv' ? `\uFEFF${stringify([columns.map(({ title }) => title)])}` : '', toText),
  };
}

async function* piecesOf(ctx: Context, filter: LogFilter, head: string, toText: (rows: DeliveryLogRow[]) => string): AsyncGenerator<string> {
  if (head) yield head;
  const isMasked = ctx.actor.kind === 'user' && ctx.actor.role === 'viewer';
  let from: Place | null = null;
  do {
    const found: LogRow[] = [];
    const start: Place | null = from;
    const end: Place | null = await ctx.transaction((tx) => {
      found.length = 0; // a transaction that is repeated begins anew
      return readLog(tx, ctx.organizationId, filter, { from: start, limit: BATCH, budget: READ_AT_MOST }, (more) => { found.push(...more); });
    });
    if (found.length > 0) yield toText(found.map(logRowOf).map((row) => (isMasked ? { ...row, recipient: maskPhone(row.recipient) } : row)));
    const last = found.at(-1);
    from = last && found.length === BATCH ? { broadcastId: last.broadcast_id, seq: last.seq } : end;
  } while (from);
}

type Column = { title: string; value: (row: DeliveryLogRow) => string | number };

// Text that people wrote is made safe for spreadsheets; identifiers, numbers and times are ours or Twilio's.
const columns: Column[] = [
  { title: 'To', value: (row) => row.recipient }, { title: 'Name', value: (row) => quoteFormula(row.contactName ?? '') }, { title: 'State', value: (row) => row.status },
  { title: 'Reason', value: (row) => quoteFormula(row.errorReason ?? '') }, { title: 'Twilio code', value: (row) => row.errorCode ?? '' }, { title: 'Broadcast', value: (row) => quoteFormula(row.broadcastName) },
  { title: 'Channel', value: (row) => row.channel }, { title: 'From', value: (row) => row.from ?? '' }, { title: 'Segments', value: (row) => row.segments ?? '' },
  { title: 'Cost', value: (row) => row.cost?.value ?? '' }, { title: 'Currency', value: (row) => row.cost?.unit ?? '' }, { title: 'Sent (UTC)', value: (row) => row.sentAt ?? '' },
  { title: 'Delivered (UTC)', value: (row) => row.deliveredAt ?? '' }, { title: 'Failed (UTC)', value: (row) => row.failedAt ?? '' }, { title: 'Message SID', value: (row) => row.providerMessageId ?? '' },
  { title: 'Id', value: (row) => row.id },
];

const csvOf = (found: DeliveryLogRow[]): string => stringify(found.map((row) => columns.map(({ value }) => value(row))));
const ndjsonOf = (found: DeliveryLogRow[]): string => found.map((row) => `${JSON.stringify(row)}\n`).join('');
