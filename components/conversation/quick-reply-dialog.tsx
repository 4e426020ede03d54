'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus, Trash2, Zap } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { notify } from '#components/ui/notify.ts';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import type { QuickReplyView } from '#server/domain/conversation/schema.ts';

type QuickReplyDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; /** What stands in the composer: it may be kept. */ written: string; onPick: (text: string) => void };
type Edited = { id?: string; name: string; text: string };

/** Texts for answers, of the whole organisation: one press takes one. */
export function QuickReplyDialog({ open, onOpenChange, written, onPick }: QuickReplyDialogProps) {
  const trpc = useTRPC();
  const [edited, setEdited] = useState<Edited | null>(null);
  const { data, error } = useQuery(trpc.conversation.quickReplies.queryOptions(undefined, { enabled: open }));
  const close = (next: boolean) => { if (!next) setEdited(null); onOpenChange(next); };
  return (
    <Dialog
      open={open} onOpenChange={close} size="md" title={edited ? (edited.id ? 'Change a quick reply' : 'New quick reply') : 'Quick replies'} description={edited ? undefined : 'In the composer / and the name insert one too.'}
      footer={edited ? undefined : <Button icon={<Plus aria-hidden />} onClick={() => setEdited({ name: '', text: written })}>New quick reply</Button>}
    >
      {edited ? <EditForm key={edited.id ?? 'new'} edited={edited} onDone={() => setEdited(null)} /> : (
        <>
          {error && !data ? <Alert family="danger" isLive title="They could not be read">{problemMessage(error)}</Alert> : null}
          {!data && !error ? <SkeletonRows rows={3} label="Loading quick replies" /> : null}
          {data?.length === 0 ? <EmptyState headingLevel={3} icon={<Zap />} title="None yet" className="py-8">Keep what you write again and again: opening hours, where the parcel is, thanks.</EmptyState> : null}
          <ul aria-label="Quick replies" className="divide-y rounded-card border empty:hidden">
            {data?.map((reply) => <Row key={reply.id} reply={reply} onPick={() => onPick(reply.text)} onEdit={() => setEdited(reply)} />)}
          </ul>
        </>
      )}
    </Dialog>
  );
}

function Row({ reply, onPick, onEdit }: { reply: QuickReplyView; onPick: () => void; onEdit: () => void }) {
  const { save, remove } = useQuickReplies();
  const discard = () => remove.mutate({ id: reply.id }, { onSuccess: () => notify.success(`Deleted: ${reply.name}`, { undo: () => save.mutate({ name: reply.name, text: reply.text }) }) });
  return (
    <li className="flex items-center gap-1 pr-2">
      <button type="button" onClick={onPick} className="min-w-0 flex-1 rounded-control px-3 py-2.5 text-left -outline-offset-2 hover:bg-hover">
        <span className="block truncate text-body font-medium">{reply.name}</span>
        <span className="line-clamp-2 text-table break-words text-muted-foreground">{reply.text}</span>
      </button>
      <IconButton size="sm" label={`Change ${reply.name}`} icon={<Pencil aria-hidden />} onClick={onEdit} />
      <IconButton size="sm" label={`Delete ${reply.name}`} icon={<Trash2 aria-hidden />} loading={remove.isPending} onClick={discard} />
    </li>
  );
}

function EditForm({ edited, onDone }: { edited: Edited; onDone: () => void }) {
  const { save } = useQuickReplies();
  const [{ name, text }, setFields] = useState(edited);
  const [errors, setErrors] = useState<{ name?: string; text?: string }>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = { ...(name.trim() === '' ? { name: 'Give it a short name.' } : {}), ...(text.trim() === '' ? { text: 'Write the text first.' } : {}) };
    setErrors(found);
    if (Object.keys(found).length === 0) save.mutate({ ...(edited.id ? { id: edited.id } : {}), name, text }, { onSuccess: onDone, onError: (error) => setErrors({ name: problemMessage(error) }) });
  };
  return (
    <form noValidate onSubmit={submit} className="grid gap-4">
      <Field label="Name" hint="Short, as you would type it after the slash." error={errors.name}><Input value={name} maxLength={60} autoComplete="off" onChange={(event) => setFields({ name: event.target.value, text })} /></Field>
      <Field label="Text" error={errors.text}><Textarea value={text} maxLength={1_600} onChange={(event) => setFields({ name, text: event.target.value })} /></Field>
      <div className="flex justify-end gap-2"><Button onClick={onDone}>Back</Button><Button type="submit" variant="primary" loading={save.isPending}>Save</Button></div>
    </form>
  );
}

function useQuickReplies() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const shared = {
    networkMode: 'always' as const,
    onSuccess: async () => { await queryClient.cancelQueries(trpc.conversation.quickReplies.pathFilter()); await queryClient.invalidateQueries(trpc.conversation.quickReplies.pathFilter()); },
  };
  const save = useMutation(trpc.conversation.saveQuickReply.mutationOptions(shared));
  const remove = useMutation(trpc.conversation.deleteQuickReply.mutationOptions({ ...shared, onError: (error) => notify.error('Not deleted', { description: problemMessage(error) }) }));
  return { save, remove };
}
