'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { MoreHorizontal, Pencil, Trash2 } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { useState } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import type { FieldError } from '#components/ui/error-summary.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { NameForm } from '#components/ui/name-form.tsx';
import { notify } from '#components/ui/notify.ts';
import type { SavedFilterView } from '#server/domain/audience/schema.ts';

/** Rename, and delete with Undo. */
export function FilterMenu({ filter }: { filter: SavedFilterView }) {
  const [isRenaming, setRenaming] = useState(false);
  const remove = useDelete(filter);
  return (
    <>
      <DropdownMenu trigger={<IconButton label={`More for ${filter.name}`} icon={<MoreHorizontal aria-hidden />} className="max-sm:flex-none!" />}>
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setRenaming(true)}>Rename</MenuItem>
        <MenuItem icon={<Trash2 aria-hidden />} isDestructive onSelect={() => void remove()}>Delete filter</MenuItem>
      </DropdownMenu>
      <Dialog title="Rename filter" open={isRenaming} onOpenChange={setRenaming}>
        {isRenaming ? <RenameForm filter={filter} onDone={() => setRenaming(false)} /> : null}
      </Dialog>
    </>
  );
}

function RenameForm({ filter, onDone }: { filter: SavedFilterView; onDone: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const update = useMutation(trpc.audience.updateFilter.mutationOptions({
    onSuccess: async (saved) => {
      queryClient.setQueryData(trpc.audience.readFilter.queryKey({ id: saved.id }), saved);
      onDone();
      await queryClient.invalidateQueries(trpc.audience.filters.pathFilter());
    },
    onError: (error) => setErrors(formErrors(error)),
  }));
  return <NameForm name={filter.name} submitLabel="Rename" errors={errors} isPending={update.isPending} onSubmit={(name) => update.mutate({ id: filter.id, name })} />;
}

/** At once; Undo makes the same filter again. One that a broadcast needs stays, and the answer names the broadcast. */
function useDelete(filter: SavedFilterView) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const path = usePathname();
  const onError = (error: unknown) => notify.error('The filter was not deleted', { description: problemMessage(error) });
  const onSuccess = () => queryClient.invalidateQueries(trpc.audience.filters.pathFilter());
  const create = useMutation(trpc.audience.createFilter.mutationOptions({ onSuccess, onError: (error) => notify.error('The filter did not come back', { description: problemMessage(error) }) }));
  const remove = useMutation(trpc.audience.deleteFilter.mutationOptions({ onError }));
  const { name, definition } = filter;
  return () => remove.mutateAsync({ id: filter.id }).then(async () => {
    notify.success(`“${name}” was deleted.`, { undo: () => create.mutate({ name, definition }) });
    if (path === `/filters/${filter.id}`) router.push('/filters');
    await onSuccess();
  }, () => {});
}
