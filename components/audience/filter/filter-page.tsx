'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import type { SavedFilterView } from '#server/domain/audience/schema.ts';
import { WriteToFilter } from '../write-broadcast.tsx';
import { completeOf } from './condition.ts';
import { FilterCount } from './filter-count.tsx';
import { FilterGroups } from './filter-groups.tsx';
import { FilterMenu } from './filter-menu.tsx';
import { useFilterDraft } from './use-filter-draft.ts';

const breadcrumb = [{ label: 'Saved filters', href: '/filters' }];

/** One saved filter: its conditions, and who matches them now. */
export function FilterPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data: filter, error, isFetching, refetch } = useQuery(trpc.audience.readFilter.queryOptions({ id }));
  if (filter) return <FilterEditor key={filter.id} filter={filter} />;
  return (
    <>
      <PageHeader title="Saved filter" breadcrumb={breadcrumb} />
      {error ? <Alert family="danger" isLive title="This filter could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert> : <Card isFlush><SkeletonRows label="Loading the filter" /></Card>}
    </>
  );
}

function FilterEditor({ filter }: { filter: SavedFilterView }) {
  const trpc = useTRPC();
  const mayWrite = useMayWrite();
  const { data: vocabulary } = useQuery(trpc.audience.vocabulary.queryOptions());
  const draft = useFilterDraft(filter);
  const save = <Button variant="primary" loading={draft.isSaving} onClick={() => void draft.save()}>Save filter</Button>;
  return (
    <>
      <PageHeader
        title={<span className="break-words">{filter.name}</span>}
        breadcrumb={breadcrumb}
        description="The conditions are asked anew whenever the filter is used."
        actions={mayWrite ? <><FilterMenu filter={filter} /><Button asChild><Link href={`/contacts?filter=${filter.id}`}>See in contacts</Link></Button><WriteToFilter filter={filter} beforeStart={draft.save} /></> : undefined}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-6">
        <div className="grid min-w-0 gap-4">
          <ErrorSummary errors={draft.errors} />
          <fieldset disabled={!mayWrite} className="min-w-0">
            <legend className="sr-only">The filter</legend>
            <Card title="Conditions" description="Every group must hold." footer={mayWrite ? <span className="flex flex-wrap items-center gap-3">{save}<span role="status">{draft.isChanged ? 'Not saved yet.' : 'Saved.'}</span></span> : undefined}>
              <FilterGroups groups={draft.groups} vocabulary={vocabulary} showsLacks={draft.errors.length > 0} onChange={draft.setGroups} />
            </Card>
          </fieldset>
        </div>
        <aside aria-label="Who matches" className="lg:sticky lg:top-4"><FilterCount definition={completeOf(draft.groups)} /></aside>
      </div>
    </>
  );
}
