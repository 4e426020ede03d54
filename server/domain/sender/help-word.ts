const HELP = new Set(['HELP', 'INFO']);

/**
 * P42: whether a whole message asks who we are: Twilio's words, in any case, with the marks that a phone or a hand adds, or a word of the service's own
 * list as Twilio understood it.
 */
export const asksForHelp = (body: string, optOutType: string | null): boolean => optOutType === 'HELP' || HELP.has(body.trim().replace(/[.!?]+$/, '').toUpperCase());
