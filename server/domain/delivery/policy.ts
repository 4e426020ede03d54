/** Seconds after which an attempt without an answer is first looked for in Twilio's list; its callback usually comes before. */
export const FIRST_LOOK = 120;

/** What is done about attempts whose outcome is unknown. All times in seconds. */
export type ResolvePolicy = {
  /** When to look in Twilio's list, counted from the intent. After the second look without a trace a cancellable repeat is scheduled. */
  looks: readonly [number, number, number];
  /** How far ahead the repeat is scheduled: any late evidence within that time cancels it. */
  lead: number;
  /** The last look before the repeat goes out. */
  lastLook: number;
};

export const resolvePolicy: ResolvePolicy = { looks: [FIRST_LOOK, 600, 3_600], lead: 1_200, lastLook: 300 };
