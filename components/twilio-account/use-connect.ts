'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import type { FieldError } from '#components/ui/error-summary.tsx';
import { notify } from '#components/ui/notify.ts';
import type { TwilioAccountView } from '#server/domain/twilio-account/schema.ts';

/** Saving and checking the connection; both end with the same list of checks and with senders that may have changed. */
export function useConnect() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const show = (account: TwilioAccountView) => {
    setErrors([]);
    queryClient.setQueryData(trpc.twilioAccount.read.queryKey(), account);
    void queryClient.invalidateQueries(trpc.connection.pathFilter());
    void queryClient.invalidateQueries(trpc.twilioAccount.senders.pathFilter());
  };
  const connect = useMutation(trpc.twilioAccount.connect.mutationOptions({
    onSuccess: (account) => { show(account); tell(account, 'Saved'); },
    onError: (error) => setErrors(formErrors(error)),
  }));
  const check = useMutation(trpc.twilioAccount.check.mutationOptions({
    onSuccess: (account) => { show(account); tell(account, 'Checked'); },
    onError: (error) => notify.error('Not checked', { description: error.message }),
  }));

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (connect.isPending) return;
    const form = event.currentTarget;
    const input = inputOf(new FormData(form));
    // Loaded at the first save: most visits of this page only look.
    const { connectTwilioInput } = await import('#server/domain/twilio-account/schema.ts');
    const parsed = connectTwilioInput.safeParse(input);
    if (!parsed.success) return setErrors(parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message })));
    connect.mutate(input, { onSuccess: () => clearSecrets(form) });
  };
  return { save, errors, isSaving: connect.isPending, check: () => check.mutate(), isChecking: check.isPending };
}

function inputOf(data: FormData) {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  return {
    credentials: { accountSid: text('credentials.accountSid'), apiKeySid: text('credentials.apiKeySid'), apiKeySecret: text('credentials.apiKeySecret'), authToken: text('credentials.authToken') },
    publicConfig: { messagingServiceSid: text('publicConfig.messagingServiceSid'), defaultSenderNumber: text('publicConfig.defaultSenderNumber') },
  };
}

/** What was saved is not kept in the page. */
function clearSecrets(form: HTMLFormElement) {
  for (const input of form.querySelectorAll<HTMLInputElement>('input[type=password]')) input.value = '';
}

function tell(account: TwilioAccountView, act: string) {
  const failing = account.checks.filter((check) => check.status === 'fail').length;
  if (failing === 0) return notify.success(act, { description: 'Every link of the connection works.' });
  notify.warning(act, { description: failing === 1 ? 'One check does not pass.' : `${failing} checks do not pass.` });
}
