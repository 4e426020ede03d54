'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Users } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useRef, type ReactNode } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { fullName, nameOf } from '#components/contact/words.ts';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { formatPhone } from '#components/format/phone.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Time } from '#components/ui/time.tsx';
import type { AudiencePersonView } from '#server/domain/audience/schema.ts';
import type { Page } from '#server/domain/paging.ts';
import { DownloadPeople } from './download-people.tsx';
import { peopleLinkId, showInstead } from './people-link.tsx';
import { pageFrom, peopleFrom, peopleHref, type PeopleKey } from './people-query.ts';
import { SaveAsList } from './save-as-list.tsx';
import { usePeopleQuery } from './use-people-query.ts';

const PAGE_SIZE = 50;

const titles: Record<PeopleKey, string> = {
  members: 'Everybody chosen', duplicate: 'Chosen more than once', excluded: 'Left out by you', noPhone: 'Without a phone number', optedOut: 'Opted out',
  frequencyCap: 'Messaged a short while ago', recipients: 'Will be sent', joined: 'Joined since the last send', left: 'Left since the last send',
};
const explanations: Partial<Record<PeopleKey, string>> = {
  duplicate: 'They are in several of the chosen lists and get one message.', excluded: 'They are in a list, or match a filter, that gets nothing.',
  noPhone: 'A message has nowhere to go.', optedOut: 'They said that they want no messages.', frequencyCap: 'The frequency cap of your organisation spares them for now.',
};

/** The people behind a figure of the audience, beside the page. Which figure stands in the URL. */
export function PeopleSheet({ broadcastId }: { broadcastId: string }) {
  const path = usePathname();
  const query = useSearchParams();
  const key = peopleFrom(query);
  useFocusAfter(key);
  return (
    <Sheet
      open={key !== null}
      onOpenChange={(isOpen) => { if (!isOpen) window.history.pushState(null, '', peopleHref(path, query, null)); }}
      title={key ? titles[key] : 'People'}
      description={key ? explanations[key] : undefined}
    >
      {key ? <People broadcastId={broadcastId} people={key} page={pageFrom(query)} /> : null}
    </Sheet>
  );
}

/** The link that opened the panel gets the focus back, because the panel has no trigger of its own. */
function useFocusAfter(key: PeopleKey | null) {
  const last = useRef(key);
  useEffect(() => {
    const closed = key === null ? last.current : null;
    last.current = key;
    if (!closed) return;
    const timer = setTimeout(() => document.getElementById(peopleLinkId(closed))?.focus({ preventScroll: true }));
    return () => clearTimeout(timer);
  }, [key]);
}

function People({ broadcastId, people: key, page }: { broadcastId: string; people: PeopleKey; page: number }) {
  const optionsOf = usePeopleQuery(broadcastId);
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({ ...optionsOf(key, page, PAGE_SIZE), staleTime: 0, placeholderData: keepPreviousData });
  if (error && !data) return <Alert family="danger" isLive title="The people could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert>;
  if (!data) return <SkeletonRows label="Loading people" />;
  if (data.data.length === 0) return <EmptyState icon={<Users />} headingLevel={3} title={data.total > 0 ? 'This page is empty' : 'Nobody'}>{data.total > 0 ? null : 'The audience changed meanwhile.'}</EmptyState>;
  return (
    <div aria-busy={isPlaceholderData} className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-body text-muted-foreground tabular-nums">{formatCount(data.total, 'person', 'people')}</p>
        <span className="flex flex-wrap gap-2">
          <SaveAsList broadcastId={broadcastId} people={key} name={titles[key]} />
          <DownloadPeople broadcastId={broadcastId} people={key} total={data.total} />
        </span>
      </div>
      <ul className="divide-y">{data.data.map((person) => <Person key={person.contactId} person={person} people={key} />)}</ul>
      <Steps people={key} page={data} />
    </div>
  );
}

function Person({ person, people }: { person: AudiencePersonView; people: PeopleKey }) {
  return (
    <li className="grid gap-0.5 py-2">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <Link href={`/contacts/${person.contactId}`} className="min-w-0 font-medium break-words underline-offset-3 hover:underline pointer-coarse:py-1.5">{nameOf(person)}</Link>
        {person.phone && fullName(person) ? <span className="font-mono text-table text-muted-foreground">{formatPhone(person.phone)}</span> : null}
      </span>
      <Why person={person} people={people} />
    </li>
  );
}

function Why({ person, people }: { person: AudiencePersonView; people: PeopleKey }): ReactNode {
  const style = 'text-table text-muted-foreground';
  if (people === 'duplicate') return <span className={style}>In {formatNumber(person.lists)} of the chosen lists</span>;
  if (people === 'frequencyCap' && person.lastMessagedAt) return <span className={style}>Last message <Time value={person.lastMessagedAt} /></span>;
  return null;
}

function Steps({ people, page }: { people: PeopleKey; page: Page<AudiencePersonView> }) {
  const path = usePathname();
  const query = useSearchParams();
  if (page.page === 1 && !page.hasNext) return null;
  const first = (page.page - 1) * page.pageSize + 1;
  const hrefOf = (wanted: number) => peopleHref(path, query, people, wanted);
  return (
    <nav aria-label="Pages of people" className="flex flex-wrap items-center justify-between gap-2">
      <p className="text-table text-muted-foreground tabular-nums">{formatNumber(first)}–{formatNumber(first + page.data.length - 1)} of {formatNumber(page.total)}</p>
      <span className="flex gap-2">
        {page.page > 1 ? <Step href={hrefOf(page.page - 1)}><ChevronLeft aria-hidden />Previous</Step> : null}
        {page.hasNext ? <Step href={hrefOf(page.page + 1)}>Next<ChevronRight aria-hidden /></Step> : null}
      </span>
    </nav>
  );
}

const Step = ({ href, children }: { href: string; children: ReactNode }) =>
  <Button size="sm" asChild><a href={href} onClick={(event) => showInstead(event, href)}>{children}</a></Button>;
