'use client';

import { deferred } from './deferred.tsx';

const view = deferred(() => import('./theme-toggle.tsx'));

/** The ThemeToggle of pages that must be there at once: its code comes when the browser is idle, its place is kept. */
export function LateThemeToggle() {
  const loaded = view.use();
  return loaded ? <loaded.ThemeToggle /> : <span aria-hidden className="h-8.5 w-23 pointer-coarse:h-12.5 pointer-coarse:w-35" />;
}
