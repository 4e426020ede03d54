import type * as z from 'zod';
import { callerOf } from '#server/api/caller.ts';
import { fileResponse } from '#server/api/file-response.ts';
import { requirePlain } from '#server/api/plain-input.ts';
import { failure } from '#server/api/rest/answer.ts';
import { exportOptOuts } from '#server/domain/consent/export.ts';
import { listOptOutsInput } from '#server/domain/consent/schema.ts';
import { exportDeliveries } from '#server/domain/delivery/export.ts';
import { exportDeliveriesInput, type ExportDeliveriesInput } from '#server/domain/delivery/schema.ts';
import { Problem } from '#server/errors.ts';

/** GET of the log as a file, with the filters of its page in the query: for the browser by its session, for programs by their token. */
export const answerExport = (request: Request, format: ExportDeliveriesInput['format']): Promise<Response> => answerFile(async (query) =>
  exportDeliveries(await callerOf(request), readQuery(exportDeliveriesInput, { ...namedIn(query, ['search', 'status', 'broadcastId', 'errorCode']), format: format ?? 'csv' })), request);

/** GET of the ledger of opt-outs as CSV, likewise. */
export const answerOptOutExport = (request: Request): Promise<Response> => answerFile(async (query) =>
  exportOptOuts(await callerOf(request), readQuery(listOptOutsInput, namedIn(query, ['search', 'kind', 'source', 'scope']))), request);

async function answerFile(make: (query: URLSearchParams) => Promise<Parameters<typeof fileResponse>[0]>, request: Request): Promise<Response> {
  try {
    return fileResponse(await make(new URL(request.url).searchParams));
  } catch (error) {
    return failure(error, crypto.randomUUID());
  }
}

const namedIn = (query: URLSearchParams, names: string[]) => Object.fromEntries(names.flatMap((name) => { const value = query.get(name); return value ? [[name, value]] : []; }));

function readQuery<Schema extends z.ZodType>(schema: Schema, given: Record<string, string>): z.output<Schema> {
  requirePlain(given);
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Problem('validation_failed', 'The address of this export does not fit.', { details: parsed.error.issues.map(({ path, code, message }) => ({ field: path.join('.'), code, message })) });
}
