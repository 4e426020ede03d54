'use client';

import Link from 'next/link';
import { useEffect, useRef, type ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type TabLink = { href: string; label: ReactNode; count?: ReactNode };

type TabsProps = {
  /** What the tabs choose between, for screen readers. */
  label: string;
  items: readonly TabLink[];
  /** `href` of the tab that is open. */
  current: string;
  className?: string;
};

/** Tabs are links: the open tab is in the URL, Back works, and each can be opened in a new window. */
export function Tabs({ label, items, current, className }: TabsProps) {
  const bar = useRef<HTMLElement>(null);
  useEffect(() => { if (bar.current) showCurrent(bar.current); }, [current]);
  return (
    <nav ref={bar} aria-label={label} className={classNames('overflow-x-auto border-b [scrollbar-width:none]', className)}>
      <ul className="flex min-w-max gap-1">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              scroll={false}
              aria-current={item.href === current ? 'page' : undefined}
              className="-mb-px flex h-10 items-center gap-2 border-b-2 border-transparent px-3 text-body text-muted-foreground -outline-offset-2 hover:text-foreground aria-[current=page]:border-primary aria-[current=page]:font-medium aria-[current=page]:text-foreground pointer-coarse:h-11"
            >
              {item.label}
              {item.count !== undefined ? <span className="rounded-full bg-hover px-1.5 text-caption tabular-nums text-muted-foreground">{item.count}</span> : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Where not all tabs fit, the open one stands in the middle. Only the bar moves, never the page. */
function showCurrent(bar: HTMLElement) {
  const tab = bar.querySelector('[aria-current=page]')?.getBoundingClientRect();
  const box = bar.getBoundingClientRect();
  if (tab) bar.scrollLeft += tab.left + tab.width / 2 - (box.left + box.width / 2);
}
