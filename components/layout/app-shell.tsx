import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Announcer } from './announcer.tsx';
import { CommandPalette } from './command-palette.tsx';
import { KeyboardShortcuts } from './keyboard-shortcuts.tsx';
import { MobileBar, MobileTop } from './mobile-bar.tsx';
import { Rail } from './rail.tsx';
import { RAIL_COOKIE } from './rail-cookie.ts';
import { SectionTabs } from './section-tabs.tsx';
import './layout.css';

type AppShellProps = {
  /** An OrganizationSwitcher. */
  organization: ReactNode;
  /** A UserMenu. */
  user: ReactNode;
  /** A TestModeBar while nothing is real, else nothing. */
  testMode?: ReactNode;
  /** A CommandPalette with commands and search of its own. */
  palette?: ReactNode;
  children: ReactNode;
};

/** The frame of all signed-in pages. A server component: it reads whether the rail is folded from a cookie. */
export async function AppShell({ organization, user, testMode, palette, children }: AppShellProps) {
  const isFolded = (await cookies()).get(RAIL_COOKIE)?.value === 'folded';
  return (
    <>
      <a href="#main" className="skip-link">Skip to content</a>
      <div className="shell flex min-h-dvh">
        <Rail isCollapsed={isFolded} organization={organization} user={user} />
        <div className="shell-column flex min-w-0 flex-1 flex-col">
          {testMode}
          <MobileTop />
          <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[1200px] flex-1 px-4 pt-4 pb-28 sm:px-6 md:pb-12 lg:px-8 lg:pt-6">
            <SectionTabs />
            {children}
          </main>
        </div>
      </div>
      <MobileBar organization={organization} user={user} />
      {palette ?? <CommandPalette />}
      <KeyboardShortcuts />
      <Announcer />
    </>
  );
}
