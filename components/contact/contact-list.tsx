'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { SearchX, Upload, Users } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Paging } from '#components/layout/paging.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { ContactFilters } from './contact-filters.tsx';
import { ContactTable } from './contact-table.tsx';
import { NewContact } from './new-contact.tsx';
import { contactsInputFrom } from './query.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useSelection } from './use-selection.ts';

export function ContactList() {
  const trpc = useTRPC();
  const input = contactsInputFrom(useSearchParams());
  const { data, error, isPlaceholderData, isFetching, refetch } = useQuery(trpc.contact.list.queryOptions(input, { placeholderData: keepPreviousData }));
  const isFiltered = Boolean(input.search || input.list || input.tag || input.filter || input.optedOut);
  const { people, selection, clear } = useSelection();
  const isEmpty = data?.total === 0 && !isFiltered && !isPlaceholderData;
  return (
    <>
      <PageHeader title="Contacts" actions={isEmpty ? undefined : <Actions />} />
      {isEmpty ? null : <div className="mb-3"><ContactFilters /></div>}
      {error ? (
        <Alert family="danger" isLive className="mb-3" title="The contacts could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert>
      ) : null}
      {!data && !error ? <Card isFlush><SkeletonRows label="Loading contacts" /></Card> : null}
      {isEmpty ? <NoContacts /> : null}
      {!error && data && data.data.length === 0 && !isEmpty ? <NothingFound hasOthers={data.total > 0} /> : null}
      {!error && data && data.data.length > 0 ? (
        <div aria-busy={isPlaceholderData} className={classNames('transition-opacity', isPlaceholderData && 'opacity-60')}>
          {people.length > 0 ? <SelectionBar people={people} onClear={clear} /> : null}
          <ContactTable contacts={data.data} selection={selection} />
          <Paging path="/contacts" shown={data.data.length} {...data} />
        </div>
      ) : null}
    </>
  );
}

function Actions() {
  if (!useMayWrite()) return null;
  return (
    <>
      <Button asChild icon={<Upload aria-hidden />}><Link href="/contacts/import">Import CSV</Link></Button>
      <NewContact />
    </>
  );
}

function NoContacts() {
  const mayWrite = useMayWrite();
  return (
    <Card>
      <EmptyState icon={<Users />} title="No contacts yet" action={!mayWrite ? undefined : <><Button asChild variant="primary" icon={<Upload aria-hidden />}><Link href="/contacts/import">Import CSV</Link></Button><NewContact isSecond /></>}>
        Import a file with phone numbers, or add people one by one. Nobody gets a message until you send a broadcast.
      </EmptyState>
    </Card>
  );
}

function NothingFound({ hasOthers }: { hasOthers: boolean }) {
  return (
    <Card>
      <EmptyState icon={<SearchX />} title={hasOthers ? 'This page is empty' : 'Nobody matches'} action={<Button asChild><Link href="/contacts">{hasOthers ? 'Go to the first page' : 'Clear search and filters'}</Link></Button>}>
        {hasOthers ? null : 'Search by a part of the name or e-mail, by the number in any form, or by its last four digits.'}
      </EmptyState>
    </Card>
  );
}
