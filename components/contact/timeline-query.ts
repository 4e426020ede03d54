import type { ReadTimelineInput } from '#server/domain/contact/schema.ts';

type Kinds = NonNullable<ReadTimelineInput['kinds']>;

/** What can be shown of a timeline; the value stands in the address. */
export const shows: readonly { value: string; label: string; kinds: Kinds }[] = [
  { value: '', label: 'All', kinds: [] }, { value: 'messages', label: 'Messages', kinds: ['message', 'chat', 'reply'] }, { value: 'consent', label: 'Consent', kinds: ['consent'] },
  { value: 'lists', label: 'Lists and imports', kinds: ['list', 'import'] }, { value: 'notes', label: 'Notes', kinds: ['note'] },
];

export const shownIn = (query: URLSearchParams): string => shows.find(({ value }) => value === query.get('show'))?.value ?? '';

export function timelineInput(contactId: string, shown: string, cursor?: string): ReadTimelineInput {
  const kinds = shows.find(({ value }) => value === shown)?.kinds ?? [];
  return { contactId, ...(kinds.length > 0 && { kinds }), ...(cursor && { cursor }), limit: 20 };
}
