'use client';

import { useSyncExternalStore } from 'react';

const STORAGE_KEY = 'hailer:enter-sends';
const listeners = new Set<() => void>();

/** Whether Enter alone sends, in this browser; else it makes a new line, and Ctrl or ⌘ with Enter sends. */
export const useEnterSends = (): boolean => useSyncExternalStore(subscribe, areSending, () => false);

export function setEnterSends(isOn: boolean): void {
  try { localStorage.setItem(STORAGE_KEY, isOn ? 'on' : 'off'); } catch { /* a browser that keeps nothing keeps the default */ }
  for (const listener of listeners) listener();
}

function areSending(): boolean {
  try { return localStorage.getItem(STORAGE_KEY) === 'on'; } catch { return false; }
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}
