'use client';

import type { LucideIcon } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';

export type Command = {
  id: string;
  label: string;
  /** Heading under which it stands: "Go to", "Create", "This broadcast". */
  group: string;
  icon?: LucideIcon;
  /** Second line, small: a phone number, a state. */
  hint?: string;
  keywords?: string;
  /** Keys that do the same. */
  keys?: readonly string[];
  /** Either an address or an act. */
  href?: string;
  run?: () => void;
};

/** Finds objects by what was typed: a name, a phone number, a SID. */
export type CommandSearch = (query: string, signal: AbortSignal) => Promise<Command[]>;

let isOpen = false;
let registered: readonly (readonly Command[])[] = [];
let flat: readonly Command[] = [];
const none: readonly Command[] = [];
const listeners = new Set<() => void>();

export const openPalette = () => setPaletteOpen(true);

export function setPaletteOpen(next: boolean): void {
  isOpen = next;
  emit();
}

export function usePaletteOpen(): boolean {
  return useSyncExternalStore(subscribe, () => isOpen, () => false);
}

/** Commands of the page that is open: "Pause this broadcast". Keep the array stable (useMemo, or a constant). */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    setRegistered([commands, ...registered]);
    return () => setRegistered(registered.filter((each) => each !== commands));
  }, [commands]);
}

export function useRegisteredCommands(): readonly Command[] {
  return useSyncExternalStore(subscribe, () => flat, () => none);
}

function setRegistered(next: typeof registered) {
  registered = next;
  flat = next.flat();
  emit();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function emit() {
  for (const listener of listeners) listener();
}
