'use client';

import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { hrefWith } from '#components/layout/page-query.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import type { Timeline as TimelinePage } from '#server/domain/contact/schema.ts';
import { AddNote } from './add-note.tsx';
import { TimelineEntries } from './timeline-entries.tsx';
import { shownIn, shows, timelineInput } from './timeline-query.ts';

/** What happened between us and this person, newest first. */
export function Timeline({ contactId }: { contactId: string }) {
  const query = useSearchParams();
  const shown = shownIn(query);
  const hrefOf = (value: string) => hrefWith(`/contacts/${contactId}`, query, { show: value || null });
  return (
    <Card isFlush title="Timeline">
      <AddNote contactId={contactId} />
      <Tabs label="Kinds of entries" current={hrefOf(shown)} items={shows.map(({ value, label }) => ({ href: hrefOf(value), label }))} />
      <Pages key={shown} contactId={contactId} shown={shown} />
    </Card>
  );
}

function Pages({ contactId, shown }: { contactId: string; shown: string }) {
  const [cursors, setCursors] = useState<(string | undefined)[]>([undefined]);
  const showMore = useCallback((cursor: string) => setCursors((those) => (those.includes(cursor) ? those : [...those, cursor])), []);
  return cursors.map((cursor, index) => <Page key={cursor ?? 'first'} contactId={contactId} shown={shown} cursor={cursor} isLast={index === cursors.length - 1} onMore={showMore} />);
}

type PageProps = { contactId: string; shown: string; cursor: string | undefined; isLast: boolean; onMore: (cursor: string) => void };

function Page({ contactId, shown, cursor, isLast, onMore }: PageProps) {
  const trpc = useTRPC();
  const { data, error, refetch, isFetching } = useQuery(trpc.contact.timeline.queryOptions(timelineInput(contactId, shown, cursor)));
  if (error) return <div className="flex items-center justify-between gap-3 p-4 text-body" role="alert">{problemMessage(error)}<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button></div>;
  if (!data) return <SkeletonRows label="Loading the timeline" rows={3} />;
  if (data.data.length === 0 && !cursor) return <p className="p-4 text-body text-muted-foreground">Nothing yet.</p>;
  return (
    <>
      <TimelineEntries entries={data.data} zone={data.zone} />
      {isLast && data.nextCursor ? <More page={data} onMore={onMore} /> : null}
    </>
  );
}

/** The next page comes when this one's end comes into view, or by its button. */
function More({ page: { nextCursor }, onMore }: { page: TimelinePage; onMore: (cursor: string) => void }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!nextCursor || !end.current) return undefined;
    const watcher = new IntersectionObserver((seen) => { if (seen.some(({ isIntersecting }) => isIntersecting)) onMore(nextCursor); }, { rootMargin: '200px' });
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [nextCursor, onMore]);
  if (!nextCursor) return null;
  return <div ref={end} className="border-t p-3 text-center"><Button size="sm" onClick={() => onMore(nextCursor)}>Show more</Button></div>;
}
