'use client';

import { useTheme } from 'next-themes';
import { MenuLabel, MenuRadioGroup, MenuRadioItem } from './dropdown-menu.tsx';
import { themes } from './theme-toggle.tsx';

/** System, light or dark, inside a DropdownMenu, where ThemeToggle's radio buttons would break the arrow keys. */
export function ThemeMenuItems() {
  const { theme, setTheme } = useTheme();
  return (
    <MenuRadioGroup value={theme} onValueChange={setTheme}>
      <MenuLabel>Theme</MenuLabel>
      {themes.map(({ value, label, icon: Icon }) => (
        <MenuRadioItem key={value} value={value} onSelect={(event) => event.preventDefault()}>
          <Icon aria-hidden />
          {label}
        </MenuRadioItem>
      ))}
    </MenuRadioGroup>
  );
}
