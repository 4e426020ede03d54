import type { ConnectionState } from '#server/domain/twilio-account/read-state.ts';
import type { CheckView } from '#server/domain/twilio-account/schema.ts';
import type { Reading } from '#server/twilio/account.ts';

/** The sender that broadcasts use when they name none, as the last read of Twilio shows it. */
export type DefaultSender = { address: string; registration: string; detail: string } | null;

/** What the installation itself contributes to the connection. */
export type Installation = {
  publicUrl: string; isSimulated: boolean;
  /** Where Twilio shall hand what people write. */
  inboundUrl: string;
  /** It did at an earlier check: what goes elsewhere now has drifted. */
  hadReplies?: boolean;
};

export const KEYS = 'API keys';
export const ACCOUNT = 'Account';
export const SERVICE = 'Messaging service';
export const REPLIES = 'Replies';

/** Every link of the chain in words: what works, what does not, and what to do (P7). Pure, so that each case can be tested. */
export function assess(state: ConnectionState, messagingServiceSid: string | null, defaultNumber: string | null, sender: DefaultSender, installation: Installation): CheckView[] {
  const keys = assessKeys(state.numbers);
  const local = [assessToken(state), assessPublicUrl(installation)];
  if (keys.status === 'fail') return [keys, ...local];
  return [
    keys, assessAccount(state.account), assessBalance(state.balance), assessService(state, messagingServiceSid),
    ...assessSender(state, defaultNumber, sender), ...assessWhatsApp(state.whatsApp), ...assessInbound(state, installation), ...local,
  ];
}

export const noAnswer = (name: string): CheckView => ({ name, status: 'fail', detail: 'Twilio does not answer.', fix: 'Check the network of this server, or status.twilio.com, and check again.' });

function assessKeys(numbers: Reading<unknown>): CheckView {
  if (numbers.ok) return pass(KEYS, 'Twilio accepts them.');
  if (numbers.status === null) return noAnswer(KEYS);
  if (numbers.status === 401 || numbers.status === 403 || numbers.code === 20003) {
    return { ...fail(KEYS, 'Twilio refused these keys.', 'Create a new API key in Twilio under Account → API keys and paste both parts.'), action: 'edit_keys' };
  }
  return fail(KEYS, `Twilio answered with an error${numbers.code ? ` (${numbers.code})` : ''}: ${numbers.message}`, 'Check again in a minute.');
}

function assessAccount(account: ConnectionState['account']): CheckView {
  if (!account.ok) return warn(ACCOUNT, 'This API key may not read the state of the account.', 'Enter the auth token too; then it can be read.');
  const { status, type, name } = account.value;
  if (status === 'suspended') return fail(ACCOUNT, `${name} is suspended: Twilio sends nothing.`, 'Open the Twilio Console and follow the notice at the top, often an unpaid balance.');
  if (status !== 'active') return fail(ACCOUNT, `${name} is ${status}.`, 'Connect an account that is active.');
  if (type === 'Trial') return warn(ACCOUNT, `${name} is on trial: it can text up to 5 verified US numbers.`, 'Upgrade in Twilio to send to others.');
  return pass(ACCOUNT, `${name} is active.`);
}

function assessBalance(balance: ConnectionState['balance']): CheckView {
  if (!balance.ok) return warn('Balance', 'Twilio does not tell the balance to this key.', 'Look it up in the Twilio Console before a large broadcast.');
  const { amount, currency } = balance.value;
  const shown = `${Number(amount).toFixed(2)} ${currency}`;
  if (/^-|^0*(\.0*)?$/.test(amount)) return fail('Balance', `The balance is ${shown}.`, 'Add funds in Twilio under Billing.');
  return pass('Balance', shown);
}

function assessService({ service, otherServices }: ConnectionState, sid: string | null): CheckView {
  const choice = otherServices.length > 0 ? `This account has: ${otherServices.map((one) => `${one.name} (${one.sid})`).join(', ')}.` : 'Create one in Twilio under Messaging → Services.';
  if (!service) return fail(SERVICE, 'None is named; messages are sent through one.', `Enter its SID. ${choice}`);
  if (!service.ok && service.status === 404) return fail(SERVICE, `${sid} does not exist in this account.`, `Enter the SID of another. ${choice}`);
  if (!service.ok) return fail(SERVICE, `Twilio did not show it: ${service.message}`, 'Check again in a minute.');
  const { name, pool } = service.value;
  if (pool.length === 0) return fail(SERVICE, `${name} has no senders.`, 'Add a number to its sender pool in Twilio, then check again.');
  return pass(SERVICE, `${name} with ${pool.length} ${pool.length === 1 ? 'sender' : 'senders'}.`);
}

function assessSender(state: ConnectionState, number: string | null, sender: DefaultSender): CheckView[] {
  const name = 'Default sender';
  if (!number) return [warn(name, 'No number is named. A broadcast must then name its own.', 'Enter one of the numbers of the account.')];
  if (!state.numbers.ok || !sender) return [fail(name, `${number} does not belong to this account, or it cannot send SMS.`, 'Choose one of the numbers of the account, or buy it in Twilio.')];
  const isInPool = state.service?.ok === true && state.service.value.pool.includes(number);
  const place = isInPool ? pass(name, `${number} belongs to the account and is in the messaging service.`) : fail(name, `${number} is not in the messaging service.`, "Add it to the service's sender pool in Twilio, then check again.");
  return [place, assessRegistration(sender)];
}

/** Only where there is one: without WhatsApp nothing is amiss. */
function assessWhatsApp(senders: ConnectionState['whatsApp']): CheckView[] {
  if (!senders.ok || senders.value.length === 0) return [];
  const name = 'WhatsApp';
  const offline = senders.value.filter(({ status }) => !status.startsWith('ONLINE')).map(({ address }) => address.replace(/^[a-z]+:/, ''));
  const count = senders.value.length === 1 ? '1 sender' : `${senders.value.length} senders`;
  if (offline.length > 0) return [warn(name, `${count}; ${offline.join(', ')} ${offline.length === 1 ? 'is' : 'are'} not online.`, 'Open Messaging → Senders → WhatsApp in Twilio: it says what is missing.')];
  return [pass(name, `${count}, online.`)];
}

/** P73: where replies, STOP and HELP go. */
function assessInbound({ service, whatsApp }: ConnectionState, { inboundUrl: url, hadReplies = false }: Installation): CheckView[] {
  if (!service?.ok) return [];
  const isOurs = (one: string | null | undefined) => one?.split('?')[0] === url.split('?')[0];
  const astray = (detail: string): CheckView[] => [{
    name: REPLIES, status: hadReplies ? 'fail' : 'warn', detail: `${detail}${hadReplies ? ' They came here before: somebody changed it at Twilio.' : ''}`,
    fix: `In Twilio open the service, then Integration, choose “Send a webhook” and enter ${url}`, action: 'take_replies',
  }];
  if (service.value.usesNumberUrls) return astray('The messaging service leaves it to each number where it hands what people write, so this application may not see replies, STOP and HELP.');
  if (!service.value.inboundUrl) return astray('Twilio hands what people write to nobody, so replies, STOP and HELP are not seen here.');
  if (!isOurs(service.value.inboundUrl)) return astray(`Twilio hands what people write to ${hostOf(service.value.inboundUrl)}, so replies, STOP and HELP are not seen here.`);
  const elsewhere = whatsApp.ok ? whatsApp.value.filter(({ inboundUrl }) => inboundUrl && !isOurs(inboundUrl)) : [];
  if (elsewhere.length > 0) return [warn(REPLIES, `What people write to ${elsewhere.map(({ address }) => address.replace(/^[a-z]+:/, '')).join(', ')} on WhatsApp goes elsewhere.`, `In Twilio open Messaging → Senders → WhatsApp and enter ${url} as the webhook of incoming messages.`)];
  return [pass(REPLIES, 'Twilio hands what people write to this application.')];
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url);

function assessRegistration({ registration, detail }: NonNullable<DefaultSender>): CheckView {
  const name = 'Registration';
  if (registration === 'approved' || registration === 'not_required') return pass(name, detail);
  const fix = registration === 'pending' ? 'Wait for the approval; there is no way around it. Check again to see where it stands.' : 'Open Messaging → Regulatory compliance in Twilio. Sending stays off until it is approved.';
  return fail(name, detail, fix);
}

function assessToken({ token }: ConnectionState): CheckView {
  const name = 'Webhook signatures';
  if (!token) return fail(name, 'Without the auth token nobody can tell whether a status or a reply comes from Twilio, so none is accepted.', 'Enter the auth token of the account.');
  if (token.ok) return pass(name, 'The auth token is right.');
  if (token.status === null) return noAnswer(name);
  return fail(name, 'Twilio refused the auth token.', 'Copy the primary auth token from the first page of the Twilio Console. Of a subaccount: its own token.');
}

function assessPublicUrl({ publicUrl, isSimulated }: Installation): CheckView {
  const name = 'Public address';
  const { protocol, hostname } = new URL(publicUrl);
  if (isSimulated) return pass(name, `The simulated Twilio reaches ${publicUrl}.`);
  if (/^(localhost|127\.|0\.0\.0\.0|\[::1\]|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(hostname)) return warn(name, `Twilio cannot reach ${publicUrl}: statuses and replies stay out.`, 'Set PUBLIC_URL to an address that the internet reaches, such as https://sms.example.com.');
  if (protocol !== 'https:') return warn(name, `${publicUrl} is not encrypted.`, 'Put it behind https and set PUBLIC_URL to that address.');
  return pass(name, `${publicUrl} has the right form.`);
}

const pass = (name: string, detail: string): CheckView => ({ name, status: 'pass', detail, fix: null });
const warn = (name: string, detail: string, fix: string): CheckView => ({ name, status: 'warn', detail, fix });
const fail = (name: string, detail: string, fix: string): CheckView => ({ name, status: 'fail', detail, fix });
