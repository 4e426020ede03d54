import type { ServerResponse } from 'node:http';
import { authenticate } from '#server/twilio/simulator/authentication.ts';
import { countSegments } from '#server/twilio/simulator/segments.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { errorBody, TwilioError } from '#server/twilio/simulator/twilio-error.ts';
import { isWhatsApp } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';

const AC = /Accounts\/(AC[0-9a-f]{32})\//i;

/**
 * Sink mode: answers 201 with a fresh sid at once and remembers only arrival time, segments, recipient and StatusCallback. For measuring
 * a sender: no engine, no callbacks, nothing to fetch later.
 */
export function answerSink(
  simulator: Simulator,
  response: ServerResponse,
  request: { path: string; authorization: string | undefined; body: string },
): void {
  try {
    const account = authenticate(simulator, request.authorization);
    if (AC.exec(request.path)?.[1] !== account.sid) throw new TwilioError(20404, `The requested resource ${request.path} was not found`, 404);
    const form = new URLSearchParams(request.body);
    const to = form.get('To') ?? '';
    const body = form.get('Body') ?? '';
    simulator.journal.recordArrival(account.sid, isWhatsApp(to) ? 1 : countSegments(body), to, form.get('StatusCallback'));
    response.writeHead(201, { 'content-type': 'application/json;charset=utf-8' });
    response.end(createdJson(simulator, account.sid, to, body, form.get('MessagingServiceSid'), form.get('From')));
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    response.writeHead(error.status, { 'content-type': 'application/json;charset=utf-8' }).end(JSON.stringify(errorBody(error)));
  }
}

let dateSecond = 0;
let dateText = '';

function createdJson(simulator: Simulator, accountSid: string, to: string, body: string, serviceSid: string | null, from: string | null): string {
  const now = simulator.clock.now();
  // Formatting a date costs more than the rest of the answer.
  if (Math.floor(now / 1000) !== dateSecond) {
    dateSecond = Math.floor(now / 1000);
    dateText = new Date(now).toUTCString().replace('GMT', '+0000');
  }
  const sid = simulator.newSid('SM');
  const path = `/2010-04-01/Accounts/${accountSid}/Messages/${sid}`;
  return JSON.stringify({
    sid,
    account_sid: accountSid,
    messaging_service_sid: serviceSid,
    from,
    to,
    body,
    status: serviceSid ? 'accepted' : 'queued',
    direction: 'outbound-api',
    num_segments: '0',
    num_media: '0',
    price: null,
    price_unit: null,
    error_code: null,
    error_message: null,
    date_created: dateText,
    date_sent: null,
    date_updated: dateText,
    api_version: '2010-04-01',
    uri: `${path}.json`,
    subresource_uris: { media: `${path}/Media.json` },
  });
}
