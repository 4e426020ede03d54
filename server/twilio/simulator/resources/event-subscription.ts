import type { EventSubscription } from '#server/twilio/simulator/events/event-stream.ts';
import { iso, type ApiRequest, type ApiRoute, type Reply } from '#server/twilio/simulator/http.ts';
import { metaEnvelope, pageOf } from '#server/twilio/simulator/paging.ts';
import { notFound, TwilioError } from '#server/twilio/simulator/twilio-error.ts';

const LIST = '/v1/Subscriptions';
const ONE = '/v1/Subscriptions/{Sid}';

/** Which events go to which sink. */
export const eventSubscriptionRoutes: ApiRoute[] = [
  { method: 'GET', host: 'events.twilio.com', path: LIST, answer: listSubscriptions },
  { method: 'POST', host: 'events.twilio.com', path: LIST, answer: createSubscription },
  { method: 'GET', host: 'events.twilio.com', path: ONE, answer: (request) => ({ status: 200, body: show(request, find(request)) }) },
  { method: 'DELETE', host: 'events.twilio.com', path: ONE, answer: deleteSubscription },
  { method: 'GET', host: 'events.twilio.com', path: `${ONE}/SubscribedEvents`, answer: listTypes },
];

function listSubscriptions(request: ApiRequest): Reply {
  const sinkSid = request.query.get('SinkSid');
  const page = pageOf(request, request.account.subscriptions.filter((one) => !sinkSid || one.sinkSid === sinkSid), (one) => one.sid);
  return { status: 200, body: metaEnvelope(request, 'subscriptions', page, (one) => show(request, one)) };
}

function createSubscription(request: ApiRequest): Reply {
  const { simulator, account, form } = request;
  const sinkSid = form.get('SinkSid') ?? '';
  if (!account.sinks.some((sink) => sink.sid === sinkSid)) throw new TwilioError(20001, `SinkSid ${sinkSid} is not a sink of this account`);
  // One JSON list, or (as the SDK sends arrays) a repeated key with one JSON object each.
  const types = form.getAll('Types').flatMap(readTypes);
  if (types.length === 0) throw new TwilioError(20001, 'Types is required');
  const now = simulator.clock.now();
  const subscription: EventSubscription = { sid: simulator.newSid('DF'), description: form.get('Description') ?? '', sinkSid, types, createdAt: now, updatedAt: now };
  account.subscriptions.push(subscription);
  simulator.revision++;
  return { status: 201, body: show(request, subscription) };
}

function readTypes(text: string): EventSubscription['types'] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TwilioError(20001, 'Types is not JSON');
  }
  return (Array.isArray(value) ? value : [value]).map((one: { type?: unknown; schema_version?: unknown } | null) => {
    if (typeof one?.type !== 'string') throw new TwilioError(20001, 'Types: each needs a type');
    return { type: one.type, schemaVersion: Number(one.schema_version ?? 1) || 1 };
  });
}

function deleteSubscription(request: ApiRequest): Reply {
  const subscription = find(request);
  request.account.subscriptions = request.account.subscriptions.filter((one) => one !== subscription);
  request.simulator.revision++;
  return { status: 204 };
}

function listTypes(request: ApiRequest): Reply {
  const { sid, types } = find(request);
  const page = pageOf(request, types, (one) => one.type);
  const url = `${request.origin}${LIST}/${sid}/SubscribedEvents`;
  return {
    status: 200,
    body: metaEnvelope(request, 'types', page, (one) => ({ account_sid: request.account.sid, subscription_sid: sid, type: one.type, schema_version: one.schemaVersion, url: `${url}/${one.type}` })),
  };
}

function show(request: ApiRequest, subscription: EventSubscription) {
  const url = `${request.origin}${LIST}/${subscription.sid}`;
  return {
    account_sid: request.account.sid,
    sid: subscription.sid,
    date_created: iso(subscription.createdAt),
    date_updated: iso(subscription.updatedAt),
    description: subscription.description,
    sink_sid: subscription.sinkSid,
    url,
    links: { subscribed_events: `${url}/SubscribedEvents` },
  };
}

function find(request: ApiRequest): EventSubscription {
  const subscription = request.account.subscriptions.find((one) => one.sid === request.params.Sid);
  if (!subscription) throw notFound(request.path);
  return subscription;
}
