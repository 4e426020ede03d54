'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { MoreHorizontal, Pencil, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatCount } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import type { FieldError } from '#components/ui/error-summary.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { NameForm } from '#components/ui/name-form.tsx';
import { notify } from '#components/ui/notify.ts';
import type { ListView } from '#server/domain/audience/schema.ts';

/** Rename and delete. */
export function ListMenu({ list }: { list: ListView }) {
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <DropdownMenu trigger={<IconButton label="More" variant="secondary" icon={<MoreHorizontal aria-hidden />} className="max-sm:flex-none!" />}>
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setOpen('rename')}>Rename</MenuItem>
        <MenuItem icon={<Trash2 aria-hidden />} isDestructive onSelect={() => setOpen('delete')}>Delete list</MenuItem>
      </DropdownMenu>
      <Dialog title="Rename list" description="The slug stays, because programs know the list by it." open={open === 'rename'} onOpenChange={close}>
        {open === 'rename' ? <RenameForm list={list} onDone={close} /> : null}
      </Dialog>
      {open === 'delete' ? <DeleteList list={list} onClose={close} /> : null}
    </>
  );
}

function RenameForm({ list, onDone }: { list: ListView; onDone: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const update = useMutation(trpc.audience.updateList.mutationOptions({
    onSuccess: async () => {
      onDone();
      await Promise.all([queryClient.invalidateQueries(trpc.audience.pathFilter()), queryClient.invalidateQueries(trpc.contact.pathFilter())]);
    },
    onError: (error) => setErrors(formErrors(error)),
  }));
  return <NameForm name={list.name} submitLabel="Rename" errors={errors} isPending={update.isPending} onSubmit={(name) => update.mutate({ list: list.id, name })} />;
}

function DeleteList({ list, onClose }: { list: ListView; onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const remove = useMutation(trpc.audience.deleteList.mutationOptions({
    onSuccess: () => {
      notify.success(`${list.name} was deleted.`);
      router.push('/lists');
      void queryClient.invalidateQueries(trpc.audience.lists.pathFilter());
      void queryClient.invalidateQueries(trpc.contact.pathFilter());
    },
  }));
  return (
    <AlertDialog
      open
      onOpenChange={onClose}
      isDestructive
      title={`Delete ${list.name}?`}
      consequence={`${formatCount(list.members, 'person leaves', 'people leave')} the list and what it holds about them is removed. They stay contacts.`}
      confirmLabel="Delete list"
      onConfirm={() => remove.mutateAsync({ list: list.id })}
    >
      {remove.error ? <Alert family="danger" isLive title="The list was not deleted">{problemMessage(remove.error)}</Alert> : null}
    </AlertDialog>
  );
}
