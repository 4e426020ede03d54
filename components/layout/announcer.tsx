'use client';

import { useEffect, useState } from 'react';

type Announcement = { text: string; isUrgent: boolean; id: number };
let listener: ((announcement: Announcement) => void) | undefined;
let count = 0;

/** Says something to screen readers without showing it: "Saved", "50 more rows". Urgent interrupts; use it for failures. */
export function announce(text: string, { isUrgent = false } = {}): void {
  count += 1;
  listener?.({ text, isUrgent, id: count });
}

/** Once, in the shell. The regions must be on the page before they have something to say. */
export function Announcer() {
  const [last, setLast] = useState<Announcement>();
  useEffect(() => {
    listener = setLast;
    return () => {
      listener = undefined;
    };
  }, []);
  // The same sentence twice is read twice only if the node is new.
  const sentence = (isUrgent: boolean) => (last?.isUrgent === isUrgent ? <span key={last.id}>{last.text}</span> : null);
  return (
    <div className="sr-only">
      <div aria-live="polite">{sentence(false)}</div>
      <div aria-live="assertive">{sentence(true)}</div>
    </div>
  );
}
