'use client';

import { useQuery } from '@tanstack/react-query';
import { Funnel } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FilterNameForm } from '#components/audience/filter/new-filter.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { notify } from '#components/ui/notify.ts';
import type { ListContactsInput } from '#server/domain/contact/schema.ts';
import { definitionOf } from './view-filter.ts';

/** Keeps what the list shows as a saved filter. */
export function SaveView({ view }: { view: ListContactsInput }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const { data: filters } = useQuery(trpc.audience.filters.queryOptions());
  const started = filters?.find(({ id }) => id === view.filter);
  if (view.filter && !started) return null;
  return (
    <Dialog
      title="Save as filter" description="Whoever matches later is in it too." open={isOpen} onOpenChange={setOpen}
      trigger={<Button icon={<Funnel aria-hidden />}>Save as filter</Button>}
    >
      {isOpen ? (
        <FilterNameForm
          definition={definitionOf(view, started?.definition ?? null)} submitLabel="Save filter"
          onMade={({ id, name }) => { setOpen(false); notify.success(`“${name}” was saved.`, { action: { label: 'Open', onClick: () => router.push(`/filters/${id}`) } }); }}
        >
          {view.optedOut ? <p className="text-table text-muted-foreground">Opted out or not is left out of the filter: messages never go to those who opted out.</p> : null}
        </FilterNameForm>
      ) : null}
    </Dialog>
  );
}
