import { applyStatus } from '#server/twilio/simulator/engine.ts';
import type { ApiRequest, ApiRoute, Reply } from '#server/twilio/simulator/http.ts';
import type { Message } from '#server/twilio/simulator/model.ts';
import { listEnvelope, pageOf } from '#server/twilio/simulator/paging.ts';
import { createMessage } from '#server/twilio/simulator/resources/message-create.ts';
import { showMessage } from '#server/twilio/simulator/resources/message-json.ts';
import { notFound, TwilioError } from '#server/twilio/simulator/twilio-error.ts';

const LIST = '/2010-04-01/Accounts/{AccountSid}/Messages.json';
const ONE = '/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json';

/** Messages: create, list, fetch, cancel or redact, delete. */
export const messageRoutes: ApiRoute[] = [
  { method: 'POST', host: 'api.twilio.com', path: LIST, answer: createMessage },
  { method: 'GET', host: 'api.twilio.com', path: LIST, answer: listMessages },
  { method: 'GET', host: 'api.twilio.com', path: ONE, answer: (request) => ({ status: 200, body: showMessage(find(request)) }) },
  { method: 'POST', host: 'api.twilio.com', path: ONE, answer: updateMessage },
  { method: 'DELETE', host: 'api.twilio.com', path: ONE, answer: deleteMessage },
];

function listMessages(request: ApiRequest): Reply {
  const { query, simulator, account } = request;
  const page = pageOf(request, matching(simulator.messages.newestFirst(account.sid, query.get('To') || null), query), (message) => message.sid);
  return { status: 200, body: listEnvelope(request, 'messages', page, showMessage) };
}

function* matching(messages: Iterable<Message>, query: URLSearchParams): Generator<Message> {
  const from = query.get('From');
  const [first, last] = sentRange(query);
  const isDated = query.has('DateSent') || query.has('DateSent<') || query.has('DateSent>');
  for (const message of messages) {
    if (from && message.from !== from) continue;
    // Messages not yet sent have no DateSent, so a filter on it leaves them out.
    if (isDated && (message.sentAt === null || message.sentAt < first || message.sentAt >= last)) continue;
    yield message;
  }
}

/** `DateSent` is a day or a moment; `DateSent>` and `DateSent<` include their border. */
function sentRange(query: URLSearchParams): [number, number] {
  const day = query.get('DateSent');
  if (day) return [momentOf(day), momentOf(day) + lengthOf(day)];
  const after = query.get('DateSent>');
  const before = query.get('DateSent<');
  return [after ? momentOf(after) : -Infinity, before ? momentOf(before) + lengthOf(before) : Infinity];
}

function momentOf(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new TwilioError(20001, `DateSent ${text} is not a date`);
  return at;
}

/** A date stands for its whole day, a time for its whole second. */
function lengthOf(text: string): number {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? 86_400_000 : 1_000;
}

async function updateMessage(request: ApiRequest): Promise<Reply> {
  const message = find(request);
  const status = request.form.get('Status');
  if (status === 'canceled') cancel(request, message);
  else if (status !== null) throw new TwilioError(20001, "Status can only be set to 'canceled'");
  else if (request.form.get('Body') === '') message.body = '';
  else throw new TwilioError(20001, 'Only an empty Body can be set: it redacts the message');
  message.updatedAt = request.simulator.clock.now();
  request.simulator.revision++;
  return { status: 200, body: showMessage(message) };
}

function cancel(request: ApiRequest, message: Message): void {
  if (message.status !== 'scheduled') throw new TwilioError(30409, 'Message cannot be canceled', 409);
  const entry = request.simulator.journal.bySid(message.sid);
  if (entry) entry.canceledAt = request.simulator.clock.now();
  void applyStatus(request.simulator, request.account, message, { status: 'canceled', errorCode: null });
}

function deleteMessage(request: ApiRequest): Reply {
  const message = find(request);
  const isMoving = ['accepted', 'queued', 'sending', 'scheduled'].includes(message.status);
  if (isMoving) throw new TwilioError(20009, 'Message resource is not in a state to be deleted', 409);
  request.simulator.messages.remove(message.sid);
  request.simulator.revision++;
  return { status: 204 };
}

function find(request: ApiRequest): Message {
  const message = request.simulator.messages.get(request.params.Sid ?? '');
  if (!message || message.accountSid !== request.account.sid) throw notFound(request.path);
  return message;
}
