'use client';

import { useQueryClient } from '@tanstack/react-query';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useMaySend } from '#components/broadcast/use-may-send.ts';
import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';
import type { DeliveryLogRow } from '#server/domain/delivery/schema.ts';
import { rowLinkId } from './delivery-row.tsx';
import { whyNotAgain } from './try-again.ts';
import { useWriteAgain } from './use-write-again.ts';

/** j and k walk over the rows, Enter opens the one in focus as any link does, c copies its SID, r writes to the person again where the panel would. */
export function useLogKeys(rows: readonly DeliveryLogRow[]): void {
  const links = () => rows.map((row) => document.getElementById(rowLinkId(row.id)));
  const step = (by: 1 | -1) => {
    const all = links();
    const now = all.findIndex((link) => link !== null && link === document.activeElement);
    all[now === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, now + by))]?.focus();
  };
  useShortcut('j', 'Next message', () => step(1));
  useShortcut('k', 'Message before', () => step(-1));
  const inFocus = () => rows[links().findIndex((link) => link !== null && link === document.activeElement)];
  const tryAgain = useTryAgain();
  useShortcut('r', 'Try the person of the message in focus again', useMaySend() ? () => {
    const row = inFocus();
    if (row) void tryAgain(row.id);
    else notify.info('Move to a message with j and k first.');
  } : null);
  useShortcut('c', 'Copy the SID of the message in focus', () => {
    const row = inFocus();
    if (!row) return notify.info('Move to a message with j and k first.');
    if (!row.providerMessageId) return notify.info('This message has no SID: Twilio has not taken it.');
    void navigator.clipboard.writeText(row.providerMessageId).then(() => notify.success('SID copied'), () => notify.error('Not copied: the browser refused'));
  });
}

/** Reads the message first: whether it may be tried again stands in its whole life, not in its row. */
function useTryAgain() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { begin, isPending } = useWriteAgain();
  return async (id: string) => {
    if (isPending) return;
    try {
      const delivery = await queryClient.fetchQuery(trpc.delivery.read.queryOptions({ id }));
      const why = whyNotAgain(delivery);
      if (why === null) begin(delivery);
      else notify.info('This message cannot be tried again', { description: why });
    } catch (error) {
      notify.error('The message could not be read', { description: problemMessage(error) });
    }
  };
}
