'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Differences as DraftDifferences } from '#components/draft/differences.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { fieldsOf, type DraftFields, type EditedDraft } from './use-draft.ts';

const words: Record<Exclude<keyof DraftFields, 'wrongNumbers'>, string> = {
  broadcastName: 'Name', senderPhone: 'From', recipientMethod: 'Recipients', selectedLists: 'Lists', selectedNumbers: 'Numbers', selectedFilter: 'Saved filter',
  excludedLists: 'Left out: lists', excludedFilter: 'Left out: saved filter', recipientCeiling: 'Stop if more than', content: 'Text', mediaUrls: 'Files', templateSid: 'Template', templateVariables: 'Template fields',
  missingValues: 'Missing values', optOutLine: 'Opt-out line',
};
const names = Object.keys(words) as (keyof typeof words)[]; // the keys of an object literal are those of its type

/** Somebody else saved this draft while it was open here. Both versions are kept until a person chooses. */
export function Conflict({ id, draft }: { id: string; draft: EditedDraft }) {
  const trpc = useTRPC();
  const [isComparing, setComparing] = useState(false);
  const { data: theirs } = useQuery(trpc.broadcast.read.queryOptions({ id }, { staleTime: 0, refetchOnMount: 'always', refetchInterval: 5_000 }));
  const keepTheirs = useMutation(trpc.broadcast.nameVersion.mutationOptions());
  if (draft.state.kind !== 'conflict') return null;

  const decide = (choose: (theirs: BroadcastView) => void) => {
    if (!theirs) return;
    choose(theirs);
    setComparing(false);
  };
  // Their version gets a name, which keeps it in the history as it is, also when they sign in as the same person.
  const keepMine = () => decide((other) => void keepTheirs.mutateAsync({ id, version: other.version, name: 'Before a conflict' }).catch(() => undefined).then(() => draft.keepMine(other)));
  const takeTheirs = () => decide(draft.takeTheirs);

  return (
    <>
      <Alert
        family="warning"
        isLive
        title="Somebody changed this"
        action={<><Button size="sm" onClick={() => setComparing(true)}>See theirs</Button><Button size="sm" onClick={keepMine} loading={!theirs}>Keep mine</Button></>}
      >
        Your text is still here and not saved. Look at their version, or save yours over it.
      </Alert>
      <Dialog
        open={isComparing}
        onOpenChange={setComparing}
        size="lg"
        title="Two versions"
        description="Only what differs, with the words marked that the other does not have. Theirs stays in the history; yours is lost when you take theirs."
        footer={<><Button onClick={takeTheirs} loading={!theirs}>Take theirs</Button><Button variant="primary" onClick={keepMine} loading={!theirs}>Keep mine</Button></>}
      >
        {theirs ? <Differences mine={draft.fields} theirs={fieldsOf(theirs)} /> : <SkeletonGroup><Skeleton className="h-24" /></SkeletonGroup>}
      </Dialog>
    </>
  );
}

function Differences({ mine, theirs }: { mine: DraftFields; theirs: DraftFields }) {
  const { data: filters } = useQuery(useTRPC().audience.filters.queryOptions());
  const filterName = (id: string | null) => filters?.find((filter) => filter.id === id)?.name ?? null;
  const named = (fields: DraftFields): DraftFields => ({ ...fields, selectedFilter: filterName(fields.selectedFilter), excludedFilter: filterName(fields.excludedFilter) });
  // Filters by their names: an id says nothing to a person.
  return <DraftDifferences rows={names.map((name) => ({ label: words[name], mine: textOf(name, named(mine)), theirs: textOf(name, named(theirs)) }))} />;
}

const methods: Record<DraftFields['recipientMethod'], string> = { lists: 'Chosen lists', filter: 'A saved filter', numbers: 'Chosen numbers', all: 'All contacts' };

function textOf(name: keyof typeof words, fields: DraftFields): string {
  const value = fields[name];
  if (name === 'recipientMethod') return methods[fields.recipientMethod];
  if (name === 'missingValues') return Object.entries(fields.missingValues).map(([field, { policy, value: own }]) => `${field}: ${policy}${own ? ` “${own}”` : ''}`).join('\n');
  if (name === 'templateVariables') return Object.entries(fields.templateVariables ?? {}).map(([position, source]) => `{{${position}}} = ${source}`).join('\n');
  if (Array.isArray(value)) return value.join(', ');
  if (value === null) return name === 'senderPhone' ? 'System number' : 'None';
  return String(value);
}
