'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import type { FilterCountView, FilterDefinition } from '#server/domain/audience/schema.ts';
import { useDebounced } from './use-debounced.ts';

const TYPING = 300; // ms

/** How many people a question finds, counted anew with each change; the old number stays, greyed, until the new one is there. */
export function FilterCount({ definition }: { definition: FilterDefinition }) {
  const trpc = useTRPC();
  const { settled, isBehind } = useDebounced(definition, TYPING);
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(trpc.audience.countFilter.queryOptions({ definition: settled }, { placeholderData: keepPreviousData }));
  const isCounting = isBehind || isPlaceholderData || isFetching;
  return (
    <Card title="Who matches" actions={isCounting ? <Spinner className="text-muted-foreground" /> : undefined}>
      {error ? <Alert family="danger" isLive title="The people could not be counted" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert> : null}
      {!data && !error ? <SkeletonGroup label="Counting people" className="grid gap-3"><Skeleton className="h-9 w-24" /><Skeleton /><Skeleton /></SkeletonGroup> : null}
      {data && !error ? <div aria-busy={isCounting} className={classNames('grid gap-4 transition-[filter]', isCounting && 'grayscale')}><Count count={data} /><Sample sample={data.sample} people={data.people} /></div> : null}
      <p role="status" className="sr-only">{data && !isCounting && !error ? `${formatCount(data.people, 'person matches', 'people match')}` : ''}</p>
    </Card>
  );
}

function Count({ count }: { count: FilterCountView }) {
  if (count.people === 0) return <p className="text-body"><span className="block font-semibold">Nobody matches.</span> <span className="text-muted-foreground">Remove a condition, or ask for less.</span></p>;
  const away = count.people - count.reachable;
  return (
    <p>
      <span className="figures block text-h1 font-semibold">{formatNumber(count.people)}</span>
      <span className="text-table text-muted-foreground tabular-nums">{away === 0 ? 'All of them can be reached.' : `${formatNumber(count.reachable)} can be reached; ${formatNumber(away)} opted out or without a number.`}</span>
    </p>
  );
}

function Sample({ sample, people }: { sample: FilterCountView['sample']; people: number }) {
  if (sample.length === 0) return null;
  return (
    <section aria-label="Some of them">
      <h3 className="text-table font-medium text-muted-foreground">{people > sample.length ? 'Some of them' : 'They are'}</h3>
      <ul className="mt-1 divide-y">
        {sample.map((person) => (
          <li key={person.contactId} className="flex flex-wrap items-baseline justify-between gap-x-3 py-1.5">
            <Link href={`/contacts/${person.contactId}`} className="min-w-0 break-words underline-offset-3 hover:underline pointer-coarse:py-1.5">{person.name || (person.phone ? formatPhone(person.phone) : 'Nameless')}</Link>
            {person.phone && person.name ? <span className="font-mono text-table text-muted-foreground">{formatPhone(person.phone)}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
