'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import { setPaletteOpen, usePaletteOpen, type Command, type CommandSearch } from './command-registry.ts';

const CommandPaletteView = lazy(() => import('./command-palette-view.tsx'));

type CommandPaletteProps = {
  /** Besides the pages and "create" entries, which are always there. */
  commands?: readonly Command[];
  search?: CommandSearch;
};

/** Ctrl/⌘ K from anywhere. Its code is fetched when it is opened for the first time. */
export function CommandPalette({ commands, search }: CommandPaletteProps) {
  const isOpen = usePaletteOpen();
  const [wasOpened, setWasOpened] = useState(false);
  if (isOpen && !wasOpened) setWasOpened(true);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setPaletteOpen(true);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  if (!wasOpened) return null;
  return (
    <Suspense>
      <CommandPaletteView isOpen={isOpen} commands={commands} search={search} />
    </Suspense>
  );
}
