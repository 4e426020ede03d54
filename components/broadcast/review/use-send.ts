'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { problemCode, problemMessage } from '#components/broadcast/problem.ts';
import { newKey } from '#components/draft/new-key.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import type { ProblemCode } from '#server/errors.ts';

export type SendRefusal = { code: ProblemCode | null; message: string };

/** Seconds in which nothing is handed to Twilio and a cancel costs nothing. */
const HOLD = 60;

/**
 * One intended send. Its key stays the same through a lost connection and through the agreement, so that it can be repeated without
 * sending twice; only a refusal that left everything untouched ends it, and the next press is a new one.
 */
export function useSend(id: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const key = useRef<string | null>(null);
  const [refusal, setRefusal] = useState<SendRefusal | null>(null);
  const [isAgreementOpen, setAgreementOpen] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  // A send that waits for the network and then leaves by itself would be a surprise.
  const { mutateAsync, isPending } = useMutation(trpc.broadcast.send.mutationOptions({ networkMode: 'always' }));

  /** Never rejects: what went wrong is in `refusal` or opens the agreement. */
  const send = async () => {
    setRefusal(null);
    key.current ??= newKey();
    try {
      await mutateAsync({ id, idempotencyKey: key.current, holdSeconds: HOLD });
      setLeaving(true);
      // Without the new status the page would show the editor for a moment.
      await queryClient.fetchQuery(trpc.broadcast.read.queryOptions({ id }, { staleTime: 0 })).catch(() => undefined);
      void queryClient.invalidateQueries(trpc.broadcast.list.pathFilter());
      router.push(`/broadcasts/${id}`);
    } catch (error) {
      const code = problemCode(error);
      if (code === 'agreement_required') return setAgreementOpen(true);
      if (code !== null) key.current = null;
      setRefusal({ code, message: problemMessage(error) });
      void queryClient.invalidateQueries(trpc.broadcast.preview.queryFilter({ id }));
      if (code === 'invalid_state') void queryClient.invalidateQueries(trpc.broadcast.read.queryFilter({ id }));
    }
  };

  return {
    send, refusal, isSending: isPending || isLeaving, isAgreementOpen, setAgreementOpen,
    /** The agreement is accepted: the same send goes on. */
    goOn() { setAgreementOpen(false); void send(); },
  };
}
