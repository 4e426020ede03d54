'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { MessageSquareText, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatNumber } from '#components/format/number.ts';
import { LiveChip } from '#components/layout/live-chip.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTemplateChanges } from '#components/template/use-template-changes.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Table, TableBody, TableHead, TableHeader } from '#components/ui/table.tsx';
import type { TemplatePage } from '#server/domain/template/schema.ts';
import { CheckNow } from './check-now.tsx';
import { listHref, listInputFrom, PAGE_SIZE } from './list-query.ts';
import { NewTemplate } from './new-template.tsx';
import { TemplateFilters } from './template-filters.tsx';
import { TemplateRow } from './template-row.tsx';

/** All families with the state of each language, kept up to date by the server. */
export function TemplateList() {
  const trpc = useTRPC();
  const query = useSearchParams();
  const input = listInputFrom(query);
  const { data, error, isPlaceholderData, isFetching, refetch } = useQuery(trpc.template.list.queryOptions(input, { placeholderData: keepPreviousData }));
  const { live, checkedAt } = useTemplateChanges();
  const isEmpty = data?.total === 0 && !input.search && !input.status && !input.category;
  return (
    <>
      <PageHeader
        title="Templates" status={<LiveChip state={live} />} description="WhatsApp lets you write first only with a template that Meta has approved."
        actions={<><CheckNow checkedAt={checkedAt ?? data?.checkedAt ?? null} />{isEmpty ? null : <NewTemplate />}</>}
      />
      {isEmpty ? null : <div className="mb-3"><TemplateFilters /></div>}
      {error && !data ? (
        <Alert family="danger" isLive title="The templates could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert>
      ) : null}
      {!data && !error ? <Card isFlush><SkeletonRows label="Loading templates" /></Card> : null}
      {isEmpty ? <NoTemplates /> : null}
      {data && data.data.length === 0 && !isEmpty ? <NothingFound isPage={data.total > 0} /> : null}
      {data && data.data.length > 0 ? (
        <div aria-busy={isPlaceholderData}>
          <TemplateTable page={data} />
          <Pagination
            previousHref={data.page > 1 ? listHref(query, { p: String(data.page - 1) }) : null} nextHref={data.hasNext ? listHref(query, { p: String(data.page + 1) }) : null}
            summary={summaryOf(data)}
          />
        </div>
      ) : null}
    </>
  );
}

function TemplateTable({ page }: { page: TemplatePage }) {
  return (
    <div className="sm:rounded-card sm:border">
      <Table caption="Templates, last changed first">
        <TableHeader>
          <TableHead>Name</TableHead><TableHead>Languages</TableHead><TableHead isNumeric>Used by</TableHead><TableHead>Changed</TableHead>
        </TableHeader>
        <TableBody>{page.data.map((template) => <TemplateRow key={template.id} template={template} usual={page.usualSeconds} />)}</TableBody>
      </Table>
    </div>
  );
}

function NoTemplates() {
  return (
    <Card>
      <EmptyState icon={<MessageSquareText />} title="No templates yet" action={<NewTemplate />}>
        Write one here and submit it to Meta without leaving the app. Templates that your Twilio account has already come with “Check now”.
      </EmptyState>
    </Card>
  );
}

function NothingFound({ isPage }: { isPage: boolean }) {
  return (
    <Card>
      <EmptyState icon={<SearchX />} title={isPage ? 'This page is empty' : 'Nothing matches'} action={<Button asChild><Link href="/templates">{isPage ? 'Go to the first page' : 'Clear'}</Link></Button>} />
    </Card>
  );
}

function summaryOf({ page, data, total }: TemplatePage): string {
  const first = (page - 1) * PAGE_SIZE + 1;
  return `${formatNumber(first)}–${formatNumber(first + data.length - 1)} of ${formatNumber(total)}`;
}
