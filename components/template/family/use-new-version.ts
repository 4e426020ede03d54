'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';
import type { VersionView } from '#server/domain/template/schema.ts';

/** P79: the draft that follows a submitted version, made when there is none yet, in its editor. `fix`: the change that is proposed there. */
export function useNewVersion() {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const update = useMutation(trpc.template.update.mutationOptions({
    onSuccess: (draft) => {
      queryClient.setQueryData(trpc.template.readVersion.queryKey({ id: draft.id }), draft);
      void queryClient.invalidateQueries(trpc.template.read.pathFilter());
    },
    onError: (error) => notify.error('No new version was made', { description: problemMessage(error) }),
  }));
  const open = (version: Pick<VersionView, 'id'>, fix?: string) =>
    update.mutate({ id: version.id }, { onSuccess: (draft) => router.push(`/templates/${draft.id}/edit${fix ? `?fix=${encodeURIComponent(fix)}` : ''}`) });
  return { open, isPending: update.isPending };
}
