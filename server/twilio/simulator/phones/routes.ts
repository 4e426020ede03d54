import type { Reply } from '#server/twilio/simulator/http.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';

export type PageRequest = { method: string; path: string; query: URLSearchParams; body: string; isForeign: boolean };

/** The pages for people: phones, accounts, faults. Null when the path is none of them. */
export async function answerPage(_simulator: Simulator, request: PageRequest): Promise<Reply | null> {
  if (request.path !== '/') return null;
  return { status: 200, html: '<!doctype html><title>Phones</title>' };
}
