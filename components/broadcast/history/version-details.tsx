'use client';

import { useQuery } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { DraftSnapshot, VersionView } from '#server/domain/review/schema.ts';
import { TextDiff } from './lazy-diff.tsx';
import { changedFields } from './snapshot-fields.ts';
import type { useHistory } from './use-history.ts';

type VersionDetailsProps = {
  id: string;
  version: VersionView;
  /** What it is compared with: now, or for the present version the one before it. None: it is the only one. */
  other: VersionView | undefined;
  history: ReturnType<typeof useHistory>;
  isReadOnly: boolean;
};

/** One version beside another: the text word by word, the changed fields, its name, and the way back to it. */
export function VersionDetails({ id, version, other, history, isReadOnly }: VersionDetailsProps) {
  const trpc = useTRPC();
  const { data: mine } = useQuery(trpc.broadcast.readVersion.queryOptions({ id, version: version.version }));
  const { data: theirs } = useQuery(trpc.broadcast.readVersion.queryOptions({ id, version: other?.version ?? version.version }));
  const [older, newer] = version.isCurrent ? [theirs, mine] : [mine, theirs];
  return (
    <section aria-label="The version" className="grid gap-4">
      {older && newer ? (
        <Differences before={older.draft} after={newer.draft} title={!other ? 'The text' : version.isCurrent ? 'Changed since the version before' : 'Changed from then to now'} />
      ) : <SkeletonGroup label="Comparing"><Skeleton className="h-20" /></SkeletonGroup>}
      {isReadOnly ? null : <NameForm version={version} history={history} />}
      {isReadOnly || version.isCurrent ? null : (
        <Button variant="primary" icon={<RotateCcw aria-hidden />} loading={history.isRestoring} onClick={() => history.restore(version.version)} className="justify-self-start">Restore this version</Button>
      )}
    </section>
  );
}

function Differences({ before, after, title }: { before: DraftSnapshot; after: DraftSnapshot; title: string }) {
  const changes = changedFields(before, after);
  return (
    <div className="grid gap-3">
      <h3 className="text-body font-semibold">{title}</h3>
      <div className="rounded-control border bg-surface p-3">
        {before.content === after.content ? <p className="text-body break-words whitespace-pre-wrap">{after.content || 'No text yet.'}</p> : <TextDiff before={before.content} after={after.content} />}
      </div>
      {changes.length > 0 ? (
        <dl className="grid gap-2">
          {changes.map((change) => (
            <div key={change.label} className="text-table">
              <dt className="text-muted-foreground">{change.label}</dt>
              <dd className="break-words"><del className="text-danger-text">{change.before}</del> → <ins className="text-success-text no-underline">{change.after}</ins></dd>
            </div>
          ))}
        </dl>
      ) : null}
      {changes.length === 0 && before.content === after.content && before !== after ? <p className="text-table text-muted-foreground">Nothing differs.</p> : null}
    </div>
  );
}

function NameForm({ version, history }: Pick<VersionDetailsProps, 'version' | 'history'>) {
  const [name, setName] = useState(version.name ?? '');
  const save = (event: FormEvent) => { event.preventDefault(); void history.name(version.version, name.trim()).catch(() => undefined); };
  return (
    <form onSubmit={save} className="flex items-end gap-2">
      <Field label="Name of this version" optional className="flex-1"><Input value={name} maxLength={100} autoComplete="off" onChange={(event) => setName(event.target.value)} /></Field>
      <Button type="submit" loading={history.isNaming}>Save name</Button>
    </form>
  );
}
