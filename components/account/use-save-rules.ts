'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';
import { useUpdateOrganization, type FormText } from './use-update-organization.ts';

/** Saves the form of the sending rules; an empty field takes its rule away. */
export function useSaveRules() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useUpdateOrganization({
    read: readRules,
    onSaved: () => {
      void queryClient.invalidateQueries(trpc.broadcast.pathFilter());
      notify.success('Saved. The rules hold from the next message on.');
    },
  });
}

function readRules(text: FormText) {
  const wrong = wholeNumbers.filter(({ field }) => text(field) !== '' && !/^\d{1,8}$/.test(count(text(field))));
  if (wrong.length > 0) return wrong;
  const number = (name: string) => (text(name) === '' ? null : Number(count(text(name))));
  return {
    quietFrom: text('quietFrom') || null, quietTo: text('quietTo') || null, frequencyCapHours: number('frequencyCapHours'),
    approvalRecipients: number('approvalRecipients'), approvalAmount: text('approvalAmount') || null, optOutLine: text('optOutLine'),
  };
}

/** 5,000 and 5 000 are numbers too. */
const count = (text: string) => text.replace(/[\s,]/g, '');
const wholeNumbers = [
  { field: 'frequencyCapHours', message: 'Enter hours, 1 to 720.' },
  { field: 'approvalRecipients', message: 'Enter a number of people, like 5000.' },
];
