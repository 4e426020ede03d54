import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import * as z from 'zod';
import { signedIn } from '#server/auth.ts';
import { createContext } from '#server/context.ts';
import { database } from '#server/database.ts';
import { requirePlain } from '#server/api/plain-input.ts';
import { Problem } from '#server/errors.ts';
import { faultOf, log } from '#server/log.ts';

/** Who asks: read from the session cookie, checked against its row. */
export async function createTrpcContext() {
  return { session: await signedIn() };
}
type TrpcContext = Awaited<ReturnType<typeof createTrpcContext>>;

const t = initTRPC.context<TrpcContext>().create({
  transformer: superjson,
  sse: { ping: { enabled: true, intervalMs: 3_000 }, client: { reconnectAfterInactivityMs: 10_000 } },
  errorFormatter({ shape, error }) {
    const problem = error.cause instanceof Problem ? { code: error.cause.code, details: error.cause.details, data: error.cause.data } : null;
    const invalid = error.cause instanceof z.ZodError ? z.flattenError(error.cause).fieldErrors : null;
    const isUnexpected = error.code === 'INTERNAL_SERVER_ERROR';
    return { ...shape, message: isUnexpected ? 'Something went wrong on our side. Try again; nothing was half done.' : shape.message, data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, problem, invalid } };
  },
});

export const router = t.router;

const trpcCode = {
  400: 'BAD_REQUEST', 401: 'UNAUTHORIZED', 402: 'PAYMENT_REQUIRED', 403: 'FORBIDDEN', 404: 'NOT_FOUND', 409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE', 422: 'UNPROCESSABLE_CONTENT', 429: 'TOO_MANY_REQUESTS', 502: 'BAD_GATEWAY',
} as const;

/** The one translation of a Problem for the browser. */
const translated = t.procedure.use(async ({ next, path, getRawInput }) => {
  try { requirePlain(await getRawInput()); } catch (error) { throw refusedInput(error); }
  const result = await next();
  if (result.ok) return result;
  const cause = result.error.cause;
  if (cause instanceof Problem) throw new TRPCError({ code: trpcCode[cause.status as keyof typeof trpcCode], message: cause.message, cause });
  if (result.error.code === 'INTERNAL_SERVER_ERROR') log.error({ path, ...faultOf(cause) }, 'procedure failed');
  return result;
});

/** An input that superjson cannot read is the sender's fault, as one is that is no plain JSON. */
const refusedInput = (error: unknown) => (error instanceof Problem
  ? new TRPCError({ code: 'UNPROCESSABLE_CONTENT', message: error.message, cause: error })
  : new TRPCError({ code: 'BAD_REQUEST', message: 'The input cannot be read.' }));

/** Anybody, signed in or not. */
export const publicProcedure = translated;

/** Somebody who is signed in, in no particular organisation. */
export const userProcedure = translated.use(({ ctx, next }) => {
  if (!ctx.session) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'Sign in to go on.' });
  return next({ ctx: { session: ctx.session } });
});

/** A member of the active organisation: the context is what verbs take. */
export const memberProcedure = userProcedure.use(({ ctx, next }) => {
  const { organizationId, role, userId, address, sessionId } = ctx.session;
  if (!organizationId || !role) throw new TRPCError({ code: 'FORBIDDEN', message: 'Choose an organisation first.' });
  return next({ ctx: createContext(database(), organizationId, { kind: 'user', userId, role, address, sessionId }) });
});
