'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { problemCode, problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { Autosave, type SaveState } from '#components/draft/autosave.ts';
import { useLeaving } from '#components/draft/use-leaving.ts';
import { dropLocalCopy, writeLocalCopy } from '#components/draft/local-copy.ts';

/** Whom a draft goes to. */
export type AudienceFields = Pick<BroadcastView, 'recipientMethod' | 'selectedLists' | 'selectedNumbers' | 'selectedFilter' | 'excludedLists' | 'excludedFilter' | 'recipientCeiling'>;

/** What a person writes in the editor. */
export type DraftFields = Pick<BroadcastView, 'content' | 'mediaUrls' | 'templateSid' | 'templateVariables' | 'senderPhone' | 'missingValues' | 'optOutLine'> & AudienceFields & {
  broadcastName: string;
  /** Typed as numbers, and none: they stay on the screen only. */
  wrongNumbers: string[];
};

const audienceOf = ({ recipientMethod, selectedLists, selectedNumbers, selectedFilter, excludedLists, excludedFilter, recipientCeiling }: BroadcastView): AudienceFields =>
  ({ recipientMethod, selectedLists, selectedNumbers, selectedFilter, excludedLists, excludedFilter, recipientCeiling });

export const fieldsOf = (broadcast: BroadcastView): DraftFields =>
  ({
    broadcastName: broadcast.name, content: broadcast.content, mediaUrls: broadcast.mediaUrls, templateSid: broadcast.templateSid, templateVariables: broadcast.templateVariables,
    senderPhone: broadcast.senderPhone, missingValues: broadcast.missingValues, optOutLine: broadcast.optOutLine, ...audienceOf(broadcast), wrongNumbers: [],
  });

/** The text as it stands on the screen, kept safe on the server. */
export function useDraft(broadcast: BroadcastView) {
  const [fields, setFields] = useState(() => fieldsOf(broadcast));
  const { autosave, state } = useAutosave(broadcast);
  useLeaving(autosave);
  useNewsFromElsewhere(autosave, broadcast, setFields);

  return {
    fields, state,
    save: () => autosave.flush(),
    /** A blank name stays on the screen only: a broadcast must have one. */
    change(changes: Partial<DraftFields>) {
      setFields((before) => ({ ...before, ...changes }));
      const kept = keptOf(changes);
      if (Object.keys(kept).length > 0) autosave.change(kept);
    },
    keepMine: (theirs: BroadcastView) => autosave.keepMine(theirs, keptOf(fields)),
    takeTheirs(theirs: BroadcastView) {
      autosave.takeTheirs(theirs, new Date(theirs.updatedAt));
      setFields(fieldsOf(theirs));
    },
  };
}

export type EditedDraft = ReturnType<typeof useDraft>;
type SavedFields = Omit<DraftFields, 'wrongNumbers'>;
type DraftAutosave = Autosave<SavedFields, BroadcastView>;

function keptOf(changes: Partial<DraftFields>): Partial<SavedFields> {
  const { broadcastName, wrongNumbers: _, ...rest } = changes;
  return broadcastName === undefined || broadcastName.trim() === '' ? rest : { ...rest, broadcastName };
}

function useAutosave(broadcast: BroadcastView) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // Without a network it must fail and say "Not saved", instead of waiting in silence.
  const { mutateAsync } = useMutation(trpc.broadcast.update.mutationOptions({ networkMode: 'always' }));
  const [state, setState] = useState<SaveState>({ kind: 'saved', at: new Date(broadcast.updatedAt) });
  const [autosave] = useState(() => new Autosave<SavedFields, BroadcastView>({
    version: broadcast.version,
    savedAt: new Date(broadcast.updatedAt),
    save: (changes, version) => mutateAsync({ id: broadcast.id, version, ...changes }).catch((error: unknown) => {
      // It was sent meanwhile: the page then shows another face.
      if (problemCode(error) === 'invalid_state') void queryClient.invalidateQueries(trpc.broadcast.read.queryFilter({ id: broadcast.id }));
      throw Object.assign(new Error(problemMessage(error)), { code: problemCode(error) });
    }),
    isConflict: (error) => error instanceof Error && 'code' in error && error.code === 'version_conflict',
    onState: setState,
    keep: (unsaved) => { if (unsaved) writeLocalCopy(broadcast.id, unsaved, new Date()); else dropLocalCopy(broadcast.id); },
    onSaved: (saved) => {
      queryClient.setQueryData(trpc.broadcast.read.queryKey({ id: broadcast.id }), saved);
      const preview = trpc.broadcast.preview.queryFilter({ id: broadcast.id });
      // A first answer that is still on its way would be taken for fresh although it is about the text before: it is dropped and asked for again.
      void queryClient.cancelQueries(preview).then(() => queryClient.invalidateQueries(preview));
      void queryClient.invalidateQueries(trpc.broadcast.list.pathFilter());
    },
  }));

  return { autosave, state };
}

/** Nothing of mine is unsaved and the server has a newer version: show it. */
function useNewsFromElsewhere(autosave: DraftAutosave, broadcast: BroadcastView, setFields: (fields: DraftFields) => void) {
  useEffect(() => {
    if (broadcast.version <= autosave.version || !autosave.isSafe) return;
    autosave.takeTheirs(broadcast, new Date(broadcast.updatedAt));
    setFields(fieldsOf(broadcast));
    notify.info('Somebody changed this draft', { description: 'You see the newest version.' });
  }, [autosave, broadcast, setFields]);
}
