'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemMessage } from '#components/broadcast/problem.ts';
import { nameOf } from '#components/contact/words.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';
import type { ListView, MemberView } from '#server/domain/audience/schema.ts';

/** Takes somebody out at once; Undo puts them back with their data. */
export function useRemoveMember(list: ListView): (member: MemberView) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSettled = () => Promise.all([queryClient.invalidateQueries(trpc.audience.pathFilter()), queryClient.invalidateQueries(trpc.contact.pathFilter())]);
  const onError = (error: unknown) => notify.error('The list was not changed', { description: problemMessage(error) });
  const add = useMutation(trpc.audience.addMembers.mutationOptions({ onSettled, onError }));
  const remove = useMutation(trpc.audience.removeMembers.mutationOptions({ onSettled, onError }));
  const putBack = (member: MemberView) => add.mutate({ list: list.id, members: [{ contactId: member.contactId, data: member.data }] });
  // By promise: callbacks of mutate are only called for the last of several removals in a row.
  return (member) => void remove.mutateAsync({ list: list.id, contactIds: [member.contactId] })
    .then(() => notify.success(`${nameOf(member)} left ${list.name}.`, { undo: () => putBack(member) }), () => {});
}
