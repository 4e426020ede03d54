'use client';

import { useState, type FormEvent, type ReactNode } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { Button } from '#components/ui/button.tsx';
import { DialogClose } from '#components/ui/dialog.tsx';
import { ErrorSummary, errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import type { ContactView } from '#server/domain/contact/schema.ts';

export type ContactValues = { phone: string; email: string; firstName: string; lastName: string; timeZone: string; consentSource: string };

type ContactFormProps = {
  contact?: ContactView;
  submitLabel: string;
  /** Its refusal is shown in the form, field by field. */
  onSubmit: (values: ContactValues) => Promise<unknown>;
  /** What to add to a refusal: a link to the contact who has the number. */
  afterError?: ReactNode;
  children?: ReactNode;
};

/** The facts of a person, in a dialog: for a new one and for changing. */
export function ContactForm({ contact, submitLabel, onSubmit, afterError, children }: ContactFormProps) {
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    setBusy(true);
    try {
      await onSubmit({ phone: text('phone'), email: text('email'), firstName: text('firstName'), lastName: text('lastName'), timeZone: text('timeZone'), consentSource: text('consentSource') });
    } catch (error) {
      setErrors(formErrors(error));
    }
    setBusy(false);
  };
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="grid gap-4 pt-1.5">
      <ErrorSummary errors={errors} />
      {errors.length > 0 ? afterError : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="phone" label="Phone" hint="With country code, like +1 202 555 0123." error={errorFor(errors, 'phone')} className="sm:col-span-2">
          <Input name="phone" type="tel" autoComplete="off" defaultValue={contact?.phone ?? ''} maxLength={40} />
        </Field>
        <Field id="firstName" label="First name" optional error={errorFor(errors, 'firstName')}><Input name="firstName" autoComplete="off" defaultValue={contact?.firstName ?? ''} maxLength={100} /></Field>
        <Field id="lastName" label="Last name" optional error={errorFor(errors, 'lastName')}><Input name="lastName" autoComplete="off" defaultValue={contact?.lastName ?? ''} maxLength={100} /></Field>
        <Field id="email" label="E-mail" optional error={errorFor(errors, 'email')}><Input name="email" type="email" autoComplete="off" defaultValue={contact?.email ?? ''} maxLength={254} /></Field>
        <Field id="timeZone" label="Time zone" optional error={errorFor(errors, 'timeZone')}><TimeZoneSelect defaultValue={contact?.timeZone ?? ''} /></Field>
        <Field id="consentSource" label="Consent" optional hint="Where they agreed to get messages, like “sign-up form, May”." error={errorFor(errors, 'consentSource')} className="sm:col-span-2">
          <Input name="consentSource" autoComplete="off" defaultValue={contact?.consentSource ?? ''} maxLength={200} />
        </Field>
        {children}
      </div>
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" loading={isBusy}>{submitLabel}</Button>
      </div>
    </form>
  );
}

/** Only ever in a dialog, so the browser's list of zones meets no other list. */
function TimeZoneSelect({ defaultValue }: { defaultValue: string }) {
  const zones = Intl.supportedValuesOf('timeZone');
  const isKnown = defaultValue === '' || zones.includes(defaultValue);
  return (
    <Select name="timeZone" defaultValue={defaultValue}>
      <option value="">Not known</option>
      {isKnown ? null : <option value={defaultValue}>{defaultValue}</option>}
      {zones.map((zone) => <option key={zone} value={zone}>{zone.replaceAll('_', ' ')}</option>)}
    </Select>
  );
}
