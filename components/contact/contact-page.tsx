'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { WriteMessage } from '#components/conversation/write-message.tsx';
import { formatPhone } from '#components/format/phone.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { notify } from '#components/ui/notify.ts';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Status } from '#components/ui/status.tsx';
import type { ContactView } from '#server/domain/contact/schema.ts';
import { ContactFacts } from './contact-facts.tsx';
import { ContactFields } from './contact-fields.tsx';
import { ContactLists } from './contact-lists.tsx';
import { ContactTags } from './contact-tags.tsx';
import { EditContact } from './edit-contact.tsx';
import { MayMessage } from './may-message.tsx';
import { OptOut } from './opt-out.tsx';
import { PersonalData } from './personal-data.tsx';
import { Timeline } from './timeline.tsx';
import { nameOf } from './words.ts';

const breadcrumb = [{ label: 'Contacts', href: '/contacts' }];

export function ContactPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const mayWrite = useMayWrite();
  const { data: contact, error, refetch, isFetching } = useQuery(trpc.contact.read.queryOptions({ id }));
  if (!contact) {
    return (
      <>
        <PageHeader title="Contact" breadcrumb={breadcrumb} />
        {error ? <Alert family="danger" isLive title="This contact could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert> : <Card isFlush><SkeletonRows label="Loading the contact" /></Card>}
      </>
    );
  }
  const description = contact.phone && nameOf(contact) !== formatPhone(contact.phone) ? <span className="font-mono">{formatPhone(contact.phone)}</span> : undefined;
  return (
    <>
      <PageHeader
        title={<span className="break-words">{nameOf(contact)}</span>}
        breadcrumb={breadcrumb}
        description={description}
        status={contact.optedOut ? <Status family="optOut">Opted out</Status> : null}
        actions={<>{mayWrite ? <><DeleteContact contact={contact} /><EditContact contact={contact} /></> : null}<WriteMessage contact={contact} /></>}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid gap-4 max-lg:contents">
          <ContactFacts contact={contact} />
          <div className="grid min-w-0 gap-4 max-lg:order-2">
            <ContactFields key={contact.updatedAt} contact={contact} />
            <Timeline contactId={contact.id} />
          </div>
        </div>
        <div className="grid min-w-0 gap-4 max-lg:order-1">
          <MayMessage contactId={contact.id} />
          <OptOut contact={contact} />
          <ContactTags contact={contact} />
          <ContactLists contact={contact} />
          <PersonalData contact={contact} />
        </div>
      </div>
    </>
  );
}

function DeleteContact({ contact }: { contact: ContactView }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const remove = useMutation(trpc.contact.delete.mutationOptions({
    onSuccess: () => {
      notify.success(`${nameOf(contact)} was deleted.`);
      router.push('/contacts');
      void queryClient.invalidateQueries(trpc.contact.list.pathFilter());
      void queryClient.invalidateQueries(trpc.audience.pathFilter());
    },
    onError: (error) => notify.error('The contact was not deleted', { description: problemMessage(error) }),
  }));
  const lists = contact.lists.length === 0 ? '' : ` They leave ${contact.lists.length === 1 ? '1 list' : `${contact.lists.length} lists`}.`;
  const optOut = contact.optedOut ? ' Their number stays opted out: added again, it gets no messages without a new consent.' : '';
  return (
    <AlertDialog
      isDestructive
      title={`Delete ${nameOf(contact)}?`}
      consequence={`Their facts and history are removed and cannot be brought back.${lists}${optOut} The delivery log keeps what was sent.`}
      confirmLabel="Delete contact"
      onConfirm={() => remove.mutateAsync({ id: contact.id })}
      trigger={<Button icon={<Trash2 aria-hidden />}>Delete</Button>}
    />
  );
}
