'use client';

import { useSearchParams } from 'next/navigation';
import { formatNumber } from '#components/format/number.ts';
import { Pagination } from '#components/ui/pagination.tsx';
import { hrefWith } from './page-query.ts';

type PagingProps = { path: string; page: number; pageSize: number; shown: number; total: number; hasNext: boolean };

/** "51–100 of 12,430" and the way to the pages beside it. */
export function Paging({ path, page, pageSize, shown, total, hasNext }: PagingProps) {
  const query = useSearchParams();
  const first = (page - 1) * pageSize + 1;
  return (
    <Pagination
      previousHref={page > 1 ? hrefWith(path, query, { p: String(page - 1) }) : null}
      nextHref={hasNext ? hrefWith(path, query, { p: String(page + 1) }) : null}
      summary={`${formatNumber(first)}–${formatNumber(first + shown - 1)} of ${formatNumber(total)}`}
    />
  );
}
