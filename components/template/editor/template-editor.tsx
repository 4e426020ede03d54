'use client';

import { useQuery } from '@tanstack/react-query';
import { Redo2, Send, Undo2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { SaveIndicator } from '#components/draft/save-indicator.tsx';
import { UnsavedCopy } from '#components/draft/unsaved-copy.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { languageName } from '#components/template/language-name.ts';
import { TemplateStatusBadge } from '#components/template/template-status.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { VersionView } from '#server/domain/template/schema.ts';
import { BasicsCard } from './basics-card.tsx';
import { Checklist } from './checklist.tsx';
import { TemplateConflict } from './conflict.tsx';
import { MessageCard } from './message-card.tsx';
import { ChangesSince, Refusal } from './previous-version.tsx';
import { TemplatePreview } from './template-preview.tsx';
import { useRules } from './use-rules.ts';
import { useSubmit } from './use-submit.ts';
import { useTemplateDraft, type EditedTemplate } from './use-template-draft.ts';
import { VariablesCard } from './variables-card.tsx';

/** Write a template: with names here, with numbers at Meta. Everything is saved while it is written; Meta sees it only after the submit. */
export function TemplateEditor({ version }: { version: VersionView }) {
  const draft = useTemplateDraft(version);
  const rules = useRules();
  const faults = rules ? rules.templateFaults(draft.now) : null;
  const submission = useSubmit(version, draft, faults);
  const mayWrite = useMayWrite();
  const { data: family } = useQuery(useTRPC().template.read.queryOptions({ templateId: version.templateId }));
  const isNameFixed = family?.versions.some(({ status }) => status !== 'draft') ?? version.number > 1;

  return (
    <div onKeyDown={(event) => onEditorKey(event, draft, submission.submit)}>
      <PageHeader
        breadcrumb={[{ label: 'Templates', href: '/templates' }, { label: version.name, href: `/templates/${version.templateId}` }]}
        title={draft.now.name.trim() || 'Untitled template'}
        status={<><TemplateStatusBadge status={version.status} /><Badge>{languageName(version.language)}</Badge><Badge>v{version.number}</Badge></>}
        description={<SaveIndicator state={draft.state} onRetry={() => void draft.save()} />}
        actions={mayWrite ? <Actions draft={draft} submission={submission} /> : null}
      />
      <div className="mb-4 grid gap-4 empty:hidden">
        {mayWrite ? null : <Alert title="You can look at this template, not change it.">Owners, admins and marketers write and submit templates.</Alert>}
        <ErrorSummary errors={submission.errors} />
        <TemplateConflict id={version.id} draft={draft} />
        <Refusal replaces={version.replaces} draft={draft} rules={rules} />
        {mayWrite ? <UnsavedCopy id={version.id} shown={draft.now} isSaved={draft.state.kind === 'saved'} onBringBack={(kept) => draft.change({ ...draft.now, ...kept })} textOf={(kept) => kept.content?.body} /> : null}
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <fieldset disabled={!mayWrite} className="grid min-w-0 grid-cols-1 gap-4">
          <legend className="sr-only">The template</legend>
          <BasicsCard draft={draft} isNameFixed={isNameFixed} faults={faults ?? []} errorOf={submission.errorOf} />
          <MessageCard draft={draft} faults={faults ?? []} errorOf={submission.errorOf} />
          <VariablesCard draft={draft} errorOf={submission.errorOf} />
          <ChangesSince replaces={version.replaces} draft={draft} />
        </fieldset>
        <aside aria-label="Preview and checklist" className="grid min-w-0 grid-cols-1 gap-4 lg:sticky lg:top-4 lg:-mx-1 lg:max-h-[calc(100dvh-2rem)] lg:overflow-y-auto lg:px-1 lg:pb-1">
          <TemplatePreview draft={draft.now} rules={rules} />
          <Checklist faults={faults} onFix={(fault) => { if (fault.fix) draft.change(fault.fix.apply(draft.now)); }} />
        </aside>
      </div>
    </div>
  );
}

type ActionsProps = { draft: EditedTemplate; submission: ReturnType<typeof useSubmit> };

function Actions({ draft, submission }: ActionsProps) {
  return (
    <>
      <IconButton label="Undo" icon={<Undo2 aria-hidden />} disabled={!draft.canUndo} onClick={draft.undo} />
      <IconButton label="Redo" icon={<Redo2 aria-hidden />} disabled={!draft.canRedo} onClick={draft.redo} />
      <Button variant="primary" icon={<Send aria-hidden />} loading={submission.isBusy} onClick={submission.submit}>Submit</Button>
    </>
  );
}

/** The browser's own undo knows nothing of fixes and moved fields, so the page has one for all. */
function onEditorKey(event: KeyboardEvent, draft: EditedTemplate, submit: () => void) {
  if (!(event.metaKey || event.ctrlKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  const act = key === 'z' ? (event.shiftKey ? draft.redo : draft.undo) : key === 'y' ? draft.redo : key === 's' ? (event.shiftKey ? submit : () => void draft.save()) : null;
  if (!act) return;
  event.preventDefault();
  act();
}
