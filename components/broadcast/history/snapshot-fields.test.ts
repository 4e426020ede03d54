import { expect, test } from 'vitest';
import type { DraftSnapshot } from '#server/domain/review/schema.ts';
import { changedFields } from './snapshot-fields.ts';

const draft: DraftSnapshot = {
  name: 'Sale', content: 'Hi', mediaUrls: [], templateSid: null, templateVariables: null, senderPhone: null, recipientMethod: 'lists', selectedLists: ['friends'], selectedNumbers: [], selectedFilter: null,
  excludedLists: [], excludedFilter: null, recipientCeiling: null, missingValues: {}, optOutLine: null, ignoresQuietHours: false, stageSize: null, budget: null,
};

test('what differs is named in words, the text and what is equal are left out', () => {
  expect(changedFields(draft, { ...draft, content: 'Other' })).toEqual([]);
  expect(changedFields(draft, { ...draft, recipientMethod: 'all', selectedLists: [], stageSize: 100, missingValues: { firstName: { policy: 'default', value: 'there' } } })).toEqual([
    { label: 'Recipients', before: 'Chosen lists', after: 'All contacts' }, { label: 'Lists', before: 'friends', after: 'None' },
    { label: 'Missing values', before: 'No rules', after: 'firstName: default “there”' }, { label: 'First part', before: 'None', after: '100' },
  ]);
});
