/** What one round left behind: the simulator's truth on one side, our rows on the other. Plain data, so that a history can be written by hand. */
export type Post = {
  to: string; statusCallback: string | null; verdict: 'created' | 'refused' | 'created_then_500' | 'created_then_reset' | 'too_many_requests';
  sid: string | null; segments: number; scheduledFor: number | null; firedAt: number | null; canceledAt: number | null;
};
/** `price` as Twilio shows it: negative, decimal; null until it is known. */
export type Truth = { sid: string; to: string; status: string; price: string | null };
export type DeliveryRow = { seq: number; recipient: string; status: string; reason: string | null; sid: string | null; price: string | null };
export type AttemptRow = { seq: number; n: number; token: string; state: string; sid: string | null; isDue: boolean };
export type LedgerRow = { sid: string; amount: string };

export type History = {
  posts: Post[];
  messages: Truth[];
  deliveries: DeliveryRow[];
  attempts: AttemptRow[];
  ledger: LedgerRow[];
  /** Counts by status as the rollups have them, and as a recount of the rows gives them. */
  rollup: Record<string, number>;
  recount: Record<string, number>;
  /** Moments (ms) and segments of all POSTs that Twilio did not turn away, in order of arrival, without those that it only schedules. */
  arrivals: { atMs: number[]; segments: number[] };
  /** Segments per second. */
  cap: number;
};
