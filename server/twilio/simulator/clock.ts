/** The simulator's time: real time plus what `advance` added. Events wait in a heap, so that a million of them need one timer. */
export type Clock = {
  /** Epoch ms of the simulator. */
  now(): number;
  /** Runs `action` once the clock has reached `at` (epoch ms). */
  at(at: number, action: () => void): void;
  /** Moves the clock forward and runs what became due. */
  advance(seconds: number): void;
  /** Forgets all waiting events; `advance`d time stays. */
  clear(): void;
  pending(): number;
};

type Event = { at: number; order: number; action: () => void };

/** Creates a clock; its timer never keeps a process alive. */
export function createClock(): Clock {
  const heap: Event[] = [];
  let offset = 0;
  let order = 0;
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Infinity;
  const now = () => Date.now() + offset;

  function arm(): void {
    const next = heap[0];
    if (!next || next.at >= timerAt) return;
    clearTimeout(timer);
    timerAt = next.at;
    // setTimeout takes at most 2^31-1 ms; a far event simply arms again.
    timer = setTimeout(run, Math.min(Math.max(0, next.at - now()), 2_000_000_000));
    timer.unref();
  }

  function run(): void {
    timerAt = Infinity;
    for (let done = 0; heap[0] && heap[0].at <= now() && done < 2_000; done++) pop(heap).action();
    arm();
  }

  return {
    now,
    at(at, action) {
      push(heap, { at, order: order++, action });
      arm();
    },
    advance(seconds) {
      offset += seconds * 1000;
      run();
      while (heap[0] && heap[0].at <= now()) run();
    },
    clear: () => void heap.splice(0),
    pending: () => heap.length,
  };
}

function isEarlier(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function push(heap: Event[], event: Event): void {
  let i = heap.push(event) - 1;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (!isEarlier(event, heap[parent] as Event)) break;
    heap[i] = heap[parent] as Event;
    i = parent;
  }
  heap[i] = event;
}

/** Takes the earliest event; the heap must not be empty. */
function pop(heap: Event[]): Event {
  const first = heap[0] as Event;
  const last = heap.pop() as Event;
  if (heap.length === 0) return first;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isEarlier(heap[child + 1] as Event, heap[child] as Event)) child++;
    if (!isEarlier(heap[child] as Event, last)) break;
    heap[i] = heap[child] as Event;
    i = child;
  }
  heap[i] = last;
  return first;
}
