'use client';

import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener); }; };
const keyOf = (organizationId: string) => `hailer.device.${organizationId}`;

function read(organizationId: string): string | null {
  try { return localStorage.getItem(keyOf(organizationId)); } catch { return null; }
}

/** Which of my devices this browser is, in this organisation. */
export function useRememberedDevice(organizationId: string): [string | null, (deviceId: string) => void] {
  const deviceId = useSyncExternalStore(subscribe, () => read(organizationId), () => null);
  const remember = useCallback((id: string) => {
    try { localStorage.setItem(keyOf(organizationId), id); } catch { /* storage is blocked: the list tells it by its name */ }
    for (const listener of listeners) listener();
  }, [organizationId]);
  return [deviceId, remember];
}
