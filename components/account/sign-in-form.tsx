'use client';

import { useRef, useState, type FormEvent } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary, errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { signIn, type SignInResult } from './credentials.ts';
import { PasswordInput } from './password-input.tsx';

type SignInFormProps = {
  /** A path of this site. */
  goal: string;
  demoAccount: { email: string; password: string } | null;
};

export function SignInForm({ goal, demoAccount }: SignInFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const submitButton = useRef<HTMLButtonElement>(null);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isBusy) return;
    const [email, password] = typed(event.currentTarget);
    const missing = whatIsMissing(email, password);
    if (missing.length > 0) return setErrors(missing);
    setBusy(true);
    const result = await signIn(email, password);
    if (result.ok) {
      // Comes late, for the page's weight; code that does not come keeps nobody out.
      await import('#components/device/this-push.ts').then(({ resumePush }) => resumePush(), () => {});
      return window.location.assign(goal);
    }
    setBusy(false);
    setErrors([{ message: explain(result) }]);
  }

  /** Only fills the fields: pressing the button stays the person's act. */
  function fillInDemo(account: { email: string; password: string }) {
    for (const [name, value] of Object.entries(account)) {
      const input = form.current?.elements.namedItem(name);
      if (input instanceof HTMLInputElement) input.value = value;
    }
    setErrors([]);
    submitButton.current?.focus();
  }

  return (
    // POST, so that a password never lands in the address when the page is submitted before its script has come.
    <form ref={form} method="post" noValidate onSubmit={submit} className="grid gap-5">
      <ErrorSummary errors={errors} title="You are not signed in" />
      <Field id="email" label="E-mail" error={errorFor(errors, 'email')}>
        <Input name="email" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} className="h-11" />
      </Field>
      <Field id="password" label="Password" error={errorFor(errors, 'password')}>
        <PasswordInput name="password" autoComplete="current-password" className="h-11" />
      </Field>
      <Button ref={submitButton} type="submit" variant="primary" size="lg" loading={isBusy} className="w-full">Sign in</Button>
      {demoAccount ? (
        <div className="grid gap-2 rounded-card bg-surface p-3">
          <p className="text-table text-muted-foreground">Just looking? A demo organisation is ready.</p>
          <Button onClick={() => fillInDemo(demoAccount)} className="w-full">Use the demo account</Button>
        </div>
      ) : null}
    </form>
  );
}

function typed(form: HTMLFormElement): [email: string, password: string] {
  const data = new FormData(form);
  return [String(data.get('email') ?? ''), String(data.get('password') ?? '')];
}

const whatIsMissing = (email: string, password: string): FieldError[] => [
  ...(email.trim() ? [] : [{ field: 'email', message: 'Enter your e-mail.' }]),
  ...(password ? [] : [{ field: 'password', message: 'Enter your password.' }]),
];

function explain(result: Extract<SignInResult, { ok: false }>): string {
  if (result.code === 'sign_in_failed') return 'This e-mail and password do not belong together. Check both and try again.';
  if (result.code === 'too_many_requests') return `Too many attempts for now. Try again in ${waitText(result.retryAfter ?? 60)}.`;
  return 'The server could not be reached. Check your connection and try again.';
}

const waitText = (seconds: number) => (seconds < 100 ? `${seconds} ${seconds === 1 ? 'second' : 'seconds'}` : `${Math.ceil(seconds / 60)} minutes`);
