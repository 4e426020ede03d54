'use client';

import { Check, CircleDot, TriangleAlert } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import type { SaveState } from './autosave.ts';
import { useHydrated } from './use-hydrated.ts';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

type SaveIndicatorProps = { state: SaveState; onRetry: () => void };

/** "Saved 10:42", "Saving…" or "Not saved" with a way to try again. */
export function SaveIndicator({ state, onRetry }: SaveIndicatorProps) {
  // The server does not know the reader's zone.
  const isBrowser = useHydrated();
  return (
    <span className="inline-flex min-h-8 flex-wrap items-center gap-x-1.5 text-table tabular-nums">
      <span role="status" className="inline-flex items-center gap-1.5 [&_svg]:size-3.5">
        {state.kind === 'saved' ? <><Check aria-hidden /><span>Saved{isBrowser ? ` ${clock.format(state.at)}` : ''}</span></> : null}
        {state.kind === 'saving' ? <><Spinner /><span>Saving…</span></> : null}
        {state.kind === 'unsaved' ? <><CircleDot aria-hidden /><span>Not saved yet</span></> : null}
        {state.kind === 'conflict' ? <><TriangleAlert aria-hidden /><span className="text-destructive">Not saved: changed elsewhere</span></> : null}
        {state.kind === 'failed' ? <><TriangleAlert aria-hidden className="text-destructive" /><span className="text-destructive">Not saved. {state.message}</span></> : null}
      </span>
      {state.kind === 'failed' ? <Button size="sm" variant="link" onClick={onRetry}>Retry</Button> : null}
    </span>
  );
}
