import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { familyIcon, familyInk, familyTint, type Family } from './family.ts';

type StatusProps = {
  family: Family;
  /** The word: "Delivered". */
  children: ReactNode;
  /** In place of the family's icon. */
  icon?: LucideIcon;
  /** `plain` has no tint: for dense lists where forty badges would shout. */
  look?: 'badge' | 'plain';
  className?: string;
};

/** A state, always as icon, word and colour together. */
export function Status({ family, children, icon, look = 'badge', className }: StatusProps) {
  const Icon = icon ?? familyIcon[family];
  const isTurning = family === 'progress';
  return (
    <span
      className={classNames(
        'inline-flex max-w-full items-center gap-1.5 font-medium whitespace-nowrap',
        look === 'badge' && ['h-6 rounded-full px-2 text-caption', familyTint[family]],
        look === 'plain' && 'text-table text-foreground',
        className,
      )}
    >
      <Icon
        aria-hidden
        className={classNames('size-3.5 shrink-0', look === 'plain' && familyInk[family], isTurning && 'animate-spin motion-reduce:animate-none')}
      />
      <span className="truncate">{children}</span>
    </span>
  );
}
