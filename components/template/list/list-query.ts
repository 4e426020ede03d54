import { hrefWith, pageIn, searchIn } from '#components/layout/page-query.ts';
import { templateCategories, templateStatuses } from '#server/channels/whatsapp/template.ts';
import type { ListTemplatesInput } from '#server/domain/template/schema.ts';

export const PAGE_SIZE = 25;

/** The list's state as it stands in the URL; what does not fit is left out. Server and browser must read the same. */
export function listInputFrom(query: URLSearchParams): ListTemplatesInput {
  return {
    search: searchIn(query), p: pageIn(query), ps: PAGE_SIZE,
    status: templateStatuses.find((status) => status === query.get('status')), category: templateCategories.find((category) => category === query.get('category')),
  };
}

/** The same page with something changed. */
export const listHref = (query: URLSearchParams, changes: Record<string, string | null>): string => hrefWith('/templates', query, changes);
