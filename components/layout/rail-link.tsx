'use client';

import Link from 'next/link';
import { UnreadFigure } from '#components/conversation/unread-figure.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { findCurrent, type NavSection } from './navigation.ts';

type RailLinkProps = {
  section: NavSection;
  pathname: string;
  /** Icons only; the word comes as a tooltip. */
  isNarrow: boolean;
};

/** A section of the rail. The pages inside it unfold while one of them is open. */
export function RailLink({ section, pathname, isNarrow }: RailLinkProps) {
  const current = findCurrent(pathname);
  const isOpen = current.section === section;
  const Icon = section.icon;
  const showPages = isOpen && section.pages;
  return (
    <li>
      <Tooltip content={section.label} side="right" disabled={!isNarrow}>
        <Link
          href={section.href}
          aria-current={isOpen && (!showPages || isNarrow) ? (current.page?.href === pathname ? 'page' : 'true') : undefined}
          className={classNames(
            'relative flex h-9 items-center gap-3 rounded-control px-2.5 text-body font-medium text-muted-foreground hover:bg-hover hover:text-foreground',
            isOpen && 'bg-selected text-foreground',
          )}
        >
          <Icon aria-hidden className={classNames('size-[18px] shrink-0', isOpen && 'text-primary')} />
          <span className="rail-word min-w-0 flex-1 truncate">{section.label}</span>
          {section.figure ? <UnreadFigure className={isNarrow ? 'absolute top-0.5 right-0.5' : ''} /> : null}
        </Link>
      </Tooltip>
      {showPages ? (
        <ul className="rail-pages mt-0.5 mb-1.5 ml-[19px] border-l pl-2">
          {section.pages?.map((page) => (
            <li key={page.href}>
              <Link
                href={page.href}
                aria-current={current.page?.href === page.href ? (page.href === pathname ? 'page' : 'true') : undefined}
                className="flex h-8 items-center rounded-control px-2.5 text-table text-muted-foreground hover:bg-hover hover:text-foreground aria-[current]:font-medium aria-[current]:text-foreground"
              >
                {page.label}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}
