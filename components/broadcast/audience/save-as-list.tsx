'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ListPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { formatCount } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import type { FieldError } from '#components/ui/error-summary.tsx';
import { NameForm } from '#components/ui/name-form.tsx';
import { notify } from '#components/ui/notify.ts';
import type { PeopleKey } from './people-query.ts';

type SaveAsListProps = { broadcastId: string; people: PeopleKey; /** What the list is called when nobody says otherwise. */ name: string };

/** Everybody behind a figure becomes a list of its own, as they are now; the draft stays as it is. Not for those who may only look. */
export function SaveAsList(props: SaveAsListProps) {
  const [isNaming, setNaming] = useState(false);
  const mayWrite = useMayWrite();
  if (!mayWrite) return null;
  return (
    <Dialog
      title="Save as list" description="These people as they are now; who joins later is not in it. The draft stays as it is." open={isNaming} onOpenChange={setNaming}
      trigger={<Button size="sm" icon={<ListPlus aria-hidden />}>Save as list</Button>}
    >
      {isNaming ? <SaveForm {...props} onDone={() => setNaming(false)} /> : null}
    </Dialog>
  );
}

function SaveForm({ broadcastId, people, name, onDone }: SaveAsListProps & { onDone: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const save = useMutation(trpc.audience.saveAsList.mutationOptions({
    onSuccess: (list) => {
      onDone();
      notify.success(`“${list.name}” has ${formatCount(list.members, 'person', 'people')}.`, { action: { label: 'Open', onClick: () => router.push(`/lists/${list.slug}`) } });
      void queryClient.invalidateQueries(trpc.audience.lists.pathFilter());
    },
    onError: (error) => setErrors(formErrors(error)),
  }));
  return <NameForm name={name} submitLabel="Make list" errors={errors} isPending={save.isPending} onSubmit={(chosen) => save.mutate({ broadcastId, people, name: chosen })} />;
}
