import { Problem } from '#server/errors.ts';

/**
 * The body of a request, at most `limit` bytes of it: neither Next nor the fetch adapters bound it.
 * @throws Problem payload_too_large as soon as more has come, whatever Content-Length said
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readPieces(request, limit, tooLarge(limit))) chunks.push(chunk);
  return joined(chunks, chunks.reduce((size, chunk) => size + chunk.byteLength, 0));
}

/** The same piece by piece, for what is too large to be held. @throws `tooLarge` as soon as more than `limit` bytes have come */
export async function* readPieces(request: Request, limit: number, tooLarge: Problem): AsyncGenerator<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge;
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge;
    yield chunk;
  }
}

function joined(chunks: Uint8Array[], size: number) {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

const tooLarge = (limit: number) => new Problem('payload_too_large', `The request is larger than the ${sizeOf(limit)} that are accepted here. Split it into several requests.`);
const sizeOf = (bytes: number) => (bytes >= 1_000_000 ? `${Math.floor(bytes / 1_000_000)} MB` : `${Math.floor(bytes / 1_000)} kB`);
