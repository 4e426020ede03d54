import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatCount } from '#components/format/number.ts';
import { isWaiting, templateLook, TemplateStatusBadge } from '#components/template/template-status.tsx';
import { WaitingTime } from '#components/template/waiting-time.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Card } from '#components/ui/card.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { Time } from '#components/ui/time.tsx';
import { categoryWord } from '#server/channels/whatsapp/template.ts';
import type { TemplateDetail, VersionView } from '#server/domain/template/schema.ts';
import { RejectionCard } from './rejection-card.tsx';
import { VersionActions } from './version-actions.tsx';

/** One version: its state, its words, what stands in its way and who waits for it. */
export function VersionCard({ version, versions, usual }: { version: VersionView; versions: VersionView[]; usual: TemplateDetail['usualSeconds'] }) {
  const before = versions.find(({ id }) => id === version.replaces);
  return (
    <Card
      title={<span className="flex flex-wrap items-center gap-2">{`Version ${version.number}`}<TemplateStatusBadge status={version.status} /></span>} headingLevel={3}
      description={isWaiting(version.status) ? <WaitingTime version={version} usual={usual} /> : templateLook[version.status].meaning}
      actions={<VersionActions version={version} />}
    >
      <div className="grid min-w-0 gap-4">
        {version.rejectionReason !== null || version.rejection ? <RejectionCard version={version} /> : null}
        <p dir="auto" className="max-w-prose rounded-bubble bg-surface px-4 py-3 break-words whitespace-pre-wrap">{wordsOf(version) || <span className="text-muted-foreground">Nothing is written yet.</span>}</p>
        <dl className="grid gap-x-6 gap-y-1 text-table sm:grid-cols-2">
          <Fact name="Category"><Category version={version} /></Fact>
          {version.contentSid ? <Fact name="Content SID"><Copyable label="Content SID" value={version.contentSid} /></Fact> : null}
          {version.externalName ? <Fact name="Name at Meta"><span className="font-mono break-all">{version.externalName}</span></Fact> : null}
          {version.submittedAt ? <Fact name="Submitted"><Time value={version.submittedAt} /></Fact> : null}
          {version.decidedAt ? <Fact name="Decided"><Time value={version.decidedAt} /></Fact> : null}
          {version.checkedAt ? <Fact name="Last checked"><Time value={version.checkedAt} /></Fact> : null}
          {before ? <Fact name="Follows">{`Version ${before.number}, ${templateLook[before.status].word.toLowerCase()}`}</Fact> : null}
        </dl>
        <UsedBy version={version} />
      </div>
    </Card>
  );
}

const wordsOf = ({ content }: VersionView) => (content.type === 'authentication' ? 'The words of a one-time code are Meta’s own.' : [content.header, content.body, content.footer].filter(Boolean).join('\n\n'));

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <div className="flex min-w-0 flex-wrap gap-x-2"><dt className="text-muted-foreground">{name}</dt><dd className="min-w-0">{children}</dd></div>;
}

/** P52: the one that is charged, and that Meta saw it differently. */
function Category({ version: { category, grantedCategory } }: { version: VersionView }) {
  if (!grantedCategory || grantedCategory === category) return <>{categoryWord[category]}</>;
  return <span className="font-medium text-warning-text">{`${categoryWord[grantedCategory]}: Meta changed it from ${categoryWord[category]}, and charges it so`}</span>;
}

function UsedBy({ version: { usedBy, status } }: { version: VersionView }) {
  if (usedBy.length === 0) return null;
  const isBlocking = status === 'paused' || status === 'rejected' || status === 'disabled';
  const links = (
    <ul className="flex flex-wrap gap-x-3">
      {usedBy.map(({ id, name, status: state }) => <li key={id}><Link href={`/broadcasts/${id}`} className="underline underline-offset-3 pointer-coarse:py-3">{name}</Link> <span className="text-muted-foreground">{`(${state})`}</span></li>)}
    </ul>
  );
  const count = formatCount(usedBy.length, 'broadcast');
  if (isBlocking) return <Alert family="warning" title={`${count} ${usedBy.length === 1 ? 'waits' : 'wait'} for this version`}>{links}</Alert>;
  return <div className="text-table"><span className="text-muted-foreground">{`Used by ${count}: `}</span>{links}</div>;
}
