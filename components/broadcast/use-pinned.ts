'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import type { PinnedView } from '#server/domain/template/schema.ts';

/** What a broadcast's SID names; undefined while it is asked for, null when nothing is known by it. Without a SID nothing is asked. */
export function usePinned(contentSid: string | null): PinnedView | null | undefined {
  const { data } = useQuery(useTRPC().template.pinned.queryOptions({ contentSid: contentSid ?? '' }, { enabled: contentSid !== null && contentSid !== '' }));
  return contentSid ? data : null;
}
