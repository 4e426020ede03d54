import { Problem } from '#server/errors.ts';
import { faultOf, log } from '#server/log.ts';

/** `from`: the id that a reader goes on from who has not heard of any event yet. */
export type EventSource = { from: string; events: AsyncGenerator<{ id: string; kind: string }> };

const KEEP_ALIVE = 15_000; // ms; proxies end what is silent for a minute
const ASK_AGAIN = 5_000; // ms between two looks at the caller's session
const COME_BACK = 2_000; // ms after which a browser's EventSource connects again

/**
 * Server-sent events (WHATWG HTML §9.2). Every event carries its id, the first one ("ready") that of the beginning, so that a reader who lost the
 * connection before anything happened resumes without a gap too. Ends with the source, with the reader, or when the caller may not read any more.
 */
export function eventStream({ from, events }: EventSource, requireAllowed: () => Promise<void>, signal: AbortSignal): Response {
  const text = new TextEncoder();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (lines: string) => { controller.enqueue(text.encode(`${lines}\n\n`)); };
      const timers = [setInterval(() => { write(': keep-alive'); }, KEEP_ALIVE), setInterval(() => { void requireAllowed().catch(onRefused); }, ASK_AGAIN)];
      const onRefused = (error: unknown) => { if (error instanceof Problem) end(); else log.warn(faultOf(error), 'a stream could not look at its session'); };
      let isOver = false;
      end = () => {
        if (isOver) return;
        isOver = true;
        for (const timer of timers) clearInterval(timer);
        void events.return(undefined);
        try { controller.close(); } catch { /* the reader has closed it */ }
      };
      signal.addEventListener('abort', () => { end(); });
      write(`retry: ${COME_BACK}\nevent: ready\nid: ${from}\ndata: {}`);
      void pass(events, (event) => { if (!isOver) write(`event: ${event.kind}\nid: ${event.id}\ndata: ${JSON.stringify(event)}`); }).finally(() => { end(); });
    },
    cancel() { end(); },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' } });
}

async function pass(events: EventSource['events'], write: (event: { id: string; kind: string }) => void): Promise<void> {
  try { for await (const event of events) write(event); } catch (error) { log.warn(faultOf(error), 'a stream broke; its reader connects again'); }
}
