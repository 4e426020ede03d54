'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import type { FieldError } from '#components/ui/error-summary.tsx';
import { newDraft } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';
import { TryBox } from './try-box.tsx';
import { useRefreshRules } from './use-rules.ts';
import { NewSecret } from './webhook-secret.tsx';

/** A rule from nothing or from an example; opens what was made. */
export function NewRule({ example }: { example: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const refresh = useRefreshRules();
  const [start] = useState(() => newDraft(example));
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null);
  const create = useMutation(trpc.automation.create.mutationOptions({
    onSuccess: ({ id, secret }) => {
      void refresh();
      if (secret) setMade({ id, secret });
      else router.push('/automations');
    },
    onError: (error) => setErrors(formErrors(error)),
  }));
  return (
    <>
      <PageHeader title="New rule" breadcrumb={[{ label: 'Automations', href: '/automations' }]} />
      {made ? (
        <NewSecret secret={made.secret} action={<Button size="sm" onClick={() => router.push(`/automations/${made.id}`)}>I have kept it</Button>} />
      ) : (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <RuleForm start={start} submitLabel="Make rule" isPending={create.isPending || create.isSuccess} errors={errors} onSubmit={(input) => create.mutate(input)} />
          <TryBox />
        </div>
      )}
    </>
  );
}
