import { configOf } from '#server/twilio/simulator/config.ts';
import { armSchedule, hurryFirstStep, startMessage } from '#server/twilio/simulator/engine.ts';
import type { ApiRequest, Reply } from '#server/twilio/simulator/http.ts';
import type { JournalEntry } from '#server/twilio/simulator/journal.ts';
import { readMessageRequest, type MessageRequest } from '#server/twilio/simulator/message-request.ts';
import type { Message, MessageStatus } from '#server/twilio/simulator/model.ts';
import { behaviourOf } from '#server/twilio/simulator/outcome.ts';
import { chance } from '#server/twilio/simulator/random.ts';
import { showMessage } from '#server/twilio/simulator/resources/message-json.ts';
import { countSegments } from '#server/twilio/simulator/segments.ts';
import { errorBody, TwilioError } from '#server/twilio/simulator/twilio-error.ts';
import { isWhatsApp } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';

/** POST Messages.json: creates one message, or refuses it. Every request, whatever becomes of it, is in the journal. */
export async function createMessage(request: ApiRequest): Promise<Reply> {
  try {
    refuseByFault(request);
    const wanted = readMessageRequest(request);
    const message = addMessage(request, wanted);
    return await answerCreated(request, message);
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    writeJournal(request, { verdict: error.status === 429 ? 'too_many_requests' : 'refused', errorCode: error.code });
    return { status: error.status, body: errorBody(error) };
  }
}

/** 20429 on purpose. Such a request was never processed, so trying again is always right. */
function refuseByFault(request: ApiRequest): void {
  const { simulator, account, form } = request;
  const to = form.get('To') ?? '';
  const tried = (key: string) => {
    const count = (simulator.attempts.get(key) ?? 0) + 1;
    simulator.attempts.set(key, count);
    return count;
  };
  const isRefusedTwice = behaviourOf(to) === 'too-many-requests-twice' && tried(`${account.sid}|${to}`) % 3 !== 0;
  const { http429 } = configOf(simulator.config, account.sid).faults;
  const isUnlucky = http429 > 0 && chance(simulator.config.all.seed, `${account.sid}|429|${tried(account.sid)}`) < http429;
  if (isRefusedTwice || isUnlucky) throw new TwilioError(20429, 'Too Many Requests', 429);
}

function addMessage(request: ApiRequest, wanted: MessageRequest): Message {
  const { simulator, account } = request;
  const now = simulator.clock.now();
  const isChosen = wanted.from !== null && wanted.sendAt === null;
  const { content } = wanted;
  const segments = isWhatsApp(wanted.to) ? 1 : countSegments(content.body);
  const message: Message = {
    ...content,
    isInWindow: false,
    sid: simulator.newSid(content.mediaUrls.length > 0 ? 'MM' : 'SM'),
    seq: simulator.messages.size(),
    accountSid: account.sid,
    serviceSid: wanted.service?.sid ?? null,
    to: wanted.to,
    from: wanted.sendAt === null ? wanted.from : null,
    sender: wanted.from,
    segments,
    shownSegments: isChosen ? segments : 0,
    direction: 'outbound-api',
    status: initialStatus(request, wanted),
    errorCode: null,
    price: null,
    priceUnit: null,
    createdAt: now,
    updatedAt: now,
    sentAt: null,
    sendAt: wanted.sendAt,
    validitySeconds: wanted.validitySeconds,
    statusCallback: wanted.statusCallback,
    ordinal: simulator.messages.sentTo(account.sid, wanted.to),
    free: false,
    steps: [],
    callbacks: [],
  };
  simulator.messages.add(message);
  simulator.revision++;
  return message;
}

function initialStatus(request: ApiRequest, wanted: MessageRequest): MessageStatus {
  if (wanted.sendAt !== null) return 'scheduled';
  if (!wanted.service) return 'queued';
  return wanted.from ? configOf(request.simulator.config, request.account.sid).statusWithServiceAndFrom : 'accepted';
}

async function answerCreated(request: ApiRequest, message: Message): Promise<Reply> {
  const { simulator, account } = request;
  // The answer is written before anything can move the message: Twilio never answers with a later status.
  const body = showMessage(message);
  const loss = lossOf(request, message);
  const verdict = loss === 'reset' ? 'created_then_reset' : loss === 'http500' ? 'created_then_500' : 'created';
  writeJournal(request, { verdict, sid: message.sid, scheduledFor: message.sendAt });
  if (message.status === 'scheduled') armSchedule(simulator, account, message);
  else startMessage(simulator, account, message);
  if (behaviourOf(message.to) === 'callback-before-answer') await hurryFirstStep(simulator, account, message);
  if (loss === 'reset') return { status: 0, fate: 'reset' };
  if (loss === 'http500') return { status: 500, body: errorBody({ code: 20500, message: 'Internal Server Error', status: 500 }) };
  return { status: 201, body };
}

/** Whether the answer to a created message gets lost, which leaves the caller not knowing. */
function lossOf(request: ApiRequest, message: Message): 'reset' | 'http500' | null {
  const behaviour = behaviourOf(message.to);
  if (behaviour === 'reset-after-created') return 'reset';
  if (behaviour === 'http-500-after-created') return 'http500';
  const { seed } = request.simulator.config.all;
  const { faults } = configOf(request.simulator.config, request.account.sid);
  const hits = (name: string, share: number) => share > 0 && chance(seed, `${message.to}|${message.ordinal}|${name}`) < share;
  if (hits('reset', faults.resetAfterAccept)) return 'reset';
  return hits('http500', faults.http500AfterAccept) ? 'http500' : null;
}

/** Records a request that the concurrency limit refused before it was read as a message. */
export function refuseConcurrent(request: ApiRequest): Reply {
  writeJournal(request, { verdict: 'too_many_requests', errorCode: 20429 });
  return { status: 429, body: errorBody({ code: 20429, message: 'Too Many Requests', status: 429 }) };
}

function writeJournal(
  request: ApiRequest,
  result: { verdict: JournalEntry['verdict']; sid?: string; errorCode?: number; scheduledFor?: number | null },
): void {
  const { simulator, account, form } = request;
  const body = form.get('Body') ?? '';
  const to = form.get('To') ?? '';
  const segments = isWhatsApp(to) ? 1 : countSegments(body);
  const statusCallback = form.get('StatusCallback');
  simulator.journal.record({
    at: simulator.clock.now(),
    accountSid: account.sid,
    to,
    from: form.get('From'),
    messagingServiceSid: form.get('MessagingServiceSid'),
    body,
    mediaUrls: form.getAll('MediaUrl'),
    contentSid: form.get('ContentSid'),
    contentVariables: form.get('ContentVariables'),
    segments,
    statusCallback,
    verdict: result.verdict,
    sid: result.sid ?? null,
    errorCode: result.errorCode ?? null,
    scheduledFor: result.scheduledFor ?? null,
  });
  if (result.verdict !== 'too_many_requests') simulator.journal.recordArrival(account.sid, segments, to, statusCallback);
}
