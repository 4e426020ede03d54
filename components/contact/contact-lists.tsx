'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import Link from 'next/link';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card } from '#components/ui/card.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { notify } from '#components/ui/notify.ts';
import { Select } from '#components/ui/select.tsx';
import type { ContactView } from '#server/domain/contact/schema.ts';

type List = ContactView['lists'][number];

/** The lists of one person: join and leave, with Undo. */
export function ContactLists({ contact }: { contact: ContactView }) {
  const trpc = useTRPC();
  const { data: lists = [] } = useQuery(trpc.audience.lists.queryOptions());
  const { join, leave } = useMembership(contact);
  const mayWrite = useMayWrite();
  const others = lists.filter((list) => !contact.lists.some(({ id }) => id === list.id));
  return (
    <Card title="Lists">
      {contact.lists.length === 0 ? <p className="text-muted-foreground">In no list.</p> : null}
      <ul className="grid gap-1">
        {contact.lists.map((list) => (
          <li key={list.id} className="flex items-center justify-between gap-2">
            <Link href={`/lists/${list.slug}`} className="min-w-0 truncate underline-offset-3 hover:underline pointer-coarse:py-2.5">{list.name}</Link>
            {mayWrite ? <IconButton size="sm" label={`Remove from ${list.name}`} icon={<X aria-hidden />} onClick={() => leave(list)} /> : null}
          </li>
        ))}
      </ul>
      {mayWrite && others.length > 0 ? (
        <Select aria-label="Add to a list" className="mt-3" value="" onChange={(event) => { const list = others.find(({ id }) => id === event.target.value); if (list) join(list); }}>
          <option value="">Add to a list…</option>
          {others.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </Select>
      ) : null}
    </Card>
  );
}

function useMembership(contact: ContactView) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSettled = () => Promise.all([queryClient.invalidateQueries(trpc.contact.pathFilter()), queryClient.invalidateQueries(trpc.audience.pathFilter())]);
  const onError = (error: unknown) => notify.error('The list was not changed', { description: problemMessage(error) });
  const add = useMutation(trpc.audience.addMembers.mutationOptions({ onSettled, onError }));
  const remove = useMutation(trpc.audience.removeMembers.mutationOptions({ onSettled, onError }));
  // By promise: callbacks of mutate are only called for the last of several changes in a row. Failures are told by onError.
  const join = (list: List, data: Record<string, unknown> = {}) =>
    void add.mutateAsync({ list: list.id, members: [{ contactId: contact.id, data }] }).then(() => notify.success(`Added to ${list.name}.`), () => {});
  const leave = async (list: List) => {
    // What is kept about the person in this list goes with the membership, so Undo needs it.
    const members = await queryClient.fetchQuery(trpc.audience.members.queryOptions({ list: list.id, search: contact.phone ?? contact.email ?? '' }, { staleTime: 0 })).catch(() => null);
    const data = members?.data.find(({ contactId }) => contactId === contact.id)?.data ?? {};
    await remove.mutateAsync({ list: list.id, contactIds: [contact.id] }).then(() => notify.success(`Removed from ${list.name}.`, { undo: () => join(list, data) }), () => {});
  };
  return { join: (list: List) => join(list), leave: (list: List) => void leave(list) };
}
