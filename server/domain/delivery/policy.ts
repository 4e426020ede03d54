/** What is done about attempts whose outcome is unknown, and about receipts that do not come. All times in seconds. */
export type ResolvePolicy = {
  /** After this an intent without an answer belongs to the resolver: guard, the client's timeout, and a margin. */
  lease: number;
  /**
   * When to look in Twilio's list, counted from the intent (a callback usually comes before the first). After the second look without a trace a
   * cancellable repeat is scheduled; it must come later than lease and skew, so that a repeat is never taken for its original.
   */
  looks: readonly [number, number, number];
  /** Twilio's clock and ours may differ by this. */
  skew: number;
  /** How far ahead the repeat is scheduled: any late evidence within that time cancels it. */
  lead: number;
  /** The last look before the repeat goes out. */
  lastLook: number;
  /** A message without a final status this long after it was handed over: its callbacks are taken for lost and the list is read. */
  quiet: number;
};

export const resolvePolicy: ResolvePolicy = { lease: 30, looks: [120, 600, 3_600], skew: 300, lead: 1_200, lastLook: 300, quiet: 300 };
