'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState, type FormEvent } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatCount } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { DialogClose } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { notify } from '#components/ui/notify.ts';
import { Select } from '#components/ui/select.tsx';
import type { ContactView } from '#server/domain/contact/schema.ts';

/** Puts all the people on one list, with Undo for those who were not on it. */
export function JoinListForm({ people, onDone }: { people: readonly ContactView[]; onDone: () => void }) {
  const trpc = useTRPC();
  const { data: lists } = useQuery(trpc.audience.lists.queryOptions());
  const [chosen, setChosen] = useState('');
  const [problem, setProblem] = useState<string>();
  const { join, isBusy } = useJoining(people, onDone, setProblem);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const list = lists?.find(({ id }) => id === chosen);
    if (list) join(list);
    else setProblem('Choose a list.');
  };
  if (lists?.length === 0) return <p>There are no lists yet. <Link href="/lists" className="text-link underline underline-offset-3">Make one</Link>.</p>;
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4 pt-1.5">
      <Field label="List" error={problem}>
        <Select value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value="">Choose a list</option>
          {lists?.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </Select>
      </Field>
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" loading={isBusy}>Add to list</Button>
      </div>
    </form>
  );
}

function useJoining(people: readonly ContactView[], onDone: () => void, setProblem: (problem: string | undefined) => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => Promise.all([queryClient.invalidateQueries(trpc.contact.pathFilter()), queryClient.invalidateQueries(trpc.audience.pathFilter())]);
  const remove = useMutation(trpc.audience.removeMembers.mutationOptions({ onSuccess: refresh, onError: (error) => notify.error('They were not taken off the list', { description: problemMessage(error) }) }));
  const add = useMutation(trpc.audience.addMembers.mutationOptions({ onError: (error) => setProblem(formErrors(error)[0]?.message) }));
  const join = (list: { id: string; name: string }) => {
    const others = people.filter(({ lists }) => !lists.some(({ id }) => id === list.id)).map(({ id }) => id);
    if (others.length === 0) return setProblem(`All of them are on ${list.name} already.`);
    void add.mutateAsync({ list: list.id, members: others.map((contactId) => ({ contactId })) }).then(async () => {
      notify.success(`${formatCount(others.length, 'person', 'people')} joined ${list.name}.`, { undo: () => remove.mutate({ list: list.id, contactIds: others }) });
      onDone();
      await refresh();
    }, () => {});
  };
  return { join, isBusy: add.isPending };
}
