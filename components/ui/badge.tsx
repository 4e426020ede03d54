import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A short fact without a verdict: a count, "Marketing", "v3". For states use Status. */
export function Badge({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span className={classNames('inline-flex h-5 items-center gap-1 rounded-full border px-2 text-caption whitespace-nowrap text-muted-foreground tabular-nums [&_svg]:size-3', className)}>
      {children}
    </span>
  );
}
