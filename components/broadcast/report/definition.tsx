'use client';

import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { Popover } from '#components/ui/popover.tsx';

/** What a figure counts, behind a button that keyboards and touch reach too. */
export function Definition({ of, children }: { of: string; children: ReactNode }) {
  return (
    <Popover
      label={`What “${of}” means`}
      trigger={(
        <button type="button" aria-label={`What “${of}” means`} className="relative inline-flex size-6 shrink-0 items-center justify-center rounded-full align-middle text-muted-foreground hover:bg-hover hover:text-foreground pointer-coarse:before:absolute pointer-coarse:before:-inset-2.5 pointer-coarse:before:content-['']">
          <CircleHelp aria-hidden className="size-3.5" />
        </button>
      )}
    >
      {children}
    </Popover>
  );
}
