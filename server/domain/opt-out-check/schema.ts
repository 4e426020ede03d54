export type DriftKind = 'recovered' | 'refused' | 'must_text_start' | 'push_failed';
/** One difference between our list and Twilio's. `event`: what was recorded here. `detail`: Twilio's reason. */
export type Drift = { id: string; kind: DriftKind; phone: string; contact: { id: string; name: string } | null; conversationId: string | null; event: 'opt_out' | 'opt_in'; word: string | null; detail: string | null; at: string };
export type DriftView = {
  /** Null: none has run yet. `finishedAt` null: it runs. */
  check: { startedAt: string; finishedAt: string | null; since: string; done: number; total: number; error: string | null; missedMessages: number } | null;
  /** Newest first, at most 100 of `total`. */
  differences: Drift[]; total: number;
  /** Decisions that Twilio has not heard of yet, and why they wait. */
  waiting: { count: number; reason: string | null };
};
