'use client';

import { useEffect, useState } from 'react';

const STEP = 5_000; // ms

/** The server's clock in ms, moved on by this page's: what time is left does not hang on how the reader's computer is set. 0 before anything is known. */
export function useServerTime(asOf: string | undefined): number {
  const [now, setNow] = useState(() => (asOf ? Date.parse(asOf) : 0));
  useEffect(() => {
    if (!asOf) return;
    const [told, from] = [Date.parse(asOf), performance.now()];
    const move = () => setNow(told + performance.now() - from);
    const first = setTimeout(move);
    const timer = setInterval(move, STEP);
    return () => { clearTimeout(first); clearInterval(timer); };
  }, [asOf]);
  return now;
}
