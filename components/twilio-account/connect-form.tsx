import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { ErrorSummary, errorFor } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import type { TwilioAccountView } from '#server/domain/twilio-account/schema.ts';
import type { useConnect } from './use-connect.ts';

const SAVED = 'Saved. Leave empty to keep it.';

type ConnectFormProps = { account: TwilioAccountView | null; mayWrite: boolean; connection: ReturnType<typeof useConnect> };

/** The keys of the organisation's own account. Secrets go in and never come back. */
export function ConnectForm({ account, mayWrite, connection: { save, errors, isSaving } }: ConnectFormProps) {
  return (
    <Card title="Keys" description="Secrets are encrypted when they are saved and are never shown again.">
      <form id="keys" method="post" noValidate autoComplete="off" onSubmit={(event) => void save(event)} className="grid scroll-mt-24 gap-4">
        {mayWrite ? null : <Alert>Only owners and admins can change these.</Alert>}
        <ErrorSummary errors={errors} />
        <fieldset disabled={!mayWrite} className="grid gap-4 sm:grid-cols-2">
          <legend className="sr-only">Keys of the Twilio account</legend>
          <Text name="credentials.accountSid" label="Account SID" hint="It starts with AC and has 34 characters." value={account?.accountSid} errors={errors} isWide />
          <Text name="credentials.apiKeySid" label="API key SID" hint="Account → API keys & tokens in Twilio. It starts with SK." value={account?.apiKeySid} errors={errors} />
          <Secret name="credentials.apiKeySecret" label="API key secret" hint="Twilio shows it once, when the key is created." isSaved={account?.hasApiKeySecret ?? false} errors={errors} />
          <Secret name="credentials.authToken" label="Auth token" hint="Proves that statuses and replies come from Twilio." isSaved={account?.hasAuthToken ?? false} errors={errors} isWide />
          <Text name="publicConfig.messagingServiceSid" label="Messaging Service SID" hint="Messages are sent through it. It starts with MG." value={account?.messagingServiceSid} errors={errors} />
          <Text name="publicConfig.defaultSenderNumber" label="Default sender number" hint="Used when a broadcast names none." value={account?.defaultSenderNumber} errors={errors} inputMode="tel" />
        </fieldset>
        {mayWrite ? <Button type="submit" variant="primary" loading={isSaving} className="justify-self-start">{account ? 'Save and check' : 'Connect and check'}</Button> : null}
      </form>
    </Card>
  );
}

type ControlProps = { name: string; label: string; hint: string; errors: Parameters<typeof errorFor>[0]; isWide?: boolean };

function Text({ name, label, hint, errors, isWide, value, inputMode }: ControlProps & { value: string | null | undefined; inputMode?: 'tel' }) {
  return (
    <Field id={name} label={label} hint={hint} error={errorFor(errors, name)} className={isWide ? 'sm:col-span-2' : undefined}>
      <Input name={name} defaultValue={value ?? ''} autoComplete="off" autoCapitalize="none" spellCheck={false} inputMode={inputMode} className="font-mono" />
    </Field>
  );
}

function Secret({ name, label, hint, errors, isWide, isSaved }: ControlProps & { isSaved: boolean }) {
  return (
    <Field id={name} label={label} hint={isSaved ? SAVED : hint} error={errorFor(errors, name)} className={isWide ? 'sm:col-span-2' : undefined}>
      <Input name={name} type="password" autoComplete="new-password" placeholder={isSaved ? '••••••••••••••••' : ''} className="font-mono" />
    </Field>
  );
}
