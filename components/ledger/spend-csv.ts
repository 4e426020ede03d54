import { csvText } from '#components/format/csv.ts';
import type { SpendBreakdown, SpendGroup } from '#server/domain/ledger/schema.ts';

export type Way = 'broadcast' | 'country' | 'sender' | 'channel';

const groupColumns = ['messages', 'segments', 'charged', 'currency'];
const broadcastColumns = ['broadcast', 'started_at', 'handed_over', 'delivered', 'charged', 'expected', 'currency', 'per_delivered', 'broadcast_id'];

const besideNames = { answers: 'Answers in the inbox', tests: 'Tests from the editor' } as const;

/** One way of looking at the charges as a file, with exact amounts. Keys are written as the ledger has them: US, +14155551234, sms. */
export function spendCsv(data: SpendBreakdown, way: Way): string {
  const groups: Record<Exclude<Way, 'broadcast'>, SpendGroup[]> = { country: data.byCountry, sender: data.bySender, channel: data.byChannel };
  if (way !== 'broadcast') return csvText([[way, ...groupColumns], ...groups[way].map((row) => [row.key, String(row.messages), String(row.segments), row.amount, row.currency])]);
  return csvText([broadcastColumns, ...data.byBroadcast.map((row) => [
    row.name, row.startedAt, String(row.handed), String(row.delivered), row.settled, row.unpricedEstimate, row.currency, row.perDelivered ?? '', row.broadcastId,
  ]), ...data.besides.map((row) => [besideNames[row.kind], '', String(row.handed), String(row.delivered), row.settled, row.unpricedEstimate, row.currency, '', ''])]);
}
