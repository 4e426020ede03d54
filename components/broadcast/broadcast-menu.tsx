'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Copy, MoreHorizontal, Trash2 } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { notify } from '#components/ui/notify.ts';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { problemMessage } from './problem.ts';
import { useDuplicate } from './use-duplicate.ts';

type BroadcastMenuProps = { broadcast: Pick<BroadcastView, 'id' | 'name' | 'status'> };

/** What can be done with a broadcast wherever it shows: duplicate it, and delete it while it is a draft. */
export function BroadcastMenu({ broadcast }: BroadcastMenuProps) {
  const [isAsking, setAsking] = useState(false);
  const duplicate = useDuplicate();
  const remove = useDelete(broadcast);
  return (
    <>
      <DropdownMenu trigger={<IconButton label={`More for ${broadcast.name}`} icon={<MoreHorizontal aria-hidden />} className="max-sm:flex-none!" />}>
        <MenuItem icon={<Copy aria-hidden />} onSelect={() => duplicate.mutate({ id: broadcast.id })}>Duplicate</MenuItem>
        {broadcast.status === 'draft' ? <MenuItem icon={<Trash2 aria-hidden />} isDestructive onSelect={() => setAsking(true)}>Delete draft</MenuItem> : null}
      </DropdownMenu>
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Delete “${broadcast.name}”?`}
        consequence="Its text and its choice of recipients are lost. Nothing of it has been sent."
        confirmLabel="Delete draft"
        isDestructive
        onConfirm={remove}
      />
    </>
  );
}

function useDelete(broadcast: BroadcastMenuProps['broadcast']) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const pathname = usePathname();
  const { mutateAsync } = useMutation(trpc.broadcast.delete.mutationOptions({ onError: (error) => notify.error('Not deleted', { description: problemMessage(error) }) }));
  return async () => {
    await mutateAsync({ id: broadcast.id });
    if (pathname !== '/broadcasts') router.push('/broadcasts');
    await queryClient.invalidateQueries(trpc.broadcast.list.pathFilter());
    notify.success(`“${broadcast.name}” is deleted`);
  };
}
