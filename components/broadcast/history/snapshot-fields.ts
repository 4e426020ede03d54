import type { DraftSnapshot } from '#server/domain/review/schema.ts';

type Field = Exclude<keyof DraftSnapshot, 'content'>;

const words: Record<Field, string> = {
  name: 'Name', senderPhone: 'From', recipientMethod: 'Recipients', selectedLists: 'Lists', selectedNumbers: 'Numbers', selectedFilter: 'Saved filter', excludedLists: 'Left out: lists',
  excludedFilter: 'Left out: saved filter', recipientCeiling: 'Stop if more than', missingValues: 'Missing values', optOutLine: 'Opt-out line', ignoresQuietHours: 'Send in quiet hours',
  stageSize: 'First part', budget: 'Budget', mediaUrls: 'Files', templateSid: 'Template', templateVariables: 'Template fields',
};
const fields = Object.keys(words) as Field[]; // the keys of an object literal are those of its type

const methods: Record<DraftSnapshot['recipientMethod'], string> = { lists: 'Chosen lists', filter: 'A saved filter', numbers: 'Chosen numbers', all: 'All contacts' };

export type FieldChange = { label: string; before: string; after: string };

/** What differs between two states of a draft, its text apart, in words. */
export function changedFields(before: DraftSnapshot, after: DraftSnapshot): FieldChange[] {
  return fields.map((field) => ({ label: words[field], before: valueOf(field, before), after: valueOf(field, after) })).filter((change) => change.before !== change.after);
}

function valueOf(field: Field, draft: DraftSnapshot): string {
  const value = draft[field];
  if (field === 'recipientMethod') return methods[draft.recipientMethod];
  if (field === 'missingValues') return Object.entries(draft.missingValues).map(([name, rule]) => `${name}: ${rule.policy}${rule.value ? ` “${rule.value}”` : ''}`).sort().join(', ') || 'No rules';
  if (value === null) return field === 'senderPhone' ? 'System number' : 'None';
  if (Array.isArray(value)) return value.join(', ') || 'None';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
