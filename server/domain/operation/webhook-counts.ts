import { sql } from 'drizzle-orm';
import { inSystem, rows, type Db } from '#db/index.ts';

type Outcome = 'taken' | 'refused' | 'failed';
type Held = { hailerWebhookCounts?: { counts: Map<Outcome, number>; timer: NodeJS.Timeout | null } };

// One tally for the process, whichever route's bundle it is counted in.
const held = globalThis as Held;
const PAUSE = 2_000; // ms; one statement for all that comes in between, so that a flood of forgeries is no flood of writes

/** Notes what became of a request at one of Twilio's doors; all processes add up in the database some seconds later. */
export function countWebhook(db: Db, outcome: Outcome): void {
  const tally = (held.hailerWebhookCounts ??= { counts: new Map(), timer: null });
  tally.counts.set(outcome, (tally.counts.get(outcome) ?? 0) + 1);
  tally.timer ??= setTimeout(() => { tally.timer = null; void flushWebhookCounts(db); }, PAUSE).unref();
}

/** Writes down what was counted. What the database does not take now is kept for the next time. */
export async function flushWebhookCounts(db: Db): Promise<void> {
  const tally = held.hailerWebhookCounts;
  if (!tally || tally.counts.size === 0) return;
  const counted = [...tally.counts];
  tally.counts.clear();
  const given = JSON.stringify(counted.map(([outcome, value]) => ({ name: `webhooks_${outcome}`, value })));
  await db.execute(sql`
    insert into instance_counter as c (name, value) select name, value from json_to_recordset(${given}::json) as given(name text, value bigint) order by name
    on conflict (name) do update set value = c.value + excluded.value`).catch(() => {
    for (const [outcome, value] of counted) tally.counts.set(outcome, (tally.counts.get(outcome) ?? 0) + value);
  });
}

export async function readWebhookCounts(db: Db): Promise<Record<Outcome, number>> {
  const found = await inSystem(db, (tx) => rows<{ name: string; value: string }>(tx, sql`select name, value::text from instance_counter where name like 'webhooks\\_%'`));
  const of = (outcome: Outcome) => Number(found.find(({ name }) => name === `webhooks_${outcome}`)?.value ?? 0);
  return { taken: of('taken'), refused: of('refused'), failed: of('failed') };
}
