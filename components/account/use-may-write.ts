'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';

const WRITERS = ['owner', 'admin', 'marketer'];

/** Whether the reader's role may change contacts, lists and broadcasts, and send. Only for what the page offers: the server decides. True until it is known. */
export const useMayWrite = (): boolean => useHasRole(WRITERS);

/** Support may write down that somebody wants no messages. */
export const useMayOptOut = (): boolean => useHasRole([...WRITERS, 'support']);

/** Support answers people in the inbox, and sorts what is there. */
export const useMayAnswer = (): boolean => useHasRole([...WRITERS, 'support']);

/** Erasing somebody cannot be taken back. */
export const useMayErase = (): boolean => useHasRole(['owner', 'admin']);

function useHasRole(roles: readonly string[]): boolean {
  const trpc = useTRPC();
  const { data: organization } = useQuery(trpc.organization.read.queryOptions());
  return organization === undefined || roles.includes(organization.role);
}
