'use client';

import { Menu, Plus, Search, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { UnreadFigure } from '#components/conversation/unread-figure.tsx';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Sheet } from '#components/ui/sheet.tsx';
import { openPalette } from './command-registry.ts';
import { Mark } from './mark.tsx';
import { findCurrent, navigation } from './navigation.ts';

const itemStyle = 'relative flex h-14 w-full min-w-11 flex-col items-center justify-center gap-0.5 text-caption text-muted-foreground -outline-offset-2';

/** Top line on phones: the name, and search. */
export function MobileTop() {
  return (
    <header className="mobile-top flex h-12 shrink-0 items-center justify-between border-b px-4 md:hidden">
      <Link href="/" className="flex items-center gap-2 font-semibold"><Mark className="size-6" />Hailer</Link>
      <Button variant="ghost" aria-label="Search and commands" onClick={openPalette} className="-mr-3 w-11 px-0"><Search aria-hidden /></Button>
    </header>
  );
}

/** Bottom bar on phones, within reach of the thumb. */
export function MobileBar({ organization, user }: { organization: ReactNode; user: ReactNode }) {
  const mayWrite = useMayWrite();
  const current = findCurrent(usePathname()).section;
  const sections = navigation.filter((section) => section.mobileLabel);
  const links = sections.map((section) => (
    <li key={section.href}>
      <BarLink href={section.href} icon={section.icon} label={section.mobileLabel ?? section.label} hasFigure={section.figure !== undefined} isCurrent={section === current} />
    </li>
  ));
  return (
    <nav aria-label="Main, short" className="mobile-bar fixed inset-x-0 bottom-0 z-30 border-t bg-background pb-[env(safe-area-inset-bottom)] md:hidden">
      <ul className="flex justify-around">
        {links.slice(0, 2)}
        {mayWrite ? (
          <li>
            <Link href="/broadcasts/new" aria-label="New broadcast" className={itemStyle}>
              <span className="flex size-9 items-center justify-center rounded-full bg-primary text-on-primary"><Plus aria-hidden className="size-5" /></span>
            </Link>
          </li>
        ) : null}
        {links.slice(2)}
        <li><MoreSheet organization={organization} user={user} /></li>
      </ul>
    </nav>
  );
}

function BarLink({ href, icon: Icon, label, hasFigure, isCurrent }: { href: string; icon: LucideIcon; label: string; hasFigure: boolean; isCurrent: boolean }) {
  return (
    <Link href={href} aria-current={isCurrent ? 'true' : undefined} className={classNames(itemStyle, isCurrent && 'font-medium text-foreground')}>
      <Icon aria-hidden className={classNames('size-5', isCurrent && 'text-primary')} />
      {label}
      {hasFigure ? <UnreadFigure className="absolute top-1 left-1/2 ml-1" /> : null}
    </Link>
  );
}

function MoreSheet({ organization, user }: { organization: ReactNode; user: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const pathname = usePathname();
  return (
    <Sheet
      side="bottom"
      title="Menu"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<button type="button" className={itemStyle}><Menu aria-hidden className="size-5" />More</button>}
    >
      <div className="mb-2 border-b pb-2">{organization}</div>
      <nav aria-label="All pages" onClick={() => setOpen(false)}>
        <ul>
          {navigation.flatMap((section) => (section.pages ?? [section]).map((page) => ({ page, icon: section.icon }))).map(({ page, icon: Icon }) => (
            <li key={page.href}>
              <Link
                href={page.href}
                aria-current={page.href === pathname ? 'page' : undefined}
                className="flex h-11 items-center gap-3 rounded-control px-2 hover:bg-hover aria-[current=page]:bg-selected aria-[current=page]:font-medium"
              >
                <Icon aria-hidden className="size-4.5 text-muted-foreground" />
                {page.label}
              </Link>
            </li>
          ))}
          <li><a href="/api/docs" className="flex h-11 items-center gap-3 rounded-control px-2 pl-9.5 hover:bg-hover">API documentation</a></li>
        </ul>
      </nav>
      <div className="mt-2 border-t pt-2">{user}</div>
    </Sheet>
  );
}
