/** One POST Messages as it arrived, and what became of it. Times: epoch ms of the simulator and monotonic ms of the process. */
export type JournalEntry = {
  seq: number;
  at: number;
  monotonicMs: number;
  accountSid: string;
  to: string;
  from: string | null;
  messagingServiceSid: string | null;
  body: string;
  mediaUrls: string[];
  contentSid: string | null;
  contentVariables: string | null;
  segments: number;
  statusCallback: string | null;
  verdict: 'created' | 'refused' | 'created_then_500' | 'created_then_reset' | 'too_many_requests';
  sid: string | null;
  errorCode: number | null;
  scheduledFor: number | null;
  firedAt: number | null;
  canceledAt: number | null;
};

/** Arrivals of one account as parallel arrays: 100,000 of them stay small. `atMs` is monotonic, with fractions. */
export type Arrivals = { atMs: number[]; segments: number[]; to: string[]; statusCallback: (string | null)[] };

export type Journal = {
  record(entry: Omit<JournalEntry, 'seq' | 'monotonicMs' | 'firedAt' | 'canceledAt'>): JournalEntry;
  recordArrival(accountSid: string, segments: number, to: string, statusCallback: string | null): void;
  bySid(sid: string): JournalEntry | undefined;
  entries(accountSid: string | null, after: number, limit: number): JournalEntry[];
  arrivals(accountSid: string): Arrivals;
  clear(): void;
};

/** Creates an empty journal. Every request gets an arrival; only outside sink mode also an entry. */
export function createJournal(): Journal {
  let entries: JournalEntry[] = [];
  const bySid = new Map<string, JournalEntry>();
  const arrivals = new Map<string, Arrivals>();

  return {
    record(entry) {
      const whole: JournalEntry = { seq: entries.length + 1, monotonicMs: performance.now(), ...entry, firedAt: null, canceledAt: null };
      entries.push(whole);
      if (whole.sid) bySid.set(whole.sid, whole);
      return whole;
    },
    recordArrival(accountSid, segments, to, statusCallback) {
      let own = arrivals.get(accountSid);
      if (!own) arrivals.set(accountSid, (own = { atMs: [], segments: [], to: [], statusCallback: [] }));
      own.atMs.push(performance.now());
      own.segments.push(segments);
      own.to.push(to);
      own.statusCallback.push(statusCallback);
    },
    bySid: (sid) => bySid.get(sid),
    entries(accountSid, after, limit) {
      const found: JournalEntry[] = [];
      // seq is position + 1, so `after` is where to begin.
      for (let i = Math.max(0, after); i < entries.length && found.length < limit; i++) {
        const entry = entries[i] as JournalEntry;
        if (accountSid === null || entry.accountSid === accountSid) found.push(entry);
      }
      return found;
    },
    arrivals: (accountSid) => arrivals.get(accountSid) ?? { atMs: [], segments: [], to: [], statusCallback: [] },
    clear() {
      entries = [];
      bySid.clear();
      arrivals.clear();
    },
  };
}
