import { NextResponse, type NextRequest } from 'next/server';

/**
 * Gives every page a Content-Security-Policy with a fresh nonce, and nothing else.
 * Authorization never happens here: it lives where the data is read (a skipped proxy must not open a door).
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');

  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // Next reads the nonce for its own scripts from this request header.
  headers.set('Content-Security-Policy', policy);
  // A layout does not know its own address; sign-in leads back to it.
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

/**
 * Styles keep 'unsafe-inline': Radix, Sonner and Recharts position things with style attributes and inject
 * style elements, which a nonce cannot cover. Scripts do not.
 */
function contentSecurityPolicy(nonce: string, isDev: boolean): string {
  return [
    "default-src 'self'",
    // React needs eval in development to rebuild server stacks in the browser.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    // Safari does not count the dev server's websocket as 'self'.
    `connect-src 'self'${isDev ? ' ws:' : ''}`,
    // Its own line, because 'strict-dynamic' above takes the meaning from 'self'.
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Pages only. The REST doors, webhooks and files answer without scripts; next.config.js gives them static headers.
 * Pages have plural names (/broadcasts), REST paths singular ones (/broadcast), so the two never meet.
 */
export const config = {
  matcher: [
    '/((?!api/|_next/static/|_next/image|connect/|broadcast(?:/|$)|org-management/|phone/|crm/|inbox/media/|usage/|upstream/|automation/|profile/|repository/|push-worker\\.js$|.*\\.(?:svg|ico|png|txt|woff2|webmanifest)$).*)',
  ],
};
