'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemCode, problemMessage } from '#components/broadcast/problem.ts';
import { formatCount } from '#components/format/number.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { pageIn } from '#components/layout/page-query.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import type { FieldError } from '#components/ui/error-summary.tsx';
import { notify } from '#components/ui/notify.ts';
import { Status } from '#components/ui/status.tsx';
import type { RuleView } from '#server/domain/automation/schema.ts';
import { HISTORY_SIZE } from './history-size.ts';
import { draftOf } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';
import { RuleHistory } from './rule-history.tsx';
import { TryBox } from './try-box.tsx';
import { useRefreshRules } from './use-rules.ts';
import { NewSecret, Webhooks } from './webhook-secret.tsx';

/** One rule: its fields, near misses, webhooks and history. */
export function RulePage({ id }: { id: string }) {
  const trpc = useTRPC();
  const mayWrite = useMayWrite();
  const p = pageIn(useSearchParams());
  const { data: rule } = useQuery(trpc.automation.read.queryOptions({ id }));
  const { data: history } = useQuery(trpc.automation.history.queryOptions({ id, p, ps: HISTORY_SIZE }));
  if (!rule) return null;
  const hasWebhooks = rule.actions.some(({ type }) => type === 'webhook') || (history?.calls.length ?? 0) > 0;
  return (
    <>
      <PageHeader
        title={<span className="break-words">{rule.name}</span>} breadcrumb={[{ label: 'Automations', href: '/automations' }]} status={<Status family={rule.isEnabled ? 'success' : 'neutral'}>{rule.isEnabled ? 'On' : 'Off'}</Status>}
        description={`Acted ${rule.fired}×, held back ${rule.heldBack}×.`} actions={mayWrite ? <DeleteRule rule={rule} /> : undefined}
      />
      {rule.flags.map(({ message }) => <Alert key={message} family="warning" className="mb-4">{message}</Alert>)}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-4">
          <EditRule rule={rule} mayWrite={mayWrite} />
          {hasWebhooks ? <Webhooks rule={rule} calls={history?.calls ?? []} mayWrite={mayWrite} /> : null}
          {history ? <RuleHistory rule={rule} history={history} mayWrite={mayWrite} /> : null}
        </div>
        <TryBox />
      </div>
    </>
  );
}

function EditRule({ rule, mayWrite }: { rule: RuleView; mayWrite: boolean }) {
  const trpc = useTRPC();
  const refresh = useRefreshRules();
  // The form shows the version that was opened until it is saved or read anew: what a colleague does meanwhile must not take typed words away.
  const [{ start, version }, setOpened] = useState({ start: rule, version: rule.version });
  const [isEdited, setEdited] = useState(false);
  if (!isEdited && rule.version > version) setOpened({ start: rule, version: rule.version });
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [isConflict, setConflict] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const update = useMutation(trpc.automation.update.mutationOptions({
    onSuccess: (saved) => { setOpened({ start, version: saved.version }); setEdited(false); setErrors([]); if (saved.secret) setSecret(saved.secret); notify.success('The rule is saved.'); void refresh(); },
    onError: (error) => { if (problemCode(error) === 'version_conflict') setConflict(true); else setErrors(formErrors(error)); },
  }));
  const load = () => { void refresh(); setConflict(false); setEdited(false); };
  const isBehind = isConflict || (isEdited && rule.version > version);
  return (
    <fieldset disabled={!mayWrite} className="min-w-0">
      <legend className="sr-only">The rule</legend>
      {secret ? <div className="mb-4"><NewSecret secret={secret} /></div> : null}
      <RuleForm key={start.version} start={draftOf(start)} submitLabel="Save rule" isPending={update.isPending} errors={errors} onEdit={() => setEdited(true)} onSubmit={(input) => update.mutate({ id: rule.id, version, ...input })}>
        {isBehind && !update.isPending ? <Alert family="warning" isLive title="The rule was changed meanwhile" action={<Button size="sm" onClick={load}>Show it as it is now</Button>}>Yours cannot be saved over it.</Alert> : null}
      </RuleForm>
    </fieldset>
  );
}

function DeleteRule({ rule }: { rule: RuleView }) {
  const trpc = useTRPC();
  const router = useRouter();
  const refresh = useRefreshRules();
  const remove = useMutation(trpc.automation.delete.mutationOptions({ onSuccess: () => { notify.success(`${rule.name} was deleted.`); router.push('/automations'); void refresh(); } }));
  return (
    <AlertDialog
      trigger={<Button icon={<Trash2 aria-hidden />}>Delete</Button>} isDestructive title={`Delete ${rule.name}?`} confirmLabel="Delete rule" onConfirm={() => remove.mutateAsync({ id: rule.id })}
      consequence={`Its history of ${formatCount(rule.fired + rule.heldBack + rule.nearMisses, 'message')} goes with it. What it answered stays in the conversations. To stop it for a while, switch it off instead.`}
    >
      {remove.error ? <Alert family="danger" isLive title="The rule was not deleted">{problemMessage(remove.error)}</Alert> : null}
    </AlertDialog>
  );
}
