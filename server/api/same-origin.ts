const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether a request that may carry the session cookie comes from our own pages. The cookie is SameSite=Lax; this also stops sister hosts. Browsers
 * write Sec-Fetch-Site and Origin themselves. Names of this machine count by themselves, so that localhost and 127.0.0.1 both work on a laptop.
 */
export function isFromOurPages(request: Request, publicUrl: string): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site === 'same-origin') return true;
  const origin = request.headers.get('origin');
  if (origin) return origin === publicUrl || isOwnLoopback(origin, request.headers.get('host'));
  // No origin: a read typed into the address bar (none), or by something that is no browser and has no cookie.
  return request.method === 'GET' && (site === null || site === 'none');
}

function isOwnLoopback(origin: string, host: string | null): boolean {
  const url = URL.canParse(origin) ? new URL(origin) : null;
  return url !== null && url.host === host && LOOPBACK.includes(url.hostname);
}
