import { configOf } from '#server/twilio/simulator/config.ts';
import type { Account, CallbackRecord, Message, MessageStatus } from '#server/twilio/simulator/model.ts';
import { behaviourOf } from '#server/twilio/simulator/outcome.ts';
import { between, chance } from '#server/twilio/simulator/random.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { channelFields } from '#server/twilio/simulator/whatsapp/callback-fields.ts';
import { isWhatsApp } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';

/**
 * Tells the application that a message changed: never for the initial status, never with a price.
 * https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
 * Resolves when the application has answered (or all retries failed); most callers do not wait.
 */
export async function sendStatusCallback(
  simulator: Simulator,
  account: Account,
  message: Message,
  event: { status: MessageStatus; errorCode: number | null },
): Promise<void> {
  const service = account.services.find((one) => one.sid === message.serviceSid);
  const url = message.statusCallback ?? service?.statusCallback ?? null;
  if (!url) return;
  const fault = faultOf(simulator, message, event.status);
  const { counters } = simulator.callbacks;
  if (fault === 'lost') {
    counters.lost++;
    message.callbacks.push(lostRecord(simulator.clock.now(), url, event.status));
    return;
  }
  if (fault === 'reordered') {
    counters.reordered++;
    const seconds = between(simulator.config.all.seed, `${message.to}|${message.ordinal}|${event.status}|late`, 0.5, 4);
    await new Promise((resolve) => setTimeout(resolve, (seconds * 1000) / simulator.config.all.speed).unref());
  }
  const webhook = {
    url,
    authToken: account.authToken,
    form: statusForm(simulator, message, event),
    status: event.status,
    fault,
    record: (entry: CallbackRecord) => void message.callbacks.push(entry),
  };
  const sendings = [simulator.callbacks.send(webhook)];
  if (fault === 'duplicate') {
    counters.duplicated++;
    sendings.push(simulator.callbacks.send(webhook));
  }
  await Promise.all(sendings);
}

function faultOf(simulator: Simulator, message: Message, status: MessageStatus): CallbackRecord['fault'] {
  const behaviour = behaviourOf(message.to);
  if (behaviour === 'callbacks-lost') return 'lost';
  if (behaviour === 'callbacks-doubled') return 'duplicate';
  const { faults } = configOf(simulator.config, message.accountSid);
  const hits = (name: string, share: number) =>
    share > 0 && chance(simulator.config.all.seed, `${message.to}|${message.ordinal}|${status}|${name}`) < share;
  if (hits('lose', faults.loseCallback)) return 'lost';
  if (hits('duplicate', faults.duplicateCallback)) return 'duplicate';
  return hits('reorder', faults.reorderCallback) ? 'reordered' : null;
}

function statusForm(simulator: Simulator, message: Message, event: { status: MessageStatus; errorCode: number | null }): Record<string, string> {
  const form: Record<string, string> = {
    SmsSid: message.sid,
    SmsStatus: event.status,
    MessageStatus: event.status,
    To: message.to,
    MessageSid: message.sid,
    AccountSid: message.accountSid,
    From: message.from ?? '',
    ApiVersion: '2010-04-01',
  };
  // Twilio does not promise the service in every callback, so one in ten comes without.
  const key = `${message.to}|${message.ordinal}|${event.status}|service`;
  if (message.serviceSid && chance(simulator.config.all.seed, key) >= 0.1) form.MessagingServiceSid = message.serviceSid;
  if (event.errorCode !== null) form.ErrorCode = String(event.errorCode);
  if (isWhatsApp(message.to)) return { ...form, ...channelFields(simulator, message, event) };
  if (event.status === 'delivered' || event.status === 'undelivered') form.RawDlrDoneDate = receiptTime(simulator.clock.now());
  return form;
}

/** The carrier's time, `YYMMDDhhmm`. */
function receiptTime(at: number): string {
  return new Date(at).toISOString().replace(/\D/g, '').slice(2, 12);
}

function lostRecord(at: number, url: string, status: MessageStatus): CallbackRecord {
  return { status, attempt: 0, at, url, token: '', httpStatus: null, error: 'lost on purpose', durationMs: 0, fault: 'lost' };
}
