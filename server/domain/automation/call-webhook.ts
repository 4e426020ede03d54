import { AddressRefused, TimedOut, type Outgoing, type Post } from '#server/domain/outbound/post.ts';

export type Called = { httpStatus: number | null; /** In words; null: it was taken (2xx). */ error: string | null };

/** One call, and what became of it in words. Never throws. */
export async function callWebhook(outgoing: Outgoing, post: Post): Promise<Called> {
  try {
    const { status } = await post(outgoing);
    return { httpStatus: status, error: faultOf(status) };
  } catch (error) {
    return { httpStatus: null, error: error instanceof AddressRefused || error instanceof TimedOut ? error.message : wordsOf(error) };
  }
}

function faultOf(httpStatus: number): string | null {
  if (httpStatus >= 200 && httpStatus < 300) return null;
  if (httpStatus >= 300 && httpStatus < 400) return `It answered ${httpStatus}, a redirect, which is not followed. Enter the final address.`;
  return `It answered ${httpStatus}.`;
}

const BROKEN_OFF = 'The server broke the connection off.';
const WORDS: Record<string, string> = {
  ENOTFOUND: 'There is no server of this name.', EAI_AGAIN: 'The name could not be looked up at the moment.', ECONNREFUSED: 'The server refused the connection.', ECONNRESET: BROKEN_OFF, UND_ERR_SOCKET: BROKEN_OFF,
  UND_ERR_CONNECT_TIMEOUT: 'The server could not be reached in time.', CERT_HAS_EXPIRED: 'The certificate of the server has expired.', DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the server is signed by itself only.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the server is for another name.',
};

function wordsOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return WORDS[code] ?? `The server could not be reached${code ? ` (${code})` : ''}.`;
}
