import { authenticate } from '#server/twilio/simulator/authentication.ts';
import { configOf } from '#server/twilio/simulator/config.ts';
import { createRouter, type ApiRequest, type Reply, type Router } from '#server/twilio/simulator/http.ts';
import { refuseConcurrent } from '#server/twilio/simulator/resources/message-create.ts';
import { apiRoutes } from '#server/twilio/simulator/resources/routes.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { errorBody, notFound, TwilioError } from '#server/twilio/simulator/twilio-error.ts';

/** A request before anything about it is known to be right. `twilioHost` is the host the caller meant, `ownHost` the one it reached. */
export type RawRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
  authorization: string | undefined;
  twilioHost: string | undefined;
  ownHost: string;
};

const router: Router = createRouter(apiRoutes);

/** Answers a Twilio API request; refusals come back as Twilio's error envelope, never as an exception. */
export async function answerApi(simulator: Simulator, raw: RawRequest): Promise<Reply> {
  const started = performance.now();
  try {
    const request = readRequest(simulator, raw);
    return await withConcurrencyLimit(request, started, raw.method);
  } catch (error) {
    if (error instanceof TwilioError) return { status: error.status, body: errorBody(error), headers: traceHeaders(simulator, started, 1) };
    throw error;
  }
}

function readRequest(simulator: Simulator, raw: RawRequest): { api: ApiRequest; route: NonNullable<ReturnType<Router>>['route'] } {
  const account = authenticate(simulator, raw.authorization);
  const found = router(raw.method, raw.twilioHost, raw.path);
  if (!found) throw notFound(raw.path);
  if (found.params.AccountSid !== undefined && found.params.AccountSid !== account.sid) throw notFound(raw.path);
  const api = {
    simulator,
    account,
    params: found.params,
    path: raw.path,
    query: raw.query,
    form: new URLSearchParams(raw.body),
    body: raw.body,
    origin: raw.twilioHost ? `https://${raw.twilioHost}` : `http://${raw.ownHost}`,
  };
  return { api, route: found.route };
}

/** A request counts as running until its answer has left; one too many is refused unprocessed. */
async function withConcurrencyLimit(
  { api, route }: { api: ApiRequest; route: { path: string; answer(request: ApiRequest): Reply | Promise<Reply> } },
  started: number,
  method: string,
): Promise<Reply> {
  const { simulator, account } = api;
  const { maxConcurrentRequests, latencyMs } = configOf(simulator.config, account.sid);
  const running = (simulator.inFlight.get(account.sid) ?? 0) + 1;
  if (running > maxConcurrentRequests) {
    const isSend = method === 'POST' && route.path.endsWith('/Messages.json');
    const refusal = isSend ? refuseConcurrent(api) : { status: 429, body: errorBody({ code: 20429, message: 'Too Many Requests', status: 429 }) };
    return { ...refusal, headers: traceHeaders(simulator, started, running) };
  }
  simulator.inFlight.set(account.sid, running);
  const written = () => void simulator.inFlight.set(account.sid, (simulator.inFlight.get(account.sid) ?? 1) - 1);
  try {
    const reply = await route.answer(api);
    return { ...reply, headers: { ...reply.headers, ...traceHeaders(simulator, started, running) }, delayMs: latencyMs, written };
  } catch (error) {
    written();
    throw error;
  }
}

function traceHeaders(simulator: Simulator, started: number, running: number): Record<string, string> {
  return {
    'Twilio-Concurrent-Requests': String(running),
    'Twilio-Request-Id': simulator.newSid('RQ'),
    'Twilio-Request-Duration': ((performance.now() - started) / 1000).toFixed(3),
  };
}
