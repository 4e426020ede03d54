'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { ChevronLeft, UserRoundPlus } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { notify } from '#components/ui/notify.ts';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ContactView } from '#server/domain/contact/schema.ts';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import { Avatar } from './avatar.tsx';
import { ChannelMark } from './channel-mark.tsx';
import { titleOf } from './title-of.ts';
import { useRefreshInbox } from './use-inbox.ts';
import { windowLeft } from './window-left.ts';
import { WindowRing } from './window-ring.tsx';

type DetailsProps = { conversation: ConversationView; now: number; onBack: () => void };

/** What is known of the person, to read; it is changed on their page. */
export function Details({ conversation, now, onBack }: DetailsProps) {
  const { channel, sender, recipient, contact: known, assignedTo } = conversation;
  const { data: contact, error } = useQuery(useTRPC().contact.read.queryOptions({ id: known?.id ?? '' }, { enabled: known !== null }));
  const left = windowLeft(conversation, now);
  const title = titleOf(conversation);
  return (
    <>
      <header className="flex items-center gap-1 border-b px-2 py-2 xl:hidden"><IconButton label="Back to the conversation" icon={<ChevronLeft aria-hidden />} onClick={onBack} /><h2 className="text-reading font-semibold">Details</h2></header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-5">
        <div className="grid justify-items-center gap-1 text-center">
          <Avatar title={title} className="size-14 text-h3" />
          <h3 className="mt-1 max-w-full text-reading font-semibold break-words">{title}</h3>
          <Copyable value={recipient.replace(/^whatsapp:/, '')} text={formatPhone(recipient)} label="number" className="text-table text-muted-foreground" />
          {known ? <Button asChild size="sm" className="mt-2"><Link href={`/contacts/${known.id}`}>Open contact</Link></Button> : <CreateContact conversation={conversation} />}
        </div>
        <dl className="mt-5 grid gap-3 border-t pt-4">
          <Fact label="Channel"><ChannelMark channel={channel} className="align-bottom" /></Fact>
          <Fact label="They write to"><span className="tabular-nums">{formatPhone(sender)}</span></Fact>
          {left ? <Fact label="Free text"><WindowRing left={left} /></Fact> : null}
          <Fact label="Assigned to">{assignedTo?.name ?? 'Nobody'}</Fact>
          {known ? <Fact label="Consent">{contact ? <Consent contact={contact} /> : error ? problemMessage(error) : <Skeleton />}</Fact> : null}
          {contact ? <ContactFacts contact={contact} /> : null}
        </dl>
        {known && !contact && !error ? <SkeletonGroup label="Loading the contact" className="mt-3 grid gap-3"><Skeleton className="w-2/3" /><Skeleton className="w-1/2" /></SkeletonGroup> : null}
      </div>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return <div className="min-w-0"><dt className="text-caption text-muted-foreground">{label}</dt><dd className="mt-0.5 text-body break-words">{children}</dd></div>;
}

function Consent({ contact: { optedOut, optedOutAt, consentSource, consentAt } }: { contact: ContactView }) {
  if (optedOut) return <><Status family="optOut">Opted out</Status>{optedOutAt ? <span className="ml-2 text-table text-muted-foreground"><Time value={optedOutAt} /></span> : null}</>;
  if (!consentSource) return 'Not recorded';
  return <>{consentSource}{consentAt ? <span className="block text-table text-muted-foreground"><Time value={consentAt} /></span> : null}</>;
}

function ContactFacts({ contact: { email, fields, tags, lists } }: { contact: ContactView }) {
  const own = Object.entries(fields).filter(([, value]) => value !== null && value !== '');
  return (
    <>
      {email ? <Fact label="E-mail">{email}</Fact> : null}
      {own.map(([name, value]) => <Fact key={name} label={name}>{String(value)}</Fact>)}
      {tags.length > 0 ? <Fact label="Tags"><span className="flex flex-wrap gap-1">{tags.map((tag) => <Badge key={tag}>{tag}</Badge>)}</span></Fact> : null}
      {lists.length > 0 ? <Fact label="Lists"><ul>{lists.map(({ id, slug, name }) => <li key={id}><Link href={`/lists/${slug}`} className="text-link underline underline-offset-3 pointer-coarse:inline-block pointer-coarse:py-2.5">{name}</Link></li>)}</ul></Fact> : null}
    </>
  );
}

/** Somebody who is not among the contacts yet. What they call themselves is only a beginning; that they wrote is no consent to broadcasts. */
function CreateContact({ conversation: { channel, sender, recipient, title } }: { conversation: ConversationView }) {
  const trpc = useTRPC();
  const mayWrite = useMayWrite();
  const refresh = useRefreshInbox();
  const phone = recipient.replace(/^whatsapp:/, '');
  const onError = (error: unknown) => notify.error('No contact was made', { description: problemMessage(error) });
  // Finds the conversation that is there, and makes it theirs.
  const link = useMutation(trpc.conversation.start.mutationOptions({ onSuccess: async () => { notify.success('The contact is there'); await refresh(); }, onError }));
  const create = useMutation(trpc.contact.create.mutationOptions({ onSuccess: ({ id }) => link.mutate({ contactId: id, channel, sender }), onError }));
  if (!mayWrite || !/^\+[1-9]\d{6,14}$/.test(phone)) return <p className="mt-1 text-table text-muted-foreground">Not among your contacts.</p>;
  const [firstName, ...rest] = title === phone ? [] : title.split(' ');
  return <Button size="sm" className="mt-2" icon={<UserRoundPlus aria-hidden />} loading={create.isPending || link.isPending} onClick={() => create.mutate({ phone, ...(firstName ? { firstName, lastName: rest.join(' ') } : {}) })}>Create contact</Button>;
}
