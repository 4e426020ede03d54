import type { Simulator } from '#server/twilio/simulator/simulator.ts';

export type OptOutType = 'STOP' | 'START' | 'HELP';

const KEYWORDS: Record<OptOutType, string[]> = {
  STOP: ['STOP', 'UNSUBSCRIBE', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT', 'CANCEL'],
  START: ['START', 'YES', 'UNSTOP'],
  HELP: ['HELP', 'INFO'],
};

const TYPE_BY_WORD = new Map(Object.entries(KEYWORDS).flatMap(([type, words]) => words.map((word) => [word, type as OptOutType] as const)));

/** The keyword that a whole message is, case and surrounding blanks ignored; null for anything else. */
export function keywordOf(body: string): OptOutType | null {
  return TYPE_BY_WORD.get(body.trim().toUpperCase()) ?? null;
}

/** Where an opt-out of this sender counts: the whole service, or the single number outside every service. */
export function optOutScope(simulator: Simulator, sender: string): string {
  const own = simulator.numbers.get(sender) ?? simulator.whatsAppSenders.get(sender);
  return own?.serviceSid ?? sender;
}

/** Whether `recipient` has opted out of this sender, by the sender's service or by the number itself. */
export function isOptedOut(simulator: Simulator, scope: { serviceSid: string | null; sender: string | null }, recipient: string): boolean {
  const { serviceSid, sender } = scope;
  if (serviceSid && simulator.optOuts.has(`${serviceSid}|${recipient}`)) return true;
  if (!sender) return false;
  return simulator.optOuts.has(`${sender}|${recipient}`) || simulator.optOuts.has(`${optOutScope(simulator, sender)}|${recipient}`);
}

/** Records STOP or START for a scope (service sid or number). START also lifts an opt-out recorded for the number before it joined a service. */
export function recordConsent(simulator: Simulator, scope: string, recipient: string, type: 'STOP' | 'START', sender?: string): void {
  if (type === 'STOP') simulator.optOuts.add(`${scope}|${recipient}`);
  else {
    simulator.optOuts.delete(`${scope}|${recipient}`);
    if (sender) simulator.optOuts.delete(`${sender}|${recipient}`);
  }
  simulator.revision++;
}
