'use client';

import { Columns3 } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuCheckboxItem, MenuLabel } from '#components/ui/dropdown-menu.tsx';
import { hiddenIn, hideValue, type Column } from './columns.ts';

type ColumnMenuProps<Key extends string> = { columns: readonly Column<Key>[]; hidden: ReadonlySet<Key>; /** The same page with another value of `hide`. */ hrefFor: (hide: string | null) => string };

/** Which columns a list shows; kept in its address, so a saved view has them too. */
export function ColumnMenu<Key extends string>({ columns, hidden, hrefFor }: ColumnMenuProps<Key>) {
  return (
    <DropdownMenu trigger={<Button icon={<Columns3 aria-hidden />}>Columns</Button>}>
      <MenuLabel>Shown in this list</MenuLabel>
      {columns.map(({ key, label }) => (
        <MenuCheckboxItem
          key={key} checked={!hidden.has(key)} onSelect={(event) => event.preventDefault()}
          // Only what the browser shows differs: the server is not asked. What is hidden is read from the address itself: a second click may come before
          // the page has been drawn with the first.
          onCheckedChange={(isShown) => window.history.replaceState(null, '', hrefFor(hideValue(hiddenIn(new URLSearchParams(window.location.search), columns), key, isShown)))}
        >
          {label}
        </MenuCheckboxItem>
      ))}
    </DropdownMenu>
  );
}
