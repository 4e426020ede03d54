import * as z from 'zod';
import { callerOf } from '#server/api/caller.ts';
import { fileResponse } from '#server/api/file-response.ts';
import { failure } from '#server/api/rest/answer.ts';
import { exportPerson } from '#server/domain/person/export.ts';
import { notFound } from '#server/errors.ts';

/** GET of what proves somebody's consent, as a file: for the browser by its session, for programs by their token. */
export async function answerProof(request: Request, id: string, format: 'json' | 'html'): Promise<Response> {
  try {
    const ctx = await callerOf(request);
    if (!z.uuid().safeParse(id).success) throw notFound('contact');
    return fileResponse(await exportPerson(ctx, { id, format }));
  } catch (error) {
    return failure(error, crypto.randomUUID());
  }
}
