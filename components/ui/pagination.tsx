import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonStyle } from './button.tsx';
import { classNames } from './class-names.ts';

type PaginationProps = {
  /** Links that carry the cursor; none at the ends. */
  previousHref?: string | null;
  nextHref?: string | null;
  /** "1–50 of 12,430" */
  summary?: ReactNode;
  /** What is paged, when a page holds more than one list. */
  label?: string;
  className?: string;
};

export function Pagination({ previousHref, nextHref, summary, label = 'Pages', className }: PaginationProps) {
  if (!previousHref && !nextHref && !summary) return null;
  return (
    <nav aria-label={label} className={classNames('flex items-center justify-between gap-3 py-3', className)}>
      <p className="text-table text-muted-foreground tabular-nums">{summary}</p>
      <div className="flex gap-2">
        <Step href={previousHref} rel="prev"><ChevronLeft aria-hidden />Previous</Step>
        <Step href={nextHref} rel="next">Next<ChevronRight aria-hidden /></Step>
      </div>
    </nav>
  );
}

function Step({ href, rel, children }: { href?: string | null; rel: 'prev' | 'next'; children: ReactNode }) {
  const style = buttonStyle({ variant: 'secondary', size: 'sm' });
  if (!href) return <span role="link" aria-disabled="true" className={classNames(style, 'cursor-not-allowed')}>{children}</span>;
  return <Link href={href} rel={rel} className={style}>{children}</Link>;
}
