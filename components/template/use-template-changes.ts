'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useState } from 'react';
import { templateLook } from '#components/template/template-status.tsx';
import type { LiveState } from '#components/layout/live-chip.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';
import type { TemplateChanges } from '#server/domain/template/schema.ts';

/** P59: what Meta decided reaches the page by itself, and is said aloud. `checkedAt`: when Meta was asked last. */
export function useTemplateChanges(templateId?: string): { live: LiveState; checkedAt: string | null } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [checkedAt, setCheckedAt] = useState<string | null>(null);
  const stream = useSubscription(trpc.template.watch.subscriptionOptions(templateId ? { templateId } : {}, {
    onData: (event) => {
      setCheckedAt(event.checkedAt);
      if (event.changed.length === 0 && event.deleted.length === 0) return;
      event.changed.forEach(tell);
      for (const queries of [trpc.template.list.pathFilter(), trpc.template.read.pathFilter(), trpc.template.readVersion.pathFilter()]) void queryClient.invalidateQueries(queries);
    },
  }));
  return { live: stream.status === 'error' ? 'reconnecting' : 'live', checkedAt };
}

/** Decisions only: a draft that somebody writes is no news. */
function tell({ name, language, status }: TemplateChanges['changed'][number]) {
  if (status === 'approved') notify.success(`${name} (${language}) was approved.`);
  else if (status === 'rejected' || status === 'paused' || status === 'disabled') notify.error(`${name} (${language}) was ${templateLook[status].word.toLowerCase()}.`);
}
