// One figure for the process, whichever route's bundle it is counted in.
const held = globalThis as { hailerRefusedWebhooks?: number };

/** Notes that something at one of Twilio's doors was turned away. */
export function countRefusedWebhook(): void { held.hailerRefusedWebhooks = refusedWebhooks() + 1; }

/** How many were turned away since this process began: forged or malformed, or signed with a token that we do not know any more. */
export const refusedWebhooks = (): number => held.hailerRefusedWebhooks ?? 0;
