'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** The IANA name of the reader's time zone; null on the server, which cannot know it. */
export const useBrowserTimeZone = (): string | null =>
  useSyncExternalStore(never, () => new Intl.DateTimeFormat().resolvedOptions().timeZone, () => null);
