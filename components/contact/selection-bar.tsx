'use client';

import { ListPlus, Tag, X } from 'lucide-react';
import { useState } from 'react';
import { formatCount } from '#components/format/number.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import type { ContactView } from '#server/domain/contact/schema.ts';
import { JoinListForm } from './join-list-form.tsx';
import { TagForm } from './tag-form.tsx';

/** What can be done with the people who were ticked, on whichever page of the list. */
export function SelectionBar({ people, onClear }: { people: readonly ContactView[]; onClear: () => void }) {
  const [open, setOpen] = useState<'tags' | 'list' | null>(null);
  const count = formatCount(people.length, 'person', 'people');
  const done = () => { setOpen(null); onClear(); };
  return (
    <div role="region" aria-label="Selected people" className="sticky top-2 z-20 mb-3 flex flex-wrap items-center gap-2 rounded-card border bg-selected px-3 py-2">
      <p role="status" className="mr-auto text-body font-medium tabular-nums">{count} selected</p>
      <Dialog title={`Tags of ${count}`} open={open === 'tags'} onOpenChange={(isOpen) => setOpen(isOpen ? 'tags' : null)} trigger={<Button size="sm" icon={<Tag aria-hidden />}>Tags</Button>}>
        {open === 'tags' ? <TagForm people={people} onDone={done} /> : null}
      </Dialog>
      <Dialog title={`Add ${count} to a list`} open={open === 'list'} onOpenChange={(isOpen) => setOpen(isOpen ? 'list' : null)} trigger={<Button size="sm" icon={<ListPlus aria-hidden />}>Add to list</Button>}>
        {open === 'list' ? <JoinListForm people={people} onDone={done} /> : null}
      </Dialog>
      <Button size="sm" variant="ghost" icon={<X aria-hidden />} onClick={onClear}>Clear</Button>
    </div>
  );
}
