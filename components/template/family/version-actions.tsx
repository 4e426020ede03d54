'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Copy, MoreHorizontal, Pencil, RefreshCw, Send, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { useCreateBroadcast } from '#components/broadcast/list/use-create-broadcast.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { notify } from '#components/ui/notify.ts';
import type { VersionView } from '#server/domain/template/schema.ts';
import { useNewVersion } from './use-new-version.ts';

/** What may be done with a version: the likely thing as a button, the rest in the menu. */
export function VersionActions({ version }: { version: VersionView }) {
  const [isDeleting, setDeleting] = useState(false);
  const mayWrite = useMayWrite();
  const acts = useActs(version);
  if (!mayWrite) return null;
  const isDraft = version.status === 'draft';
  return (
    <>
      {version.status === 'approved' ? <Button size="sm" icon={<Send aria-hidden />} loading={acts.isStarting} onClick={acts.write}>Write a broadcast</Button> : null}
      {isDraft ? <Button size="sm" variant="primary" icon={<Pencil aria-hidden />} asChild><Link href={`/templates/${version.id}/edit`}>Go on writing</Link></Button> : null}
      <DropdownMenu trigger={<IconButton label={`More for version ${version.number} in ${version.language}`} variant="secondary" size="sm" icon={<MoreHorizontal aria-hidden />} />}>
        {isDraft ? null : <MenuItem icon={<Pencil aria-hidden />} onSelect={acts.change}>Change it: a new version</MenuItem>}
        {isDraft ? null : <MenuItem icon={<RefreshCw aria-hidden />} onSelect={acts.refresh}>Check now</MenuItem>}
        <MenuItem icon={<Copy aria-hidden />} onSelect={acts.duplicate}>Duplicate under another name</MenuItem>
        <MenuItem icon={<Trash2 aria-hidden />} isDestructive onSelect={() => setDeleting(true)}>{isDraft ? 'Delete draft' : 'Delete, also at Meta'}</MenuItem>
      </DropdownMenu>
      {isDeleting ? <DeleteVersion version={version} onClose={() => setDeleting(false)} /> : null}
    </>
  );
}

function useActs(version: VersionView) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const next = useNewVersion();
  const broadcast = useCreateBroadcast();
  const changed = () => void queryClient.invalidateQueries(trpc.template.pathFilter());
  const refused = (what: string) => (error: unknown) => notify.error(what, { description: problemMessage(error) });
  const refresh = useMutation(trpc.template.refresh.mutationOptions({ onSuccess: changed, onError: refused('Twilio could not be asked') }));
  const duplicate = useMutation(trpc.template.duplicate.mutationOptions({
    onSuccess: (copy) => { changed(); router.push(`/templates/${copy.id}/edit`); }, onError: refused('It was not duplicated'),
  }));
  return {
    change: () => next.open(version), refresh: () => refresh.mutate({ id: version.id }), duplicate: () => duplicate.mutate({ id: version.id }), isStarting: broadcast.isBusy,
    write: () => broadcast.startWith({ broadcastName: version.name, channel: 'whatsapp', templateSid: version.contentSid ?? undefined, optOutLine: null }),
  };
}

function DeleteVersion({ version, onClose }: { version: VersionView; onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const remove = useMutation(trpc.template.delete.mutationOptions({
    onSuccess: async () => {
      notify.success(`Version ${version.number} was deleted.`);
      onClose();
      const left = await queryClient.fetchQuery(trpc.template.read.queryOptions({ templateId: version.templateId })).catch(() => null);
      void queryClient.invalidateQueries(trpc.template.list.pathFilter());
      if (!left) router.push('/templates');
    },
  }));
  return (
    <AlertDialog
      open onOpenChange={onClose} isDestructive title={`Delete version ${version.number} in ${version.language}?`} confirmLabel="Delete"
      consequence={version.status === 'draft' ? 'Its text is gone for good.' : 'It is deleted at Twilio and Meta too, and can never be sent again. Meta keeps the name locked for 30 days.'}
      onConfirm={() => remove.mutateAsync({ id: version.id })}
    >
      {remove.error ? <Alert family="danger" isLive title="It was not deleted">{problemMessage(remove.error)}</Alert> : null}
    </AlertDialog>
  );
}
