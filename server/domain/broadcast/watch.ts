import type { Context } from '#server/context.ts';
import { broadcastProgress } from '#server/domain/broadcast/progress.ts';
import type { BroadcastInput, ProgressView } from '#server/domain/broadcast/schema.ts';
import { pause } from '#server/domain/pause.ts';

const INTERVAL = 700; // ms; a snapshot is a handful of rollup rows

/** Snapshots of a broadcast, one now and one whenever a number changed, until the reader goes away. */
export async function* watchBroadcast(ctx: Context, input: BroadcastInput, signal?: AbortSignal): AsyncGenerator<ProgressView> {
  let last = '';
  while (!signal?.aborted) {
    const snapshot = await broadcastProgress(ctx, input);
    const numbers = JSON.stringify({ ...snapshot, asOf: null, secondsLeft: null });
    if (numbers !== last) yield snapshot;
    last = numbers;
    await pause(INTERVAL, signal);
  }
}
