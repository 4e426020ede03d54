import { bearer, signedIn } from '#server/auth.ts';
import { fileResponse } from '#server/api/file-response.ts';
import { requirePlain } from '#server/api/plain-input.ts';
import { refuse } from '#server/api/refusal.ts';
import { failure } from '#server/api/rest/answer.ts';
import { createContext, type Context } from '#server/context.ts';
import { database } from '#server/database.ts';
import { exportDeliveries } from '#server/domain/delivery/export.ts';
import { exportDeliveriesInput, type ExportDeliveriesInput } from '#server/domain/delivery/schema.ts';
import { env } from '#server/env.ts';
import { notFound, Problem } from '#server/errors.ts';

/** GET of the log as a file, with the filters of its page in the query: for the browser by its session, for programs by their token. */
export async function answerExport(request: Request, format: ExportDeliveriesInput['format']): Promise<Response> {
  try {
    const hasToken = request.headers.has('authorization');
    const refused = hasToken ? null : refuse(request, env().PUBLIC_URL);
    if (refused) return refused;
    const ctx = hasToken ? await bearer(request.headers) : await bySession();
    return fileResponse(await exportDeliveries(ctx, readQuery(new URL(request.url).searchParams, format)));
  } catch (error) {
    return failure(error, crypto.randomUUID());
  }
}

async function bySession(): Promise<Context> {
  const session = await signedIn();
  if (!session) throw new Problem('missing_authorization_header', 'Sign in, or send a token.');
  if (!session.organizationId || !session.role) throw notFound('organisation');
  return createContext(database(), session.organizationId, { kind: 'user', userId: session.userId, role: session.role, address: session.address });
}

function readQuery(query: URLSearchParams, format: ExportDeliveriesInput['format']): ExportDeliveriesInput {
  const given = Object.fromEntries(['search', 'status', 'broadcastId', 'errorCode'].flatMap((name) => { const value = query.get(name); return value ? [[name, value]] : []; }));
  requirePlain(given);
  const parsed = exportDeliveriesInput.safeParse({ ...given, format });
  if (parsed.success) return parsed.data;
  throw new Problem('validation_failed', 'The address of this export does not fit.', { details: parsed.error.issues.map(({ path, code, message }) => ({ field: path.join('.'), code, message })) });
}
