import { readPieces } from '#server/api/bounded-body.ts';
import { callerOf } from '#server/api/caller.ts';
import { fileResponse } from '#server/api/file-response.ts';
import { requirePlain } from '#server/api/plain-input.ts';
import { failure, json } from '#server/api/rest/answer.ts';
import { writeErrorFile } from '#server/domain/contact-import/error-file.ts';
import { storeUploadInput, uploadInput } from '#server/domain/contact-import/schema.ts';
import { storeUpload } from '#server/domain/contact-import/store.ts';
import { notFound, Problem } from '#server/errors.ts';

const MOST_BYTES = 200_000_000;

/** POST of a CSV file as it is, `?fileName=`, and `list=` for the list that its people shall join. It streams into the database; 201 with the upload's id. */
export async function receiveUpload(request: Request): Promise<Response> {
  try {
    const ctx = await callerOf(request);
    const input = readQuery(request);
    const tooLarge = new Problem('payload_too_large', 'The file is larger than 200 MB. Split it and import the parts one after the other.');
    return json({ data: await storeUpload(ctx, input, readPieces(request, MOST_BYTES, tooLarge)) }, 201);
  } catch (error) {
    return failure(error, crypto.randomUUID());
  }
}

function readQuery(request: Request) {
  const given = { ...Object.fromEntries(new URL(request.url).searchParams), size: request.headers.get('content-length') ?? 0 };
  requirePlain(given);
  const parsed = storeUploadInput.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Problem('validation_failed', 'The address of this upload does not fit.', { details: parsed.error.issues.map(({ path, code, message }) => ({ field: path.join('.'), code, message })) });
}

/** GET of the refused rows of an upload as a CSV file that can be corrected and imported again. */
export async function answerErrorFile(request: Request, id: string): Promise<Response> {
  try {
    const ctx = await callerOf(request);
    const parsed = uploadInput.safeParse({ id });
    if (!parsed.success) throw notFound('upload');
    return fileResponse({ ...(await writeErrorFile(ctx, parsed.data)), contentType: 'text/csv; charset=utf-8' });
  } catch (error) {
    return failure(error, crypto.randomUUID());
  }
}
