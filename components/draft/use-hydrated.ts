'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False in the server's HTML and until the script is there: what is typed earlier would be lost or mixed with what the script writes. */
export const useHydrated = (): boolean => useSyncExternalStore(never, () => true, () => false);
