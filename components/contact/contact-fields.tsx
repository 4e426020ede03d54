'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { ErrorSummary, type FieldError } from '#components/ui/error-summary.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { notify } from '#components/ui/notify.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';

type Line = { key: number; name: string; value: string };
type Fields = ContactView['fields'];

const linesOf = (fields: Fields): Line[] => Object.entries(fields).map(([name, value], key) => ({ key, name, value: String(value ?? '') }));

/** The organisation's own fields of one person: each can stand in a message as {{name}}. Give a `key` that changes when the contact does. */
export function ContactFields({ contact }: { contact: ContactView }) {
  const [lines, setLines] = useState(() => linesOf(contact.fields));
  const [errors, setErrors] = useState<FieldError[]>([]);
  const save = useSaveFields(contact, setErrors);
  const changes = changesOf(contact.fields, lines);
  const setLine = (key: number, change: Partial<Line>) => setLines(lines.map((line) => (line.key === key ? { ...line, ...change } : line)));
  const submit = () => {
    const problems = problemsOf(lines);
    setErrors(problems);
    if (problems.length === 0) save.mutate({ id: contact.id, fields: changes });
  };
  return (
    <Card title="Own fields" description={<>A field can stand in a message by its name, like <code className="font-mono">{'{{city}}'}</code>.</>}>
      <form method="post" noValidate onSubmit={(event) => { event.preventDefault(); submit(); }} className="grid gap-3">
        <ErrorSummary errors={errors} />
        {lines.length === 0 ? <p className="text-muted-foreground">No own fields yet.</p> : null}
        {lines.map((line, index) => (
          <div key={line.key} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-center gap-2 max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:[&>*:nth-child(2)]:col-start-1 max-sm:[&>*:nth-child(2)]:row-start-2">
            <Input id={`field-name-${index}`} aria-label={`Name of field ${index + 1}`} placeholder="Name" className="font-mono" autoComplete="off" maxLength={50} value={line.name} onChange={(event) => setLine(line.key, { name: event.target.value })} />
            <Input aria-label={`Value of ${line.name || `field ${index + 1}`}`} placeholder="Value" autoComplete="off" maxLength={2000} value={line.value} onChange={(event) => setLine(line.key, { value: event.target.value })} />
            <IconButton label={`Remove ${line.name || `field ${index + 1}`}`} icon={<X aria-hidden />} onClick={() => setLines(lines.filter(({ key }) => key !== line.key))} />
          </div>
        ))}
        <div className="flex flex-wrap gap-2">
          <Button size="sm" icon={<Plus aria-hidden />} onClick={() => setLines([...lines, { key: Math.max(-1, ...lines.map(({ key }) => key)) + 1, name: '', value: '' }])}>Add field</Button>
          {Object.keys(changes).length > 0 || errors.length > 0 ? <Button size="sm" type="submit" variant="primary" loading={save.isPending}>Save fields</Button> : null}
        </div>
      </form>
    </Card>
  );
}

function useSaveFields(contact: ContactView, setErrors: (errors: FieldError[]) => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(trpc.contact.update.mutationOptions({
    onSuccess: (changed) => {
      queryClient.setQueryData(trpc.contact.read.queryKey({ id: contact.id }), changed);
      notify.success('Fields saved.');
    },
    onError: (error) => setErrors(formErrors(error)),
  }));
}

/** What differs from the stored fields; null removes. A number stays one as long as nobody changes it. */
function changesOf(stored: Fields, lines: readonly Line[]): Fields {
  const now = new Map(lines.filter((line) => line.name.trim() !== '').map((line) => [line.name.trim(), line.value]));
  const gone = Object.keys(stored).filter((name) => !now.has(name)).map((name) => [name, null] as const);
  const changed = [...now].filter(([name, value]) => !(name in stored) || String(stored[name] ?? '') !== value);
  return Object.fromEntries([...gone, ...changed]);
}

function problemsOf(lines: readonly Line[]): FieldError[] {
  const names = lines.map((line) => line.name.trim());
  return lines.flatMap((_, index) => {
    const name = names[index] ?? '';
    const field = `field-name-${index}`;
    if (name === '') return [{ field, message: `Give field ${index + 1} a name, or remove it.` }];
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,49}$/.test(name)) return [{ field, message: `‘${name}’ cannot be a name. Use letters, digits and _, beginning with a letter.` }];
    if (names.indexOf(name) !== index) return [{ field, message: `‘${name}’ is there twice. Rename or remove one.` }];
    return [];
  });
}
