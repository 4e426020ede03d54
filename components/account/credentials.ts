export type SignInResult = { ok: true } | { ok: false; code: 'sign_in_failed' | 'too_many_requests' | 'unreachable'; retryAfter?: number };

/*
 * The two calls of next-auth's browser protocol that we need. Its own client leaves the page when the network fails, and with it what was typed.
 */

export async function signIn(email: string, password: string): Promise<SignInResult> {
  const answer = await post('/api/auth/callback/credentials', { email, password });
  if (!answer) return { ok: false, code: 'unreachable' };
  const [code, wait] = answer.searchParams.get('error')?.split(':') ?? [];
  if (code === 'too_many_requests') return { ok: false, code, retryAfter: Number(wait) || undefined };
  if (code === 'sign_in_failed') return { ok: false, code };
  return code || answer.searchParams.has('csrf') ? { ok: false, code: 'unreachable' } : { ok: true };
}

/** Ends the session on the server and takes the cookie away. */
export async function signOut(): Promise<boolean> {
  return (await post('/api/auth/signout', {})) !== null;
}

/** next-auth answers with the address where it would send the browser; what went wrong stands in its query. Null: no usable answer. */
async function post(path: string, fields: Record<string, string>): Promise<URL | null> {
  try {
    const { csrfToken } = await (await fetch('/api/auth/csrf')).json();
    const response = await fetch(path, { method: 'POST', body: new URLSearchParams({ ...fields, csrfToken, callbackUrl: '/', json: 'true' }) });
    const { url } = await response.json();
    return new URL(url, window.location.origin);
  } catch {
    return null;
  }
}
