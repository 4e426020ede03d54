import Link from 'next/link';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

type StatTileProps = {
  label: ReactNode;
  /** The number, formatted. */
  value: ReactNode;
  /** The exact figure, on hover, when `value` is shortened. */
  exact?: string;
  /** n of N, a comparison with oneself, a reason. */
  hint?: ReactNode;
  /** Where the number's rows are. The whole tile becomes the link. */
  href?: string;
  size?: 'default' | 'compact';
  className?: string;
};

/** One number. Put tiles into a StatGroup. */
export function StatTile({ label, value, exact, hint, href, size = 'default', className }: StatTileProps) {
  return (
    <div className={classNames('relative flex min-w-0 flex-col p-4 shadow-[0_0_0_1px_var(--border)]', href && 'hover:bg-surface', className)}>
      <dt className="text-table text-muted-foreground">
        {href ? (
          <Link href={href} className="after:absolute after:inset-0 hover:text-foreground focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring">{label}</Link>
        ) : (
          label
        )}
      </dt>
      <dd className={classNames('figures mt-1 font-semibold', size === 'default' ? 'text-h1 sm:text-figure' : 'text-h2')} title={exact}>{value}</dd>
      {hint ? <dd className="mt-1 text-table text-muted-foreground tabular-nums">{hint}</dd> : null}
    </div>
  );
}

/** Tiles side by side, parted by hairlines. Two columns on a phone. */
export function StatGroup({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <dl className={classNames('grid grid-cols-2 gap-px overflow-hidden rounded-card border max-sm:[&>:last-child:nth-child(odd)]:col-span-2 sm:grid-cols-[repeat(auto-fit,minmax(10rem,1fr))]', className)}>
      {children}
    </dl>
  );
}
