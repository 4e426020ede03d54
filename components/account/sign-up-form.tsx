'use client';

import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary, errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { signIn } from './credentials.ts';
import { formErrors } from './form-errors.ts';
import { PasswordInput } from './password-input.tsx';
import { useBrowserTimeZone } from './time-zone.ts';

/** `goal` is a path of this site. */
export function SignUpForm({ goal }: { goal: string }) {
  const trpc = useTRPC();
  const timeZone = useBrowserTimeZone();
  const signUp = useMutation(trpc.user.signUp.mutationOptions());
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isBusy) return;
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '');
    setBusy(true);
    try {
      await signUp.mutateAsync({ name: text('name'), email: text('email'), password: text('password'), organizationName: text('organizationName'), timeZone: timeZone ?? 'UTC' });
    } catch (error) {
      setBusy(false);
      return setErrors(formErrors(error));
    }
    const result = await signIn(text('email'), text('password'));
    window.location.assign(result.ok ? goal : '/sign-in');
  }

  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-5">
      <ErrorSummary errors={errors} />
      <Field id="name" label="Your name" error={errorFor(errors, 'name')}>
        <Input name="name" autoComplete="name" className="h-11" />
      </Field>
      <Field id="organizationName" label="Organisation" hint="Whose messages you send. You can add more later." error={errorFor(errors, 'organizationName')}>
        <Input name="organizationName" autoComplete="organization" className="h-11" />
      </Field>
      <Field id="email" label="E-mail" error={errorFor(errors, 'email')}>
        <Input name="email" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} className="h-11" />
      </Field>
      <Field id="password" label="Password" hint="At least 10 characters. A few words that you remember are good." error={errorFor(errors, 'password')}>
        <PasswordInput name="password" autoComplete="new-password" className="h-11" />
      </Field>
      <Button type="submit" variant="primary" size="lg" loading={isBusy} className="w-full">Create account</Button>
      <p className="min-h-5 text-table text-muted-foreground">{timeZone ? `Times are shown for ${timeZone.replaceAll('_', ' ')}. You can change this in the settings.` : null}</p>
    </form>
  );
}
