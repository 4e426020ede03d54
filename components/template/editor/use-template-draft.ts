'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { problemCode, problemMessage } from '#components/broadcast/problem.ts';
import { Autosave, type SaveState } from '#components/draft/autosave.ts';
import { dropLocalCopy, writeLocalCopy } from '#components/draft/local-copy.ts';
import { useLeaving } from '#components/draft/use-leaving.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';
import type { TemplateDraft } from '#server/channels/whatsapp/rules/fault.ts';
import type { VersionView } from '#server/domain/template/schema.ts';
import { begin, redo, step, undo, type Past } from './past.ts';

type SavedFields = Pick<TemplateDraft, 'name' | 'category' | 'content' | 'variables'>;

export const draftOf = ({ name, language, category, content, variables }: VersionView): TemplateDraft => ({ name, language, category, content, variables });

/** A draft as it stands on the screen, kept safe on the server; every change can be taken back. */
export function useTemplateDraft(version: VersionView) {
  const [past, setPast] = useState(() => begin(draftOf(version)));
  const { autosave, state } = useAutosave(version);
  useLeaving(autosave);
  useNewsFromElsewhere(autosave, version, setPast);

  const show = (next: Past<TemplateDraft>) => {
    const changed = changesOf(past.now, next.now);
    setPast(next);
    if (Object.keys(changed).length > 0) autosave.change(changed);
  };
  return {
    now: past.now, state, canUndo: past.before.length > 0, canRedo: past.after.length > 0,
    save: () => autosave.flush(),
    /** `key`: the place that somebody types in; null: one act, one step back. */
    change: (next: TemplateDraft, key: string | null = null) => show(step(past, next, key, Date.now())),
    undo: () => show(undo(past)),
    redo: () => show(redo(past)),
    keepMine: (theirs: VersionView) => autosave.keepMine({ version: theirs.revision }, kept(past.now)),
    takeTheirs(theirs: VersionView) {
      autosave.takeTheirs({ version: theirs.revision }, new Date(theirs.updatedAt));
      setPast(begin(draftOf(theirs)));
    },
  };
}

export type EditedTemplate = ReturnType<typeof useTemplateDraft>;
type TemplateAutosave = Autosave<SavedFields, { version: number; view: VersionView }>;

const kept = ({ name, category, content, variables }: TemplateDraft): Partial<SavedFields> => ({ ...(name.trim() === '' ? {} : { name }), category, content, variables });

/** What the server does not have yet. A blank name stays on the screen only: a template must have one. */
const changesOf = (before: TemplateDraft, after: TemplateDraft): Partial<SavedFields> => ({
  ...(after.name !== before.name && after.name.trim() !== '' ? { name: after.name } : {}), ...(after.category === before.category ? {} : { category: after.category }),
  ...(after.content === before.content ? {} : { content: after.content }), ...(after.variables === before.variables ? {} : { variables: after.variables }),
});

function useAutosave(version: VersionView) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // Without a network it must fail and say "Not saved", instead of waiting in silence.
  const { mutateAsync } = useMutation(trpc.template.update.mutationOptions({ networkMode: 'always' }));
  const [state, setState] = useState<SaveState>({ kind: 'saved', at: new Date(version.updatedAt) });
  const [autosave] = useState<TemplateAutosave>(() => new Autosave({
    version: version.revision,
    savedAt: new Date(version.updatedAt),
    save: async (changes, revision) => {
      try {
        const view = await mutateAsync({ id: version.id, revision, ...changes });
        return { version: view.revision, view };
      } catch (error) {
        // It was submitted meanwhile: the page then shows another face.
        if (problemCode(error) === 'invalid_state') void queryClient.invalidateQueries(trpc.template.readVersion.queryFilter({ id: version.id }));
        throw Object.assign(new Error(problemMessage(error)), { code: problemCode(error) });
      }
    },
    isConflict: (error) => error instanceof Error && 'code' in error && error.code === 'version_conflict',
    onState: setState,
    keep: (unsaved) => { if (unsaved) writeLocalCopy(version.id, unsaved, new Date()); else dropLocalCopy(version.id); },
    onSaved: ({ view }) => {
      queryClient.setQueryData(trpc.template.readVersion.queryKey({ id: version.id }), view);
      void queryClient.invalidateQueries(trpc.template.list.pathFilter());
    },
  }));
  return { autosave, state };
}

/** Nothing of mine is unsaved and the server has a newer version: show it. */
function useNewsFromElsewhere(autosave: TemplateAutosave, version: VersionView, setPast: (past: Past<TemplateDraft>) => void) {
  useEffect(() => {
    if (version.revision <= autosave.version || !autosave.isSafe) return;
    autosave.takeTheirs({ version: version.revision }, new Date(version.updatedAt));
    setPast(begin(draftOf(version)));
    notify.info('Somebody changed this template', { description: 'You see the newest version.' });
  }, [autosave, version, setPast]);
}
