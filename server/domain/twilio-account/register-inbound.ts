import type { TwilioCredentials } from '#server/domain/twilio-account/credentials.ts';
import type { ConnectionState } from '#server/domain/twilio-account/read-state.ts';
import { env } from '#server/env.ts';
import { setInboundUrl, setSenderInboundUrl } from '#server/twilio/account.ts';

/** Twilio reaches this installation: it is simulated here, or the address is public and encrypted. */
export const isReachable = (): boolean => env().TWILIO_BASE_URL !== undefined || env().PUBLIC_URL.startsWith('https://');

/**
 * D2: where Twilio hands what people write to nobody yet, it is asked to hand it to us; an address that somebody has set stays theirs, and is named in the
 * checks. Answers the state as it is afterwards. What Twilio refuses stays as it was.
 */
export async function registerInbound(keys: TwilioCredentials, state: ConnectionState, url: string): Promise<ConnectionState> {
  return { ...state, service: await ofService(keys, state.service, url), whatsApp: await ofSenders(keys, state.whatsApp, url) };
}

async function ofService(keys: TwilioCredentials, service: ConnectionState['service'], url: string): Promise<ConnectionState['service']> {
  if (!service?.ok || service.value.inboundUrl || service.value.usesNumberUrls) return service;
  const done = await setInboundUrl(keys, service.value.sid, url);
  return done.ok ? { ok: true, value: { ...service.value, inboundUrl: url } } : service;
}

async function ofSenders(keys: TwilioCredentials, senders: ConnectionState['whatsApp'], url: string): Promise<ConnectionState['whatsApp']> {
  if (!senders.ok) return senders;
  const value = await Promise.all(senders.value.map(async (sender) => {
    if (sender.inboundUrl) return sender;
    const done = await setSenderInboundUrl(keys, sender.sid, url);
    return done.ok ? { ...sender, inboundUrl: url } : sender;
  }));
  return { ok: true, value };
}
