'use client';

import { useEffect, useRef, useSyncExternalStore } from 'react';

export type Shortcut = { key: string; label: string };
type Entry = Shortcut & { run: () => void };

const STORAGE_KEY = 'hailer:single-keys';
let entries: readonly Entry[] = [];
let isDialogOpen = false;
const none: readonly Entry[] = [];
const listeners = new Set<() => void>();

/**
 * A key on the page that is open: `useShortcut('n', 'New list', open)`, or `mod+shift+p` with ⌘ or Ctrl, which also works while somebody types. Listed in
 * the `?` dialog; single keys are off with all others. null: not for this reader.
 */
export function useShortcut(key: string, label: string, run: (() => void) | null): void {
  const isOffered = run !== null;
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!isOffered) return;
    const entry: Entry = { key, label, run: () => latest.current?.() };
    entries = [...entries, entry];
    emit();
    return () => {
      entries = entries.filter((each) => each !== entry);
      emit();
    };
  }, [key, label, isOffered]);
}

export function findShortcut(key: string): Entry | undefined {
  return entries.findLast((entry) => entry.key === key);
}

export function usePageShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(subscribe, () => entries, () => none);
}

/** Single keys get in the way of speech control and of some hands, so they can be off (WCAG 2.1.4). */
export function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off';
  } catch {
    return true;
  }
}

export function setSingleKeys(isOn: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, isOn ? 'on' : 'off');
  } catch {
    // A browser that keeps nothing: the choice lasts as long as it can.
  }
  emit();
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, areSingleKeysOn, () => true);
}

export const openShortcuts = () => setShortcutsOpen(true);

export function setShortcutsOpen(next: boolean): void {
  isDialogOpen = next;
  emit();
}

export function useShortcutsOpen(): boolean {
  return useSyncExternalStore(subscribe, () => isDialogOpen, () => false);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function emit() {
  for (const listener of listeners) listener();
}
