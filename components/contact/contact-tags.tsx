'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import Link from 'next/link';
import { useId, useState, type FormEvent } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { notify } from '#components/ui/notify.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';
import { tagsIn } from './tags.ts';

/** The tags of one person: put on, and taken off with Undo. */
export function ContactTags({ contact }: { contact: ContactView }) {
  const mayWrite = useMayWrite();
  const [problem, setProblem] = useState<string>();
  const save = useSaveTags(contact, setProblem);
  const remove = (tag: string) => void save(contact.tags.filter((each) => each !== tag)).then((isSaved) => {
    if (isSaved) notify.success(`Tag ${tag} was taken off.`, { undo: () => void save([...contact.tags]) });
  });
  return (
    <Card title="Tags">
      {contact.tags.length === 0 ? <p className="text-muted-foreground">No tags.</p> : null}
      <ul className="flex flex-wrap gap-1.5">{contact.tags.map((tag) => <Tag key={tag} tag={tag} onRemove={mayWrite ? () => remove(tag) : null} />)}</ul>
      {mayWrite ? <AddTags problem={problem} onAdd={(tags) => save([...new Set([...contact.tags, ...tags])])} /> : null}
    </Card>
  );
}

function Tag({ tag, onRemove }: { tag: string; onRemove: (() => void) | null }) {
  return (
    <li className="inline-flex h-7 max-w-full items-center rounded-full border pr-0.5 text-table pointer-coarse:h-11">
      <Link href={`/contacts?tag=${encodeURIComponent(tag)}`} className="flex h-full min-w-0 items-center rounded-full pr-2 pl-3 -outline-offset-2 hover:underline"><span className="truncate">{tag}</span></Link>
      {onRemove ? (
        <button type="button" aria-label={`Take tag ${tag} off`} onClick={onRemove} className="inline-flex size-6 shrink-0 items-center justify-center rounded-full text-muted-foreground hover:bg-hover hover:text-foreground pointer-coarse:size-10">
          <X aria-hidden className="size-3.5" />
        </button>
      ) : null}
    </li>
  );
}

function AddTags({ problem, onAdd }: { problem: string | undefined; onAdd: (tags: string[]) => Promise<boolean> }) {
  const trpc = useTRPC();
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const known = useId();
  const { data: vocabulary } = useQuery(trpc.audience.vocabulary.queryOptions());
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const tags = tagsIn(text);
    if (tags.length === 0 || isBusy) return;
    setBusy(true);
    if (await onAdd(tags)) setText('');
    setBusy(false);
  };
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="mt-3">
      <Field label="Add a tag" hideLabel error={problem}>
        <div className="flex gap-2">
          <Input list={known} placeholder="Add a tag" autoComplete="off" autoCapitalize="none" maxLength={200} value={text} onChange={(event) => setText(event.target.value)} />
          <Button type="submit" loading={isBusy}>Add</Button>
        </div>
      </Field>
      <datalist id={known}>{vocabulary?.tags.map(({ tag }) => <option key={tag} value={tag} />)}</datalist>
    </form>
  );
}

function useSaveTags(contact: ContactView, setProblem: (problem: string | undefined) => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const update = useMutation(trpc.contact.update.mutationOptions());
  return async (tags: string[]): Promise<boolean> => {
    try {
      const changed = await update.mutateAsync({ id: contact.id, tags });
      queryClient.setQueryData(trpc.contact.read.queryKey({ id: contact.id }), changed);
      setProblem(undefined);
      void queryClient.invalidateQueries(trpc.contact.list.pathFilter());
      void queryClient.invalidateQueries(trpc.audience.pathFilter());
      return true;
    } catch (error) {
      setProblem(formErrors(error)[0]?.message);
      return false;
    }
  };
}
