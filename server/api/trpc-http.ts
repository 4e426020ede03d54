import { TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { readBody } from '#server/api/bounded-body.ts';
import { refusal, refuse } from '#server/api/refusal.ts';
import { appRouter } from '#server/api/root.ts';
import { createTrpcContext } from '#server/api/trpc.ts';
import { env } from '#server/env.ts';
import { Problem } from '#server/errors.ts';
import { faultOf, log } from '#server/log.ts';

const ENDPOINT = '/api/trpc';
const MOST_BYTES = 1_000_000;

/** The browser's door: tRPC over HTTP. Batches of up to 10, JSON only, our own pages only. */
export async function answerTrpc(request: Request): Promise<Response> {
  const refused = refuse(request, env().PUBLIC_URL);
  if (refused) return refused;
  const bounded = await boundRequest(request);
  if (bounded instanceof Response) return bounded;
  return fetchRequestHandler({
    endpoint: ENDPOINT,
    req: bounded,
    router: appRouter,
    maxBatchSize: 10,
    createContext: () => contextFor(request.headers),
    responseMeta: () => ({ headers: { 'cache-control': 'no-store' } }),
    // Procedures log their own failures; this one is about what comes before them.
    onError: ({ error, ctx }) => { if (!ctx && error.code === 'INTERNAL_SERVER_ERROR') log.error(faultOf(error.cause ?? error), 'request failed before its procedure'); },
  });
}

async function boundRequest(request: Request): Promise<Request | Response> {
  if (request.method !== 'POST') return request;
  try {
    const body = await readBody(request, MOST_BYTES);
    return new Request(request.url, { method: 'POST', headers: request.headers, body, signal: request.signal });
  } catch (error) {
    if (error instanceof Problem) return refusal(error.status, error.message);
    throw error;
  }
}

/** A tab says for which organisation it was opened: after a switch in another tab it must not write into the new one. */
async function contextFor(headers: Headers) {
  const context = await createTrpcContext();
  const expected = headers.get('x-organization-id');
  if (expected && context.session && context.session.organizationId !== expected) {
    throw new TRPCError({ code: 'CONFLICT', message: 'You switched to another organisation in another tab. Reload this page to go on.' });
  }
  return context;
}
