import type { EventSink } from '#server/twilio/simulator/events/event-stream.ts';
import { iso, type ApiRequest, type ApiRoute, type Reply } from '#server/twilio/simulator/http.ts';
import { metaEnvelope, pageOf } from '#server/twilio/simulator/paging.ts';
import { notFound, TwilioError } from '#server/twilio/simulator/twilio-error.ts';

const LIST = '/v1/Sinks';
const ONE = '/v1/Sinks/{Sid}';

/** Where Event Streams go. Only webhooks get anything; they are active at once. */
export const eventSinkRoutes: ApiRoute[] = [
  { method: 'GET', host: 'events.twilio.com', path: LIST, answer: listSinks },
  { method: 'POST', host: 'events.twilio.com', path: LIST, answer: createSink },
  { method: 'GET', host: 'events.twilio.com', path: ONE, answer: (request) => ({ status: 200, body: showSink(request, find(request)) }) },
  { method: 'DELETE', host: 'events.twilio.com', path: ONE, answer: deleteSink },
];

function listSinks(request: ApiRequest): Reply {
  const page = pageOf(request, request.account.sinks, (sink) => sink.sid);
  return { status: 200, body: metaEnvelope(request, 'sinks', page, (sink) => showSink(request, sink)) };
}

function createSink(request: ApiRequest): Reply {
  const { simulator, account, form } = request;
  const sinkType = form.get('SinkType') ?? '';
  if (!['kinesis', 'webhook', 'segment', 'email'].includes(sinkType)) throw new TwilioError(20001, 'SinkType must be kinesis, webhook, segment or email');
  const configuration = readConfiguration(form.get('SinkConfiguration') ?? '');
  if (sinkType === 'webhook' && !/^https?:\/\/\S+$/.test(String(configuration.destination))) throw new TwilioError(20001, 'SinkConfiguration.destination must be an URL');
  const now = simulator.clock.now();
  const sink: EventSink = { sid: simulator.newSid('DG'), description: form.get('Description') ?? '', sinkType, configuration, createdAt: now, updatedAt: now };
  account.sinks.push(sink);
  simulator.revision++;
  return { status: 201, body: showSink(request, sink) };
}

function readConfiguration(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // Answered below, like any other JSON that is no object.
  }
  throw new TwilioError(20001, 'SinkConfiguration must be a JSON object');
}

function deleteSink(request: ApiRequest): Reply {
  const sink = find(request);
  if (request.account.subscriptions.some((one) => one.sinkSid === sink.sid)) throw new TwilioError(20409, `Sink ${sink.sid} is in use by a subscription`, 409);
  request.account.sinks = request.account.sinks.filter((one) => one !== sink);
  request.simulator.revision++;
  return { status: 204 };
}

function showSink(request: ApiRequest, sink: EventSink) {
  const url = `${request.origin}${LIST}/${sink.sid}`;
  return {
    sid: sink.sid,
    description: sink.description,
    sink_type: sink.sinkType,
    sink_configuration: sink.configuration,
    status: 'active',
    date_created: iso(sink.createdAt),
    date_updated: iso(sink.updatedAt),
    url,
    links: { sink_test: `${url}/Test`, sink_validate: `${url}/Validate` },
  };
}

function find(request: ApiRequest): EventSink {
  const sink = request.account.sinks.find((one) => one.sid === request.params.Sid);
  if (!sink) throw notFound(request.path);
  return sink;
}
