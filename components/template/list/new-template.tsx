'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { templateExamples, type TemplateExample } from '#components/template/examples.ts';
import { LanguageField } from '#components/template/language-field.tsx';
import { categoryUse } from '#components/template/template-status.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { ErrorSummary, errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { Select } from '#components/ui/select.tsx';
import { categoryWord } from '#server/channels/whatsapp/template.ts';
import type { TemplateCategory } from '#server/channels/whatsapp/template.ts';

const categories: TemplateCategory[] = ['utility', 'marketing', 'authentication'];
const options = categories.map((value) => ({ value, label: categoryWord[value], hint: categoryUse[value] }));

/** The button and its dialog; opens the editor of the draft that was made. */
export function NewTemplate() {
  const [isOpen, setOpen] = useState(false);
  const mayWrite = useMayWrite();
  useShortcut('n', 'New template', mayWrite ? () => setOpen(true) : null);
  if (!mayWrite) return null;
  return (
    <Dialog title="New template" open={isOpen} onOpenChange={setOpen} trigger={<Button variant="primary" icon={<Plus aria-hidden />}>New template</Button>}>
      {isOpen ? <NewTemplateForm /> : null}
    </Dialog>
  );
}

function NewTemplateForm() {
  const [name, setName] = useState('');
  const [category, setCategory] = useState<TemplateCategory>('utility');
  const [example, setExample] = useState<TemplateExample>();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const create = useCreateTemplate(setErrors);
  const begin = (key: string) => {
    const chosen = templateExamples.find((each) => each.key === key);
    setExample(chosen);
    if (chosen) { setCategory(chosen.category); if (!name || templateExamples.some((each) => each.name === name)) setName(chosen.name); }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const language = String(new FormData(event.currentTarget).get('language') ?? '').trim();
    create.mutate({ name, language, category, ...(example && { content: example.content, variables: example.variables }) });
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4 pt-1.5">
      <ErrorSummary errors={errors} />
      <Field id="example" label="Begin with">
        <Select value={example?.key ?? ''} onChange={(event) => begin(event.target.value)}>
          <option value="">An empty template</option>
          {templateExamples.map(({ key, label }) => <option key={key} value={key}>{label}</option>)}
        </Select>
      </Field>
      <Field id="name" label="Name" hint="As Meta knows it: lower case, digits and underscores." error={errorFor(errors, 'name')}>
        <Input name="name" value={name} onChange={(event) => setName(event.target.value.toLowerCase().replace(/[\s-]+/g, '_'))} autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={512} className="font-mono" />
      </Field>
      <LanguageField error={errorFor(errors, 'language')} />
      <RadioGroup legend="Category" name="category" look="cards" options={options} value={category} onValueChange={(value) => setCategory(categories.find((each) => each === value) ?? 'utility')} />
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" loading={create.isPending || create.isSuccess}>Write it</Button>
      </div>
    </form>
  );
}

function useCreateTemplate(onRefused: (errors: FieldError[]) => void) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  return useMutation(trpc.template.create.mutationOptions({
    onSuccess: (version) => {
      queryClient.setQueryData(trpc.template.readVersion.queryKey({ id: version.id }), version);
      void queryClient.invalidateQueries(trpc.template.list.pathFilter());
      router.push(`/templates/${version.id}/edit`);
    },
    onError: (error) => onRefused(formErrors(error)),
  }));
}
