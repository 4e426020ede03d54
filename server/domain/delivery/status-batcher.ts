import type { Db } from '#db/index.ts';
import { recordStatuses, type StatusFact } from '#server/domain/delivery/record-status.ts';

const MOST_AT_ONCE = 500;
type Waiting = { fact: StatusFact; resolve: () => void; reject: (error: unknown) => void };

/**
 * Writes facts together that came in while the last batch was written: one commit for many callbacks, no added delay for few. `record` resolves only
 * after its fact is durable, so the answer to Twilio comes after the commit.
 */
export function statusBatcher(db: Db) {
  let waiting: Waiting[] = [];
  let isWriting = false;

  async function write() {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_AT_ONCE);
      waiting = waiting.slice(MOST_AT_ONCE);
      try {
        await recordStatuses(db, batch.map(({ fact }) => fact));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isWriting = false;
  }

  return {
    record: (fact: StatusFact) => new Promise<void>((resolve, reject) => {
      waiting.push({ fact, resolve, reject });
      if (!isWriting) void write();
    }),
  };
}
