import { setTimeout as sleep } from 'node:timers/promises';

const MOST_AT_ONCE = 500;

/**
 * Takes items one by one and writes those together that came in while the last batch was written: one commit for many. `write` tells each item's owner
 * itself how it went, and never throws. `linger`: how long the first of a batch waits for others, in ms; items that come by the hundred are not cut into one and the rest.
 */
export function gather<Item>(write: (batch: Item[]) => Promise<void>, { linger = 0 } = {}): (item: Item) => void {
  let waiting: Item[] = [];
  let isWriting = false;

  async function writeAll() {
    isWriting = true;
    if (linger > 0) await sleep(linger);
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_AT_ONCE);
      waiting = waiting.slice(MOST_AT_ONCE);
      await write(batch);
    }
    isWriting = false;
  }

  return (item) => {
    waiting.push(item);
    if (!isWriting) void writeAll();
  };
}
