'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { ErrorSummary, errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { OrganizationView } from '#server/domain/organization/schema.ts';
import { useSaveRules } from './use-save-rules.ts';

/** Quiet hours, frequency cap, approval and opt-out line, each with what it does. */
export function SendingRules() {
  const trpc = useTRPC();
  const { data: organization, error, refetch } = useQuery(trpc.organization.read.queryOptions());
  if (organization) return <RulesForm organization={organization} />;
  if (error) return <Alert family="danger" title="The rules could not be read" action={<Button size="sm" onClick={() => void refetch()}>Try again</Button>}>Check your connection.</Alert>;
  return <SkeletonGroup label="Loading the rules" className="grid gap-4"><Skeleton className="h-40" /><Skeleton className="h-40" /></SkeletonGroup>;
}

function RulesForm({ organization }: { organization: OrganizationView }) {
  const { save, errors, isSaving } = useSaveRules();
  const isReader = organization.role !== 'owner' && organization.role !== 'admin';
  const part = { organization, errors };
  return (
    <form method="post" noValidate onSubmit={save}>
      {isReader ? <Alert className="mb-4">Only owners and admins can change these.</Alert> : null}
      <ErrorSummary errors={errors} className="mb-4" />
      <fieldset disabled={isReader} className="grid min-w-0 grid-cols-1 gap-4">
        <legend className="sr-only">Sending rules</legend>
        <QuietHours {...part} />
        <Frequency {...part} />
        <Approval {...part} />
        <OptOutLine {...part} />
      </fieldset>
      {isReader ? null : <Button type="submit" variant="primary" loading={isSaving} className="mt-4">Save</Button>}
    </form>
  );
}

type PartProps = { organization: OrganizationView; errors: readonly FieldError[] };

function QuietHours({ organization, errors }: PartProps) {
  return (
    <Rule title="Quiet hours" text="Between these times, by the clock where each person is, nothing is handed over. Messages wait and leave by themselves when the quiet hours end; none is dropped. In the US texts that sell are allowed from 08:00 to 21:00 at most. Numbers of Florida, Texas and ten other states wait for the shorter hours of their state too.">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="quietFrom" label="From" optional error={errorFor(errors, 'quietFrom')}><Input type="time" name="quietFrom" defaultValue={organization.quietFrom ?? ''} /></Field>
        <Field id="quietTo" label="To" optional error={errorFor(errors, 'quietTo')}><Input type="time" name="quietTo" defaultValue={organization.quietTo ?? ''} /></Field>
      </div>
      <p className="mt-3 text-table text-muted-foreground">
        Where a person is: the time zone of the contact, else of their number. A number that may be in several zones waits until the quiet hours have ended in all of them. Leave both empty to send at any hour. A single broadcast can be let through on its review page.
      </p>
    </Rule>
  );
}

function Frequency({ organization, errors }: PartProps) {
  return (
    <Rule title="Frequency cap" text="A person gets at most one broadcast within so many hours. Others who would get a second one are left out and counted, before the send and once more when their message is due. Test messages do not count.">
      <Field id="frequencyCapHours" label="Hours between two broadcasts" optional hint="1 to 720. Empty: no cap." error={errorFor(errors, 'frequencyCapHours')}>
        <Input name="frequencyCapHours" inputMode="numeric" autoComplete="off" defaultValue={organization.frequencyCapHours ?? ''} className="sm:max-w-32" />
      </Field>
    </Rule>
  );
}

function Approval({ organization, errors }: PartProps) {
  return (
    <Rule title="A second person’s approval" text="Above either of these somebody else than the one who asks must look and approve. The approval holds for exactly that text, audience, sender and cost; when one of them changes, it is void.">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="approvalRecipients" label="More people than" optional hint="Empty: never by size." error={errorFor(errors, 'approvalRecipients')}>
          <Input name="approvalRecipients" inputMode="numeric" autoComplete="off" defaultValue={organization.approvalRecipients ?? ''} />
        </Field>
        <Field id="approvalAmount" label="Costs more than" optional hint="Account currency. Empty: never by cost." error={errorFor(errors, 'approvalAmount')}>
          <Input name="approvalAmount" inputMode="decimal" autoComplete="off" defaultValue={organization.approvalAmount ?? ''} />
        </Field>
      </div>
    </Rule>
  );
}

function OptOutLine({ organization, errors }: PartProps) {
  return (
    <Rule title="Opt-out line" text="What the editor offers as the last line of a text that sells. Twilio answers STOP itself; here stands only how people learn of it. It counts in the segments.">
      <Field id="optOutLine" label="Line" required error={errorFor(errors, 'optOutLine')}>
        <Input name="optOutLine" autoComplete="off" maxLength={160} defaultValue={organization.optOutLine} />
      </Field>
    </Rule>
  );
}

const Rule = ({ title, text, children }: { title: string; text: string; children: ReactNode }) => (
  <Card title={title}>
    <p className="mb-4 max-w-prose text-body text-muted-foreground">{text}</p>
    {children}
  </Card>
);
