'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import { whenWanted } from './notify.ts';

const ToasterView = lazy(() => import('./toaster-view.tsx'));

/** Once, in the layout of the signed-in pages. Its code comes when the browser is idle, so that no page waits for it. */
export function Toaster() {
  const [isLoaded, setLoaded] = useState(false);
  useEffect(() => {
    const load = () => setLoaded(true);
    const stop = whenWanted(load);
    const timer = setTimeout(load, 3000);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return isLoaded ? <Suspense><ToasterView /></Suspense> : null;
}
