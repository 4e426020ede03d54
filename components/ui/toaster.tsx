'use client';

import { useEffect } from 'react';
import { deferred } from './deferred.tsx';
import { whenWanted } from './notify.ts';

const view = deferred(() => import('./toaster-view.tsx'));

/** Once, in the layout of the signed-in pages. Its code comes when the browser is idle, so that no page waits for it; without a connection the page stands without it. */
export function Toaster() {
  const loaded = view.use();
  useEffect(() => whenWanted(view.want), []);
  return loaded ? <loaded.default /> : null;
}
