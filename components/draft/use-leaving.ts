'use client';

import { useEffect } from 'react';

type Leaving = { isSafe: boolean; flush: () => Promise<boolean>; stop: () => void };

/** Saves when the page is hidden or left; asks the browser to ask when something is not safe. */
export function useLeaving(autosave: Leaving) {
  useEffect(() => {
    const onHide = () => { if (document.visibilityState === 'hidden') void autosave.flush(); };
    const onUnload = (event: BeforeUnloadEvent) => {
      if (autosave.isSafe) return;
      event.preventDefault();
      void autosave.flush();
    };
    const onOnline = () => void autosave.flush();
    document.addEventListener('visibilitychange', onHide);
    window.addEventListener('beforeunload', onUnload);
    window.addEventListener('online', onOnline);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      window.removeEventListener('beforeunload', onUnload);
      window.removeEventListener('online', onOnline);
      void autosave.flush().then(() => autosave.stop());
    };
  }, [autosave]);
}
