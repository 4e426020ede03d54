'use client';

import { useRouter } from 'next/navigation';
import { lazy, Suspense, useEffect, useState } from 'react';
import { navigation } from './navigation.ts';
import { areSingleKeysOn, findShortcut, openShortcuts, useShortcutsOpen } from './shortcut-registry.ts';

const ShortcutsDialog = lazy(() => import('./shortcuts-dialog.tsx'));
const CHORD_MS = 1200;

/** Once, in the shell: `?`, `/`, `g` and a letter, and what pages add with `useShortcut`, with ⌘ or Ctrl too. */
export function KeyboardShortcuts() {
  const router = useRouter();
  const isOpen = useShortcutsOpen();
  const [wasOpened, setWasOpened] = useState(false);
  if (isOpen && !wasOpened) setWasOpened(true);

  useEffect(() => {
    let chordUntil = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey) return runCombination(event);
      if (!isForUs(event)) return;
      const isChord = event.timeStamp < chordUntil;
      chordUntil = 0;
      if (isChord) {
        const href = chordTargets.get(event.key);
        if (href) {
          event.preventDefault();
          router.push(href);
        }
        return;
      }
      if (event.key === 'g') chordUntil = event.timeStamp + CHORD_MS;
      else runSingleKey(event);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [router]);

  return wasOpened ? <Suspense><ShortcutsDialog isOpen={isOpen} /></Suspense> : null;
}

const chordTargets = new Map(
  navigation.flatMap((section) => [section, ...(section.pages ?? [])]).flatMap((page) => (page.key ? [[page.key, page.href] as const] : [])),
);

function runSingleKey(event: KeyboardEvent) {
  if (event.key === '?') return takeOver(event, openShortcuts);
  if (event.key === '/') return focusSearch(event);
  const shortcut = findShortcut(event.key);
  if (shortcut) takeOver(event, shortcut.run);
}

/** With ⌘ or Ctrl: single keys may be off, and a field may have the focus. */
function runCombination(event: KeyboardEvent) {
  if (event.defaultPrevented || event.altKey || event.isComposing || isOverlayOpen()) return;
  const shortcut = findShortcut(`mod+${event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`);
  if (shortcut) takeOver(event, shortcut.run);
}

/** The search field of the page, marked with `data-search`. */
function focusSearch(event: KeyboardEvent) {
  const field = document.querySelector<HTMLElement>('[data-search]');
  if (field) takeOver(event, () => field.focus());
}

function takeOver(event: KeyboardEvent, run: () => void) {
  event.preventDefault();
  run();
}

/** Not while somebody types, has an overlay open, holds another key down, or wants no single keys. */
function isForUs(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey || event.isComposing) return false;
  if (event.target instanceof Element && event.target.closest('input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable=true]')) return false;
  return !isOverlayOpen() && areSingleKeysOn();
}

const isOverlayOpen = () => document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null;
