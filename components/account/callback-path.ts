/** Where to go after signing in: a path of this site, never another site (`//evil.example`, `/\evil.example`) and not back to a door. */
export function callbackPath(wanted: string | string[] | undefined): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/')) return '/';
  const here = 'http://here.invalid';
  const url = URL.canParse(wanted, here) ? new URL(wanted, here) : null;
  if (!url || url.origin !== here || /^\/(sign-in|sign-up|api)(\/|$)/.test(url.pathname)) return '/';
  // Dots may have been folded into a second slash: look again at what is left.
  return url.pathname.startsWith('//') ? '/' : url.pathname + url.search + url.hash;
}

/** The other door, with the same goal behind it. */
export const doorHref = (door: '/sign-in' | '/sign-up', callback: string): string =>
  (callback === '/' ? door : `${door}?callbackUrl=${encodeURIComponent(callback)}`);
