'use client';

import { BookOpen, CircleHelp, Keyboard } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import { openShortcuts } from './shortcut-registry.ts';

/** Help stands in the same place on every page (WCAG 3.2.6): at the foot of the rail. */
export function HelpMenu() {
  return (
    <DropdownMenu
      align="start"
      side="top"
      trigger={<Button variant="ghost" aria-label="Help" title="Help" className="w-9 px-0"><CircleHelp aria-hidden /></Button>}
    >
      <MenuItem icon={<Keyboard aria-hidden />} onSelect={openShortcuts}>Keyboard shortcuts</MenuItem>
      <MenuItem asChild>
        <a href="/api/docs"><BookOpen aria-hidden />API documentation</a>
      </MenuItem>
    </DropdownMenu>
  );
}
