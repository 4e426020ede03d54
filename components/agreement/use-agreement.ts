'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';

/** All broadcasts, whatever their channel, stand on this service. */
export const BROADCAST_SERVICE = 'bulk-sms';

/** The agreement, who may accept it, and accepting it: a tick that is not there by itself, then a press. */
export function useAgreement(options: { isWanted: boolean; onAccepted?: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isTicked, setTicked] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const agreement = useQuery(trpc.agreement.read.queryOptions({ service: BROADCAST_SERVICE }, { enabled: options.isWanted }));
  const members = useQuery(trpc.organization.members.queryOptions(undefined, { enabled: options.isWanted }));
  const organization = useQuery(trpc.organization.read.queryOptions(undefined, { enabled: options.isWanted }));
  const me = useQuery(trpc.organization.me.queryOptions(undefined, { enabled: options.isWanted }));
  const mutation = useMutation(trpc.agreement.accept.mutationOptions({
    onSuccess: (accepted) => {
      queryClient.setQueryData(trpc.agreement.read.queryKey({ service: BROADCAST_SERVICE }), accepted);
      options.onAccepted?.();
    },
    onError: (error) => setProblem(error.message),
  }));

  const accept = () => {
    if (mutation.isPending) return;
    if (!isTicked) return setProblem('Tick the box to accept.');
    setProblem(null);
    mutation.mutate({ service: BROADCAST_SERVICE });
  };
  const tick = (next: boolean) => { setTicked(next); if (next) setProblem(null); };
  const role = organization.data?.role;
  return {
    agreement: agreement.data, failure: agreement.error?.message ?? null, retry: () => void agreement.refetch(),
    mayAccept: role === undefined ? undefined : role === 'owner' || role === 'admin',
    approvers: (members.data ?? []).filter((member) => member.role === 'owner' || member.role === 'admin'),
    me: me.data, role, organizationName: organization.data?.name,
    isTicked, tick, accept, isAccepting: mutation.isPending, problem,
  };
}
export type Agreement = ReturnType<typeof useAgreement>;
