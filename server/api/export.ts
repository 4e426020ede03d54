import { callerOf } from '#server/api/caller.ts';
import { fileResponse } from '#server/api/file-response.ts';
import { requirePlain } from '#server/api/plain-input.ts';
import { failure } from '#server/api/rest/answer.ts';
import { exportDeliveries } from '#server/domain/delivery/export.ts';
import { exportDeliveriesInput, type ExportDeliveriesInput } from '#server/domain/delivery/schema.ts';
import { Problem } from '#server/errors.ts';

/** GET of the log as a file, with the filters of its page in the query: for the browser by its session, for programs by their token. */
export async function answerExport(request: Request, format: ExportDeliveriesInput['format']): Promise<Response> {
  try {
    return fileResponse(await exportDeliveries(await callerOf(request), readQuery(new URL(request.url).searchParams, format)));
  } catch (error) {
    return failure(error, crypto.randomUUID());
  }
}

function readQuery(query: URLSearchParams, format: ExportDeliveriesInput['format']): ExportDeliveriesInput {
  const given = Object.fromEntries(['search', 'status', 'broadcastId', 'errorCode'].flatMap((name) => { const value = query.get(name); return value ? [[name, value]] : []; }));
  requirePlain(given);
  const parsed = exportDeliveriesInput.safeParse({ ...given, format });
  if (parsed.success) return parsed.data;
  throw new Problem('validation_failed', 'The address of this export does not fit.', { details: parsed.error.issues.map(({ path, code, message }) => ({ field: path.join('.'), code, message })) });
}
