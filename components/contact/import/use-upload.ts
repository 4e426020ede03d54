'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import type { UploadView } from '#server/domain/contact-import/schema.ts';
import { checkInput, isStale, optionsOf, startInput, type Options } from './options.ts';

const POLL = 500;
const isMoving = ({ state }: UploadView) => state === 'uploading' || state === 'checking' || state === 'writing';

/** An upload as it stands, asked again while the worker is at it. */
export function useUpload(id: string) {
  const trpc = useTRPC();
  return useQuery(trpc.contactImport.upload.queryOptions({ id }, { refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? POLL : false) }));
}

/** The choices about an upload, and what can be done with it. */
export function useUploadSteps(upload: UploadView, country: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [options, setOptions] = useState<Options>(() => optionsOf(upload, country));
  const show = (next: UploadView) => {
    queryClient.setQueryData(trpc.contactImport.upload.queryKey({ id: next.id }), next);
    // Asked while a check runs, the rows would be none or some, and be kept as if they were all.
    if (isMoving(next)) queryClient.removeQueries(trpc.contactImport.rows.pathFilter());
    else void queryClient.invalidateQueries(trpc.contactImport.rows.pathFilter());
    void queryClient.invalidateQueries(trpc.contactImport.uploads.pathFilter());
  };
  const update = useMutation(trpc.contactImport.updateUpload.mutationOptions({ onSuccess: show }));
  const start = useMutation(trpc.contactImport.start.mutationOptions({ onSuccess: show }));
  const repair = useMutation(trpc.contactImport.repair.mutationOptions({ onSuccess: show }));
  return {
    options, setOptions, repair, start, update, isStale: isStale(upload, options, country),
    check: () => update.mutate(checkInput(upload, options)),
    convert: () => update.mutate({ id: upload.id, options: { ...checkInput(upload, options).options, encoding: 'windows-1252' } }),
    write: () => start.mutate(startInput(upload, options)),
  };
}

export type UploadSteps = ReturnType<typeof useUploadSteps>;
