'use client';

import { PanelLeftClose, PanelLeftOpen, Plus, Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useState, useSyncExternalStore, type ReactNode } from 'react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Kbd } from '#components/ui/kbd.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { openPalette } from './command-registry.ts';
import { HelpMenu } from './help-menu.tsx';
import { navigation } from './navigation.ts';
import { RailLink } from './rail-link.tsx';
import { RAIL_COOKIE } from './rail-cookie.ts';

type RailProps = { isCollapsed: boolean; organization: ReactNode; user: ReactNode };

/** Left rail from 768 px on: 56 px of icons, 220 px with words from 1024 px unless folded. */
export function Rail({ isCollapsed: initial, organization, user }: RailProps) {
  const pathname = usePathname();
  const mayWrite = useMayWrite();
  const [isCollapsed, setCollapsed] = useState(initial);
  const isNarrow = !useIsWide() || isCollapsed;
  const toggle = () => {
    setCollapsed(!isCollapsed);
    document.cookie = `${RAIL_COOKIE}=${isCollapsed ? 'open' : 'folded'}; path=/; max-age=31536000; samesite=lax`;
  };
  const links = (isLower: boolean) =>
    navigation
      .filter((section) => Boolean(section.isLower) === isLower)
      .map((section) => <RailLink key={section.href} section={section} pathname={pathname} isNarrow={isNarrow} />);

  return (
    <aside aria-label="Sidebar" data-folded={isCollapsed || undefined} className="rail sticky top-0 hidden h-dvh shrink-0 flex-col border-r bg-surface md:flex">
      <div className="rail-slot p-2">{organization}</div>
      <div className="grid gap-1.5 px-2 pb-2">
        {mayWrite ? (
          <Tooltip content="New broadcast" side="right" disabled={!isNarrow}>
            <Button asChild variant="primary" className="rail-action justify-start px-2.5">
              <Link href="/broadcasts/new"><Plus aria-hidden /><span className="rail-word">New broadcast</span></Link>
            </Button>
          </Tooltip>
        ) : null}
        <Tooltip content="Search and commands" side="right" disabled={!isNarrow}>
          <Button variant="secondary" onClick={openPalette} className="rail-action justify-start px-2.5 font-normal text-muted-foreground">
            <Search aria-hidden /><span className="rail-word flex-1 text-left">Search</span>
            <span className="rail-word"><Kbd keys={['Ctrl K']} /></span>
          </Button>
        </Tooltip>
      </div>
      <nav aria-label="Main" className="min-h-0 flex-1 overflow-y-auto p-2">
        <ul className="grid gap-0.5">{links(false)}</ul>
        <hr className="my-2" />
        <ul className="grid gap-0.5">{links(true)}</ul>
      </nav>
      <div className="rail-foot flex items-center gap-1 border-t p-2">
        <div className="rail-slot min-w-0 flex-1">{user}</div>
        <HelpMenu />
        <FoldButton isCollapsed={isCollapsed} onClick={toggle} />
      </div>
    </aside>
  );
}

function FoldButton({ isCollapsed, onClick }: { isCollapsed: boolean; onClick: () => void }) {
  const label = isCollapsed ? 'Unfold the sidebar' : 'Fold the sidebar';
  return (
    <Tooltip content={label} side="right">
      <Button variant="ghost" aria-label={label} aria-expanded={!isCollapsed} onClick={onClick} className={classNames('hidden w-9 px-0 lg:inline-flex')}>
        {isCollapsed ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
      </Button>
    </Tooltip>
  );
}

const wide = '(min-width: 1024px)';

function useIsWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(wide);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => window.matchMedia(wide).matches,
    () => true,
  );
}
