'use client';

import { LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { DropdownMenu, MenuItem, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import { ThemeMenuItems } from '#components/ui/theme-menu-items.tsx';

type UserMenuProps = {
  name: string;
  email: string;
  onSignOut: () => void;
  /** More MenuItems, above the theme. */
  children?: ReactNode;
};

export function UserMenu({ name, email, onSignOut, children }: UserMenuProps) {
  return (
    <DropdownMenu
      align="start"
      side="top"
      className="w-60"
      trigger={
        <button type="button" className="flex h-9 w-full min-w-0 items-center gap-2 rounded-control px-1 text-left hover:bg-hover pointer-coarse:h-11">
          <span className="sr-only">Account: </span>
          <span aria-hidden className="flex size-7 shrink-0 items-center justify-center rounded-full bg-progress-tint text-caption font-semibold text-progress-text">{initials(name || email)}</span>
          <span className="rail-word min-w-0 flex-1 truncate text-table">{name || email}</span>
        </button>
      }
    >
      <div className="px-2.5 py-1.5">
        <p className="truncate font-medium">{name}</p>
        <p className="truncate text-table text-muted-foreground">{email}</p>
      </div>
      <MenuSeparator />
      {children}
      <ThemeMenuItems />
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={onSignOut}>Sign out</MenuItem>
    </DropdownMenu>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s@._-]+/).filter(Boolean);
  return words.slice(0, 2).map((word) => word[0]?.toUpperCase() ?? '').join('');
}
