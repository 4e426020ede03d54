'use client';

import { useDuplicate } from '#components/broadcast/use-duplicate.ts';
import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { notify } from '#components/ui/notify.ts';

/** `d` makes a draft of the broadcast whose row has the focus. */
export function useDuplicateKey() {
  const duplicate = useDuplicate();
  useShortcut('d', 'Duplicate the broadcast in focus', () => {
    const id = document.activeElement?.closest('tr')?.querySelector<HTMLElement>('[data-broadcast]')?.dataset.broadcast;
    if (!id) notify.info('Choose a broadcast first', { description: 'Move to its row with Tab, then press d.' });
    else if (!duplicate.isPending) duplicate.mutate({ id });
  });
}
