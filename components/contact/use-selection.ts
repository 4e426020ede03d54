'use client';

import { useState } from 'react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { notify } from '#components/ui/notify.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';
import type { Selection } from './contact-table.tsx';

const MOST = 1_000; // people, as many as one change may name

/** The people who are ticked, kept while somebody goes from page to page. */
export function useSelection(): { people: ContactView[]; selection: Selection; clear: () => void } {
  const mayWrite = useMayWrite();
  const [chosen, setChosen] = useState<ReadonlyMap<string, ContactView>>(new Map());
  const toggle = (contacts: readonly ContactView[], isChosen: boolean) => {
    const next = new Map(chosen);
    for (const contact of contacts) {
      if (isChosen) next.set(contact.id, contact);
      else next.delete(contact.id);
    }
    if (next.size > MOST) return notify.warning(`At most ${MOST.toLocaleString('en-US')} people can be changed at once.`);
    setChosen(next);
  };
  return { people: [...chosen.values()], selection: mayWrite ? { has: (id) => chosen.has(id), toggle } : null, clear: () => setChosen(new Map()) };
}
