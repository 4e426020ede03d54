'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { deferred } from '#components/ui/deferred.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { fieldsOf, type EditedDraft } from './use-draft.ts';

const versions = deferred(() => import('./two-versions.tsx'));

/** Somebody else saved this draft while it was open here. Both versions are kept until a person chooses. */
export function Conflict({ id, draft }: { id: string; draft: EditedDraft }) {
  const trpc = useTRPC();
  const [isComparing, setComparing] = useState(false);
  const { data: theirs } = useQuery(trpc.broadcast.read.queryOptions({ id }, { staleTime: 0, refetchOnMount: 'always', refetchInterval: 5_000 }));
  const code = versions.use(isComparing);
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
        {theirs && code ? <code.TwoVersions mine={draft.fields} theirs={fieldsOf(theirs)} /> : <SkeletonGroup><Skeleton className="h-24" /></SkeletonGroup>}
      </Dialog>
    </>
  );
}
