'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BookmarkPlus, Bookmark, Check, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import type { FieldError } from '#components/ui/error-summary.tsx';
import { NameForm } from '#components/ui/name-form.tsx';
import { notify } from '#components/ui/notify.ts';
import type { UserView, ViewPage } from '#server/domain/user-view/schema.ts';
import { viewQuery } from './columns.ts';

/** One's own views of a list: search, filters and columns under a name. */
export function ViewMenu({ page }: { page: ViewPage }) {
  const trpc = useTRPC();
  const query = viewQuery(useSearchParams());
  const [isNaming, setNaming] = useState(false);
  const { data: views } = useQuery(trpc.userView.list.queryOptions({ page }, { staleTime: 60_000 }));
  const current = views?.find((view) => view.query === query);
  const forget = useForget(page);
  return (
    <>
      <DropdownMenu trigger={<Button icon={<Bookmark aria-hidden />}><span className="max-w-40 truncate">{current?.name ?? 'Views'}</span></Button>}>
        <MenuItem asChild><Link href={`/${page}`}>{query === '' ? <Check aria-hidden /> : <Blank />}Everything</Link></MenuItem>
        {views?.length ? <MenuLabel>Your views</MenuLabel> : null}
        {views?.map((view) => (
          <MenuItem key={view.id} asChild><Link href={`/${page}?${view.query}`}>{view === current ? <Check aria-hidden /> : <Blank />}<span className="min-w-0 flex-1 truncate">{view.name}</span></Link></MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem icon={<BookmarkPlus aria-hidden />} disabled={query === ''} onSelect={() => setNaming(true)}>Save this view…</MenuItem>
        {current ? <MenuItem icon={<Trash2 aria-hidden />} isDestructive onSelect={() => forget(current)}>Delete “{current.name}”</MenuItem> : null}
      </DropdownMenu>
      <Dialog title="Save this view" description="Its search, filters and columns. Only you see it." open={isNaming} onOpenChange={setNaming}>
        {isNaming ? <SaveForm page={page} query={query} onDone={() => setNaming(false)} /> : null}
      </Dialog>
    </>
  );
}

const Blank = () => <span aria-hidden className="size-4 shrink-0" />;

function SaveForm({ page, query, onDone }: { page: ViewPage; query: string; onDone: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const save = useMutation(trpc.userView.save.mutationOptions({
    onSuccess: async ({ name }) => {
      onDone();
      notify.success(`“${name}” was saved.`);
      await queryClient.invalidateQueries(trpc.userView.list.queryFilter({ page }));
    },
    onError: (error) => setErrors(formErrors(error)),
  }));
  return <NameForm maxLength={60} submitLabel="Save view" errors={errors} isPending={save.isPending} onSubmit={(name) => save.mutate({ page, name, query })} />;
}

/** At once; Undo keeps the same view again. */
function useForget(page: ViewPage) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries(trpc.userView.list.queryFilter({ page }));
  const onError = (error: unknown) => notify.error('The view was not changed', { description: problemMessage(error) });
  const save = useMutation(trpc.userView.save.mutationOptions({ onSuccess, onError }));
  const remove = useMutation(trpc.userView.delete.mutationOptions({ onSuccess, onError }));
  return ({ id, name, query }: UserView) => remove.mutate({ id }, { onSuccess: () => notify.success(`“${name}” was deleted.`, { undo: () => save.mutate({ page, name, query }) }) });
}
