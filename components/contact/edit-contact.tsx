'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { notify } from '#components/ui/notify.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';
import { ContactForm } from './contact-form.tsx';
import { Existing } from './new-contact.tsx';

export function EditContact({ contact }: { contact: ContactView }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const update = useMutation(trpc.contact.update.mutationOptions({
    onSuccess: async (changed) => {
      queryClient.setQueryData(trpc.contact.read.queryKey({ id: changed.id }), changed);
      setOpen(false);
      notify.success('Saved.');
      await Promise.all([queryClient.invalidateQueries(trpc.contact.list.pathFilter()), queryClient.invalidateQueries(trpc.contact.consent.queryFilter({ id: contact.id })), queryClient.invalidateQueries(trpc.contact.mayMessage.queryFilter({ id: contact.id })), queryClient.invalidateQueries(trpc.contact.timeline.pathFilter())]);
    },
  }));
  return (
    <Dialog title="Edit contact" size="md" open={isOpen} onOpenChange={setOpen} trigger={<Button variant="primary" icon={<Pencil aria-hidden />}>Edit</Button>}>
      {isOpen ? <ContactForm contact={contact} submitLabel="Save" onSubmit={(values) => update.mutateAsync({ id: contact.id, ...values })} afterError={<Existing error={update.error} />} /> : null}
    </Dialog>
  );
}
