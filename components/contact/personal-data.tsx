'use client';

import { Download, Eraser, Printer } from 'lucide-react';
import { useMayOptOut } from '#components/account/use-may-write.ts';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import type { ContactView } from '#server/domain/contact/schema.ts';
import { EraseContact } from './erase-contact.tsx';

/** What a person may ask for: what we know of them, and to be forgotten. */
export function PersonalData({ contact }: { contact: ContactView }) {
  const mayRead = useMayOptOut();
  return (
    <Card title="Their data" description="For a complaint or a request.">
      <div className="flex flex-wrap gap-2">
        {mayRead ? <><Button asChild size="sm" icon={<Download aria-hidden />}><a href={`/api/contacts/${contact.id}/proof.json`} download>Proof as JSON</a></Button><Button asChild size="sm" icon={<Printer aria-hidden />}><a href={`/api/contacts/${contact.id}/proof.html`} download>Proof for paper</a></Button></> : null}
        <EraseContact contact={contact} trigger={<Button size="sm" icon={<Eraser aria-hidden />}>Erase…</Button>} />
      </div>
    </Card>
  );
}
