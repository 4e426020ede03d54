import type { Db } from '#db/index.ts';
import { gather } from '#server/domain/delivery/gather.ts';
import { recordStatuses, type StatusFact } from '#server/domain/delivery/record-status.ts';

type Waiting = { fact: StatusFact; resolve: () => void; reject: (error: unknown) => void };

/**
 * Writes facts together that came in while the last batch was written: one commit for many callbacks, no added delay for few. `record` resolves only
 * after its fact is durable, so the answer to Twilio comes after the commit.
 */
export function statusBatcher(db: Db) {
  const add = gather<Waiting>((batch) => settle(db, batch));
  return { record: (fact: StatusFact) => new Promise<void>((resolve, reject) => { add({ fact, resolve, reject }); }) };
}

/** A batch that the database refuses is written one by one: one fact that cannot be stored takes no other with it. */
async function settle(db: Db, batch: Waiting[]): Promise<void> {
  try {
    await recordStatuses(db, batch.map(({ fact }) => fact));
    for (const { resolve } of batch) resolve();
  } catch (error) {
    if (batch.length === 1 || !isRefusal(error)) for (const { reject } of batch) reject(error);
    else for (const one of batch) await settle(db, [one]);
  }
}

/** The statement was refused for what it says (SQLSTATE 21-23), not because the database is away. */
function isRefusal(error: unknown) {
  const code = error instanceof Error ? (error.cause as { code?: string } | undefined)?.code ?? '' : '';
  return /^2[1-3]/.test(code);
}
