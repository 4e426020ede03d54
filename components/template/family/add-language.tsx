'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Languages } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { LanguageField } from '#components/template/language-field.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { ErrorSummary, errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import type { VersionView } from '#server/domain/template/schema.ts';

/** The same template in a further language: begins as a copy of a version that is there. */
export function AddLanguage({ versions }: { versions: VersionView[] }) {
  const [isOpen, setOpen] = useState(false);
  const mayWrite = useMayWrite();
  const origin = versions[0];
  if (!mayWrite || !origin) return null;
  return (
    <Dialog title="Add a language" description="The text is copied; translate it and submit it." open={isOpen} onOpenChange={setOpen} trigger={<Button icon={<Languages aria-hidden />}>Add a language</Button>}>
      {isOpen ? <AddLanguageForm origin={origin} /> : null}
    </Dialog>
  );
}

function AddLanguageForm({ origin }: { origin: VersionView }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const duplicate = useMutation(trpc.template.duplicate.mutationOptions({
    onSuccess: (version) => { void queryClient.invalidateQueries(trpc.template.pathFilter()); router.push(`/templates/${version.id}/edit`); },
    onError: (error) => setErrors(formErrors(error)),
  }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    duplicate.mutate({ id: origin.id, language: String(new FormData(event.currentTarget).get('language') ?? '').trim() });
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4 pt-1.5">
      <ErrorSummary errors={errors} />
      <LanguageField error={errorFor(errors, 'language')} />
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" loading={duplicate.isPending || duplicate.isSuccess}>Translate it</Button>
      </div>
    </form>
  );
}
