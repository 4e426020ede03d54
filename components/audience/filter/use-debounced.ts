'use client';

import { useEffect, useState } from 'react';

/** The value as it was when it last stayed the same for `delay` ms, and whether that is behind. Values are compared by their JSON. */
export function useDebounced<Value>(value: Value, delay: number): { settled: Value; isBehind: boolean } {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  const isBehind = JSON.stringify(settled) !== text;
  useEffect(() => {
    if (!isBehind) return;
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the text stands for the value
  }, [text, isBehind, delay]);
  return { settled, isBehind };
}
