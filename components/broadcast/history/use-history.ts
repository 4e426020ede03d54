'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';

/** The versions of a draft, naming one and going back to one. */
export function useHistory(id: string, { isOpen, onRestored }: { isOpen: boolean; onRestored: (draft: BroadcastView) => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const renew = () => queryClient.invalidateQueries(trpc.broadcast.versions.queryFilter({ id }));
  const versions = useQuery(trpc.broadcast.versions.queryOptions({ id }, { enabled: isOpen, staleTime: 0 }));
  const naming = useMutation(trpc.broadcast.nameVersion.mutationOptions({ onSuccess: renew, onError: (error) => notify.error('Not named', { description: problemMessage(error) }) }));
  const restoring = useMutation(trpc.broadcast.restoreVersion.mutationOptions({
    onSuccess: (draft) => {
      onRestored(draft);
      queryClient.setQueryData(trpc.broadcast.read.queryKey({ id }), draft);
      void queryClient.invalidateQueries(trpc.broadcast.preview.queryFilter({ id }));
      void renew();
      notify.success('The version is back', { description: 'What stood here before stays in the history.' });
    },
    onError: (error) => notify.error('Not restored', { description: problemMessage(error) }),
  }));
  return {
    versions: versions.data, failure: versions.error ? problemMessage(versions.error) : null,
    name: (version: number, name: string) => naming.mutateAsync({ id, version, name }), isNaming: naming.isPending,
    restore: (version: number) => restoring.mutate({ id, version }), isRestoring: restoring.isPending,
  };
}
