'use client';

import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { notify } from '#components/ui/notify.ts';
import type { DeliveryLogRow } from '#server/domain/delivery/schema.ts';
import { rowLinkId } from './delivery-row.tsx';

/** j and k walk over the rows, Enter opens the one in focus as any link does, c copies its SID. */
export function useLogKeys(rows: readonly DeliveryLogRow[]): void {
  const links = () => rows.map((row) => document.getElementById(rowLinkId(row.id)));
  const step = (by: 1 | -1) => {
    const all = links();
    const now = all.findIndex((link) => link !== null && link === document.activeElement);
    all[now === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, now + by))]?.focus();
  };
  useShortcut('j', 'Next message', () => step(1));
  useShortcut('k', 'Message before', () => step(-1));
  useShortcut('c', 'Copy the SID of the message in focus', () => {
    const row = rows[links().findIndex((link) => link !== null && link === document.activeElement)];
    if (!row) return notify.info('Move to a message with j and k first.');
    if (!row.providerMessageId) return notify.info('This message has no SID: Twilio has not taken it.');
    void navigator.clipboard.writeText(row.providerMessageId).then(() => notify.success('SID copied'), () => notify.error('Not copied: the browser refused'));
  });
}
