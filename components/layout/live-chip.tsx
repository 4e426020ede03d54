'use client';

import { Pause, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '#components/ui/class-names.ts';

export type LiveState = 'live' | 'reconnecting' | 'paused';

const words: Record<LiveState, string> = { live: 'Live', reconnecting: 'Reconnecting', paused: 'Paused' };

type LiveChipProps = {
  state: LiveState;
  /** How old the figures are, when they are not live: "data from 10:42". */
  age?: ReactNode;
  className?: string;
};

/** Tells whether the figures on the page follow what happens. */
export function LiveChip({ state, age, className }: LiveChipProps) {
  return (
    <span className={classNames('inline-flex h-6 items-center gap-1.5 rounded-full border px-2 text-caption text-muted-foreground', className)}>
      {state === 'live' ? <span aria-hidden className="size-2 rounded-full bg-success-fill" /> : null}
      {state === 'reconnecting' ? <RefreshCw aria-hidden className="size-3 animate-spin motion-reduce:animate-none" /> : null}
      {state === 'paused' ? <Pause aria-hidden className="size-3" /> : null}
      <span role="status">{words[state]}</span>
      {age && state !== 'live' ? <span className="tabular-nums">· {age}</span> : null}
    </span>
  );
}
