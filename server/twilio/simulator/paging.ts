import type { ApiRequest } from '#server/twilio/simulator/http.ts';

type Page<T> = { items: T[]; page: number; pageSize: number; hasNext: boolean; nextToken: string | null };

/**
 * One page of `source`. A PageToken names the last item of the page before, so that items created meanwhile shift nothing;
 * `Page` without a token counts from the start.
 */
export function pageOf<T>(request: ApiRequest, source: Iterable<T>, sidOf: (item: T) => string): Page<T> {
  const pageSize = Math.min(1000, Math.max(1, Number(request.query.get('PageSize') ?? 50) || 50));
  const page = Math.max(0, Number(request.query.get('Page') ?? 0) || 0);
  const token = request.query.get('PageToken');
  const after = token?.startsWith('PA') ? token.slice(2) : null;
  let toSkip = after === null ? page * pageSize : 0;
  let isReached = after === null;
  const items: T[] = [];
  for (const item of source) {
    if (!isReached) {
      isReached = sidOf(item) === after;
      continue;
    }
    if (toSkip > 0) {
      toSkip--;
      continue;
    }
    if (items.length === pageSize) return { items, page, pageSize, hasNext: true, nextToken: `PA${sidOf(items.at(-1) as T)}` };
    items.push(item);
  }
  return { items, page, pageSize, hasNext: false, nextToken: null };
}

/** The list envelope of the 2010 API, with relative links. */
export function listEnvelope<T>(request: ApiRequest, key: string, page: Page<T>, show: (item: T) => unknown) {
  const link = (number: number, token: string | null) => request.path + pageQuery(request, page.pageSize, number, token);
  return {
    [key]: page.items.map(show),
    page: page.page,
    page_size: page.pageSize,
    start: page.page * page.pageSize,
    end: page.page * page.pageSize + Math.max(0, page.items.length - 1),
    uri: link(page.page, request.query.get('PageToken')),
    first_page_uri: link(0, null),
    next_page_uri: page.hasNext ? link(page.page + 1, page.nextToken) : null,
    previous_page_uri: page.page > 0 ? link(page.page - 1, null) : null,
  };
}

/** The list envelope of the v1 and v2 APIs, with absolute links in `meta`. */
export function metaEnvelope<T>(request: ApiRequest, key: string, page: Page<T>, show: (item: T) => unknown) {
  const link = (number: number, token: string | null) => request.origin + request.path + pageQuery(request, page.pageSize, number, token);
  return {
    [key]: page.items.map(show),
    meta: {
      key,
      page: page.page,
      page_size: page.pageSize,
      url: link(page.page, request.query.get('PageToken')),
      first_page_url: link(0, null),
      previous_page_url: page.page > 0 ? link(page.page - 1, null) : null,
      next_page_url: page.hasNext ? link(page.page + 1, page.nextToken) : null,
    },
  };
}

function pageQuery(request: ApiRequest, pageSize: number, page: number, token: string | null): string {
  const query = new URLSearchParams(request.query);
  query.delete('PageToken');
  query.set('PageSize', String(pageSize));
  query.set('Page', String(page));
  if (token) query.set('PageToken', token);
  return `?${query}`;
}
