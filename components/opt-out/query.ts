import { pageIn, searchIn } from '#components/layout/page-query.ts';
import type { ListOptOutsInput } from '#server/domain/consent/schema.ts';

export const PATH = '/opt-outs';
export const PAGE_SIZE = 50;

const kinds = ['opt_out', 'opt_in'] as const;
const scopes = ['organization', 'sender'] as const;
const sources = ['keyword', 'opt_out_type', 'provider', 'staff', 'import', 'api', 'erased'] as const;
const oneOf = <Value extends string>(values: readonly Value[], value: string | null): Value | undefined => values.find((each) => each === value);

/** The ledger's filters as they stand in the URL; what does not fit is left out. Server and browser must read the same. */
export const optOutsInputFrom = (query: URLSearchParams): ListOptOutsInput => ({
  search: searchIn(query), kind: oneOf(kinds, query.get('kind')), source: oneOf(sources, query.get('source')), scope: oneOf(scopes, query.get('scope')), p: pageIn(query), ps: PAGE_SIZE,
});

/** All that the page finds, as a file. */
export function fileHref(query: URLSearchParams): string {
  const { search, kind, source, scope } = optOutsInputFrom(query);
  const asked = new URLSearchParams(Object.entries({ search, kind, source, scope }).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return `/api/export/opt-outs.csv${asked.size > 0 ? `?${asked}` : ''}`;
}
