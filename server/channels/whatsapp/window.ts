/** Meta's customer service window: after a person's message anything may be written to them for so long, in seconds. */
const WINDOW = 24 * 3_600;
/** Our clock, Twilio's and Meta's differ, and a message takes its time: the last seconds of a window are not used. */
export const WINDOW_MARGIN = 5 * 60;

/** P72: seconds after the last message of a person within which they get free-form text and media. */
export const WINDOW_SECONDS = WINDOW - WINDOW_MARGIN;

/** Whether a window that began at `lastInboundAt` is open at `now`, both in ms; null: they have never written. */
export const isWindowOpen = (lastInboundAt: number | null, now: number): boolean => lastInboundAt !== null && now - lastInboundAt < WINDOW_SECONDS * 1_000;
