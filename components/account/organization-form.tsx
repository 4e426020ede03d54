'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { ErrorSummary, errorFor } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { notify } from '#components/ui/notify.ts';
import { Select } from '#components/ui/select.tsx';
import { useUpdateOrganization } from './use-update-organization.ts';

type OrganizationFormProps = { timeZones: readonly string[]; countries: readonly { code: string; name: string }[] };

export function OrganizationForm({ timeZones, countries }: OrganizationFormProps) {
  const trpc = useTRPC();
  const { data: organization } = useSuspenseQuery(trpc.organization.read.queryOptions());
  const { save, errors, isSaving } = useSave();
  const isReader = organization.role !== 'owner' && organization.role !== 'admin';
  const zones = timeZones.includes(organization.timeZone) ? timeZones : [organization.timeZone, ...timeZones];

  return (
    <Card title="Details">
      <form method="post" noValidate onSubmit={save} className="grid gap-4">
        {isReader ? <Alert>Only owners and admins can change these.</Alert> : null}
        <ErrorSummary errors={errors} />
        <fieldset disabled={isReader} className="grid gap-4 sm:grid-cols-2">
          <legend className="sr-only">Details of the organisation</legend>
          <Field id="name" label="Name" error={errorFor(errors, 'name')} className="sm:col-span-2">
            <Input name="name" defaultValue={organization.name} autoComplete="organization" />
          </Field>
          <Field id="timeZone" label="Time zone" hint="For schedules and reports." error={errorFor(errors, 'timeZone')}>
            <Select name="timeZone" defaultValue={organization.timeZone}>
              {zones.map((zone) => <option key={zone} value={zone}>{zone.replaceAll('_', ' ')}</option>)}
            </Select>
          </Field>
          <Field id="defaultCountry" label="Default country" hint="Numbers without + are read as numbers of this country." error={errorFor(errors, 'defaultCountry')}>
            <Select name="defaultCountry" defaultValue={organization.defaultCountry}>
              {countries.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
            </Select>
          </Field>
          <Field
            id="monthlyBudget"
            label="Monthly budget"
            optional
            hint="In the currency of your Twilio account, per calendar month (UTC). Broadcasts pause when it is reached; nobody is lost. Empty: no ceiling."
            error={errorFor(errors, 'monthlyBudget')}
            className="sm:col-span-2"
          >
            <Input name="monthlyBudget" inputMode="decimal" autoComplete="off" defaultValue={organization.monthlyBudget ?? ''} className="sm:max-w-48" />
          </Field>
        </fieldset>
        {isReader ? null : <Button type="submit" variant="primary" loading={isSaving} className="justify-self-start">Save</Button>}
      </form>
    </Card>
  );
}

function useSave() {
  const router = useRouter();
  return useUpdateOrganization({
    read: (text) => ({ name: text('name'), timeZone: text('timeZone'), defaultCountry: text('defaultCountry'), monthlyBudget: text('monthlyBudget') || null }),
    onSaved: () => {
      router.refresh(); // the name stands in the frame too
      notify.success('Saved');
    },
  });
}
