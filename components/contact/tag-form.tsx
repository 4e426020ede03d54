'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatCount } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { DialogClose } from '#components/ui/dialog.tsx';
import { ErrorSummary, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { notify } from '#components/ui/notify.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';
import { tagsIn } from './tags.ts';

type TagFormProps = { people: readonly ContactView[]; onDone: () => void };

/** Tags put on and taken off all the people at once, with Undo. */
export function TagForm({ people, onDone }: TagFormProps) {
  const trpc = useTRPC();
  const known = useId();
  const { data: vocabulary } = useQuery(trpc.audience.vocabulary.queryOptions());
  const [text, setText] = useState('');
  const [remove, setRemove] = useState<string[]>([]);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const { change, isBusy } = useTagging(people, onDone, setErrors);
  const present = Map.groupBy(people.flatMap(({ tags }) => tags), (tag) => tag);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const add = tagsIn(text);
    if (add.length === 0 && remove.length === 0) return setErrors([{ field: 'tags', message: 'Enter a tag to put on, or tick one to take off.' }]);
    change(add, remove);
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4 pt-1.5">
      <ErrorSummary errors={errors} />
      <Field id="tags" label="Put on" hint="Several with commas between.">
        <Input list={known} autoComplete="off" autoCapitalize="none" maxLength={500} value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      <datalist id={known}>{vocabulary?.tags.map(({ tag }) => <option key={tag} value={tag} />)}</datalist>
      {present.size > 0 ? (
        <fieldset className="min-w-0">
          <legend className="text-body font-medium">Take off</legend>
          <div className="mt-1 max-h-48 overflow-y-auto">
            {[...present].toSorted(([one], [other]) => one.localeCompare(other)).map(([tag, found]) => (
              <Checkbox key={tag} label={<>{tag} <span className="text-table text-muted-foreground">{formatCount(found.length, 'person', 'people')}</span></>} checked={remove.includes(tag)} onChange={() => setRemove(remove.includes(tag) ? remove.filter((each) => each !== tag) : [...remove, tag])} />
            ))}
          </div>
        </fieldset>
      ) : null}
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" loading={isBusy}>Change tags</Button>
      </div>
    </form>
  );
}

function useTagging(people: readonly ContactView[], onDone: () => void, setErrors: (errors: FieldError[]) => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = () => Promise.all([queryClient.invalidateQueries(trpc.contact.pathFilter()), queryClient.invalidateQueries(trpc.audience.pathFilter())]);
  const back = useMutation(trpc.audience.tagContacts.mutationOptions({ onSuccess, onError: (error) => notify.error('The tags did not go back', { description: problemMessage(error) }) }));
  const tag = useMutation(trpc.audience.tagContacts.mutationOptions({ onError: (error) => setErrors(formErrors(error).map(({ message }) => ({ field: 'tags', message }))) }));
  const idsOf = (wanted: (contact: ContactView) => boolean) => people.filter(wanted).map(({ id }) => id);
  const undo = (add: string[], remove: string[]) => {
    for (const each of add) undoOne({ contactIds: idsOf(({ tags }) => !tags.includes(each)), remove: [each] });
    for (const each of remove) undoOne({ contactIds: idsOf(({ tags }) => tags.includes(each)), add: [each] });
  };
  const undoOne = (input: { contactIds: string[]; add?: string[]; remove?: string[] }) => { if (input.contactIds.length > 0) back.mutate(input); };
  const change = (add: string[], remove: string[]) => void tag.mutateAsync({ contactIds: people.map(({ id }) => id), add, remove }).then(async ({ changed }) => {
    notify.success(`Tags of ${formatCount(changed, 'person', 'people')} changed.`, changed > 0 ? { undo: () => undo(add, remove) } : {});
    onDone();
    await onSuccess();
  }, () => {});
  return { change, isBusy: tag.isPending };
}
