'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { languageName } from '#components/template/language-name.ts';
import { isWaiting, templateLook, TemplateStatusBadge } from '#components/template/template-status.tsx';
import { useTemplateChanges } from '#components/template/use-template-changes.ts';
import { WaitingTime } from '#components/template/waiting-time.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { toNamed } from '#server/channels/whatsapp/mapping.ts';
import type { VersionView } from '#server/domain/template/schema.ts';
import { MetaText } from './meta-text.tsx';
import { TemplatePreview } from './template-preview.tsx';
import { useRules } from './use-rules.ts';
import { draftOf } from './use-template-draft.ts';

const nobody = { authentication: null, marketing: null, utility: null };

/** P79, P80: a submitted version never changes. What Meta decides shows here by itself; changing it makes the next version, after a warning. */
export function SubmittedVersion({ version }: { version: VersionView }) {
  useTemplateChanges(version.templateId);
  const rules = useRules();
  const mayWrite = useMayWrite();
  const named = { ...draftOf(version), content: toNamed(version.content, version.isSynced ? version.positions : []) };
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: 'Templates', href: '/templates' }, { label: version.name, href: `/templates/${version.templateId}` }]}
        title={version.name}
        status={<><TemplateStatusBadge status={version.status} /><Badge>{languageName(version.language)}</Badge><Badge>v{version.number}</Badge></>}
        description={isWaiting(version.status) ? <WaitingTime version={version} usual={nobody} /> : templateLook[version.status].meaning}
        actions={mayWrite ? <NewVersion version={version} /> : null}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 grid-cols-1 gap-4">
          {version.rejection ? (
            <Alert family="danger" isLive title={version.rejection.title}>
              <p>{version.rejection.help}</p>
              <p className="mt-1 text-table">Meta wrote: “{version.rejectionReason}”</p>
            </Alert>
          ) : null}
          <Alert title="Its words are fixed">
            It was submitted, so it stays as it is. A change makes version {version.number + 1}, which Meta reads anew. <Link className="text-link underline underline-offset-2" href={`/templates/${version.templateId}`}>All versions</Link>
          </Alert>
          <MetaText content={named.content} language={version.language} />
        </div>
        <aside aria-label="Preview"><TemplatePreview draft={named} rules={rules} /></aside>
      </div>
    </>
  );
}

function NewVersion({ version }: { version: VersionView }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { mutateAsync, error } = useMutation(trpc.template.update.mutationOptions({
    onSuccess: (next) => {
      queryClient.setQueryData(trpc.template.readVersion.queryKey({ id: next.id }), next);
      for (const queries of [trpc.template.list.pathFilter(), trpc.template.read.pathFilter()]) void queryClient.invalidateQueries(queries);
      router.push(`/templates/${next.id}/edit`);
    },
  }));
  const usedBy = version.usedBy.length === 0 ? '' : ` ${version.usedBy.length === 1 ? 'One broadcast uses' : `${version.usedBy.length} broadcasts use`} this version and will go on with it.`;
  return (
    <AlertDialog
      trigger={<Button variant="primary" icon={<Pencil aria-hidden />}>{version.status === 'rejected' ? 'Fix it' : 'Change it'}</Button>}
      title="Write a new version?"
      consequence={`A submitted template cannot be edited. Version ${version.number + 1} begins with the same words and goes to Meta when you submit it; until it is approved ${version.status === 'approved' ? `version ${version.number} stays in use` : 'nothing of it can be sent'}.${usedBy}${error ? ` ${problemMessage(error)}` : ''}`}
      confirmLabel="Write version" onConfirm={() => mutateAsync({ id: version.id })}
    />
  );
}
