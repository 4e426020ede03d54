'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** "⌘" on Apple keyboards, else "Ctrl". */
export function useModifierKey(): string {
  return useSyncExternalStore(never, () => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'), () => 'Ctrl');
}
