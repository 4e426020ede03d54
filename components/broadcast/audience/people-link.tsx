'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import type { MouseEvent, ReactNode } from 'react';
import { peopleHref, type PeopleKey } from './people-query.ts';

export const peopleLinkId = (key: PeopleKey) => `people-${key}`;

/** Opens the people of a line beside the page; the address changes, so that Back closes it and a link can be shared. */
export function PeopleLink({ people, children, label, className }: { people: PeopleKey; children: ReactNode; label?: string; className?: string }) {
  const path = usePathname();
  const query = useSearchParams();
  const href = peopleHref(path, query, people);
  return <a id={peopleLinkId(people)} href={href} aria-label={label} className={className ?? 'text-link underline decoration-1 underline-offset-3 hover:decoration-2'} onClick={(event) => showInstead(event, href)}>{children}</a>;
}

/** Changes the address without asking the server for the page again; a click with a modifier opens another tab as ever. */
export function showInstead(event: MouseEvent, href: string): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  window.history.pushState(null, '', href);
}
