'use client';

import { useQuery } from '@tanstack/react-query';
import type { Emoji } from './emoji.ts';

/** All emoji, once somebody wants one; nothing until then. */
export function useEmoji(isWanted: boolean): readonly Emoji[] | undefined {
  return useQuery({ queryKey: ['emoji'], queryFn: async () => (await import('./emoji-data.ts')).allEmoji, enabled: isWanted, staleTime: Infinity, gcTime: Infinity }).data;
}
