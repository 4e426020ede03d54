import { LockKeyhole } from 'lucide-react';
import { classNames } from '#components/ui/class-names.ts';
import { familyInk } from '#components/ui/family.ts';
import type { WindowLeft } from './window-left.ts';

const RADIUS = 6;
const AROUND = 2 * Math.PI * RADIUS;

/** How much of the day is left in which free text may be written: a ring that empties, and the words. */
export function WindowRing({ left, className }: { left: WindowLeft; className?: string }) {
  return (
    <span className={classNames('inline-flex items-center gap-1 whitespace-nowrap tabular-nums', left.family === 'danger' ? 'font-medium text-danger-text' : left.family === 'warning' ? 'font-medium text-warning-text' : 'text-muted-foreground', className)}>
      {left.isOpen ? (
        <svg aria-hidden viewBox="0 0 16 16" className={classNames('size-3.5 shrink-0 -rotate-90', familyInk[left.family])}>
          <circle cx="8" cy="8" r={RADIUS} fill="none" stroke="currentColor" strokeOpacity="0.25" strokeWidth="2.5" />
          <circle cx="8" cy="8" r={RADIUS} fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" strokeDasharray={`${left.share * AROUND} ${AROUND}`} />
        </svg>
      ) : <LockKeyhole aria-hidden className="size-3.5 shrink-0" />}
      {left.words}
    </span>
  );
}
