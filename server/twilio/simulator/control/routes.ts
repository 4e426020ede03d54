import { createAccount, createDemoAccount, credentialsOf } from '#server/twilio/simulator/account.ts';
import { changeConfig, createConfig } from '#server/twilio/simulator/config.ts';
import { readAccountRequest, readMessageStatus, readRegistration, readText, type Fields } from '#server/twilio/simulator/control/fields.ts';
import { decideTemplate, listTemplates } from '#server/twilio/simulator/control/template-controls.ts';
import { changeWhatsAppSender, injectText, listWhatsAppSenders, repeatText, setWindows } from '#server/twilio/simulator/control/whatsapp-controls.ts';
import { applyStatus } from '#server/twilio/simulator/engine.ts';
import type { Reply } from '#server/twilio/simulator/http.ts';
import type { Message } from '#server/twilio/simulator/model.ts';
import { forget, type Simulator } from '#server/twilio/simulator/simulator.ts';

export type ControlRequest = { method: string; path: string; query: URLSearchParams; body: string };

type Control = (simulator: Simulator, request: ControlRequest, body: Fields) => unknown;

/** What tests and people may ask of the simulator itself, by method and path; the answer is JSON. */
const controls: Record<string, Control> = {
  'GET /_sim/health': (simulator) => ({ ok: true, messages: simulator.messages.size(), accounts: simulator.accounts.size }),
  'POST /_sim/reset': reset,
  'GET /_sim/config': (simulator) => ({ ...simulator.config.all, accounts: Object.fromEntries(simulator.config.byAccount) }),
  'POST /_sim/config': setConfig,
  'GET /_sim/accounts': (simulator) => ({ accounts: [...simulator.accounts.values()].map(credentialsOf) }),
  'POST /_sim/accounts': (simulator, _, body) => credentialsOf(createAccount(simulator, readAccountRequest(body))),
  'POST /_sim/keys/revoke': revokeKey,
  'POST /_sim/registrations': setRegistration,
  'GET /_sim/messages': listMessages,
  'POST /_sim/status': forceStatus,
  'GET /_sim/journal': readJournal,
  'GET /_sim/arrivals': readArrivals,
  'GET /_sim/callbacks': (simulator) => simulator.callbacks.counters,
  'GET /_sim/opt-outs': (simulator) => ({ optOuts: [...simulator.optOuts].map(showOptOut) }),
  'POST /_sim/inbound': injectText,
  'POST /_sim/inbound/again': repeatText,
  'GET /_sim/contents': listTemplates,
  'POST /_sim/approvals': decideTemplate,
  'GET /_sim/whatsapp': listWhatsAppSenders,
  'POST /_sim/whatsapp': changeWhatsAppSender,
  'POST /_sim/windows': setWindows,
  'POST /_sim/clock': advanceClock,
};

/** Answers one control request: 200 with JSON, 404 for an unknown one, 400 `{error}` when the request makes no sense. */
export async function answerControl(simulator: Simulator, request: ControlRequest): Promise<Reply> {
  const control = controls[`${request.method} ${request.path}`];
  if (!control) return { status: 404, body: { error: `no ${request.method} ${request.path}`, known: Object.keys(controls) } };
  try {
    const parsed: unknown = request.body ? JSON.parse(request.body) : {};
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error('the body must be a JSON object');
    return { status: 200, body: await control(simulator, request, { ...parsed }) };
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}

function reset(simulator: Simulator, _: ControlRequest, body: Fields) {
  forget(simulator, { accounts: body.accounts === true });
  if (body.config === true) Object.assign(simulator.config, createConfig(simulator.options));
  if (!simulator.accounts.size) createDemoAccount(simulator);
  return { ok: true };
}

function setConfig(simulator: Simulator, _: ControlRequest, body: Fields) {
  const { accountSid, ...change } = body;
  if (accountSid !== undefined && !simulator.accounts.has(String(accountSid))) throw new Error(`no account ${String(accountSid)}`);
  changeConfig(simulator.config, change, accountSid === undefined ? null : String(accountSid));
  return { ...simulator.config.all, accounts: Object.fromEntries(simulator.config.byAccount) };
}

/** Deletes the API key of an account, as somebody would in the Console; the auth token stays. */
function revokeKey(simulator: Simulator, _: ControlRequest, body: Fields) {
  const account = simulator.accounts.get(readText(body, 'accountSid'));
  if (!account) throw new Error('no such account');
  simulator.credentials.delete(account.apiKeySid);
  return { ok: true };
}

/** Moves an account's registration along, as Twilio's reviewers would: campaign, brand, brand score, toll-free verification. */
function setRegistration(simulator: Simulator, _: ControlRequest, body: Fields) {
  const account = simulator.accounts.get(readText(body, 'accountSid'));
  if (!account) throw new Error('no such account');
  const { campaignStatus, usecase, brandStatus, brandScore, tollFreeStatus } = readRegistration(body);
  for (const campaign of account.campaigns) {
    campaign.status = campaignStatus ?? campaign.status;
    campaign.usecase = usecase ?? campaign.usecase;
  }
  for (const brand of account.brands) {
    brand.status = brandStatus ?? brand.status;
    if (brandScore !== undefined) brand.score = brandScore;
  }
  for (const verification of account.tollfreeVerifications) verification.status = tollFreeStatus ?? verification.status;
  simulator.revision++;
  return credentialsOf(account);
}

function listMessages(simulator: Simulator, { query }: ControlRequest) {
  const { accountSid, to, limit } = { accountSid: query.get('accountSid'), to: query.get('to'), limit: Number(query.get('limit') ?? 1000) };
  const found: Message[] = [];
  const source = accountSid ? simulator.messages.newestFirst(accountSid, to) : [...simulator.messages.all()].reverse();
  for (const message of source) {
    if (to && message.to !== to) continue;
    found.push(message);
    if (found.length >= limit) break;
  }
  return { messages: found };
}

async function forceStatus(simulator: Simulator, _: ControlRequest, body: Fields) {
  const message = simulator.messages.get(readText(body, 'sid'));
  const account = message && simulator.accounts.get(message.accountSid);
  if (!message || !account) throw new Error('no such message');
  message.steps = message.steps.filter((step) => step.kind === 'price');
  const errorCode = typeof body.errorCode === 'number' ? body.errorCode : null;
  await applyStatus(simulator, account, message, { status: readMessageStatus(body), errorCode });
  return { message };
}

function readJournal(simulator: Simulator, { query }: ControlRequest) {
  const limit = Number(query.get('limit') ?? 10_000);
  return { entries: simulator.journal.entries(query.get('accountSid'), Number(query.get('after') ?? 0), limit) };
}

/** `atMs` and `segments` as parallel arrays; `fields=to,statusCallback` adds those. */
function readArrivals(simulator: Simulator, { query }: ControlRequest) {
  const { atMs, segments, to, statusCallback } = simulator.journal.arrivals(query.get('accountSid') ?? '');
  const fields = (query.get('fields') ?? '').split(',');
  return {
    count: atMs.length,
    atMs,
    segments,
    ...(fields.includes('to') ? { to } : {}),
    ...(fields.includes('statusCallback') ? { statusCallback } : {}),
  };
}

function advanceClock(simulator: Simulator, _: ControlRequest, body: Fields) {
  if (typeof body.advanceSeconds !== 'number' || !(body.advanceSeconds >= 0)) throw new Error('advanceSeconds must be a number of at least 0');
  simulator.clock.advance(body.advanceSeconds);
  return { now: new Date(simulator.clock.now()).toISOString(), pending: simulator.clock.pending() };
}

function showOptOut(entry: string) {
  const [scope = '', recipient = ''] = entry.split('|');
  return { scope, recipient };
}
