import { env } from '#server/env.ts';
import { probeForm } from '#server/twilio/callbacks.ts';

/** What our own door answered to a request as Twilio signs it and to one that nobody signed: HTTP statuses. Null: no answer, and why. */
export type DoorProbe = { signed: number; unsigned: number; milliseconds: number } | { failure: string };

const PATIENCE = 5_000; // ms

/**
 * Goes the way that Twilio's status callbacks take: to PUBLIC_URL, past every proxy before it, in at the door (D2). A signed request must be taken and one
 * without a signature refused; neither is stored. Never throws.
 */
export async function probeDoor({ organizationId, accountSid, authToken }: { organizationId: string; accountSid: string; authToken: string }): Promise<DoorProbe> {
  const url = `${env().PUBLIC_URL}/connect/webhook/twilio/status?orgid=${organizationId}`;
  const { form, signature } = probeForm(accountSid, authToken, url);
  const post = async (headers: Record<string, string>) => (await fetch(url, { method: 'POST', body: form, headers, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) })).status;
  try {
    const began = performance.now();
    const signed = await post({ 'x-twilio-signature': signature });
    const milliseconds = Math.round(performance.now() - began);
    return { signed, unsigned: await post({}), milliseconds };
  } catch (error) {
    return { failure: reasonOf(error) };
  }
}

function reasonOf(error: unknown) {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return `no answer within ${PATIENCE / 1000} seconds`;
  const code = error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : null;
  return code ? `no connection (${code})` : 'no connection';
}
