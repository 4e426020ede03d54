'use client';

import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { problemCode, problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { numbersIn, rememberedNumbers, rememberNumbers } from './remembered-numbers.ts';

const QUIET = 400; // ms after the last key
export const MOST_NUMBERS = 5;

/** What stands in the form of a test send, what it would be and cost, and sending it. */
export function useTestSend(id: string, isOpen: boolean) {
  const trpc = useTRPC();
  const [text, setText] = useState(() => rememberedNumbers().join('\n'));
  const [contactId, setContactId] = useState<string | undefined>();
  const [hasPrefix, setPrefix] = useState(true);
  const [isAgreementOpen, setAgreementOpen] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const numbers = numbersIn(text);
  const settled = useSettled(numbers.slice(0, MOST_NUMBERS));
  const asked = { id, prefix: hasPrefix, ...(contactId ? { contactId } : {}) };
  const preview = useQuery(trpc.broadcast.previewTest.queryOptions({ ...asked, numbers: settled }, { enabled: isOpen, placeholderData: keepPreviousData, retry: false, staleTime: 0 }));
  const mutation = useMutation(trpc.broadcast.testSend.mutationOptions({
    networkMode: 'always',
    onSuccess: () => rememberNumbers(numbers),
    onError: (problem) => (problemCode(problem) === 'agreement_required' ? setAgreementOpen(true) : setError(problemMessage(problem))),
  }));
  const send = () => {
    setError(null);
    if (numbers.length === 0) return setError('Enter a phone number.');
    if (numbers.length > MOST_NUMBERS) return setError(`Enter at most ${MOST_NUMBERS} numbers.`);
    mutation.mutate({ ...asked, numbers });
  };
  return {
    text, setText: (next: string) => { setText(next); setError(null); }, numbers, contactId, setContactId, hasPrefix, setPrefix, preview, error,
    send, isSending: mutation.isPending, sent: mutation.data, again: () => mutation.reset(),
    isAgreementOpen, setAgreementOpen, goOn: () => { setAgreementOpen(false); send(); },
  };
}

/** The numbers once nobody has typed for a moment. */
function useSettled(numbers: string[]): string[] {
  const key = numbers.join('\n');
  const [settled, setSettled] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), QUIET);
    return () => clearTimeout(timer);
  }, [key]);
  return settled === '' ? [] : settled.split('\n');
}
