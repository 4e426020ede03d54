import * as z from 'zod';
import { operation, type Operation } from '#server/api/rest/operation.ts';
import { addMembers } from '#server/domain/audience/add-members.ts';
import { countFilter } from '#server/domain/audience/count-filter.ts';
import { createFilter } from '#server/domain/audience/create-filter.ts';
import { createList } from '#server/domain/audience/create-list.ts';
import { deleteFilter } from '#server/domain/audience/delete-filter.ts';
import { deleteList } from '#server/domain/audience/delete-list.ts';
import { listFilters } from '#server/domain/audience/list-filters.ts';
import { listLists } from '#server/domain/audience/list-lists.ts';
import { listMembersOf } from '#server/domain/audience/list-members.ts';
import { readFilter } from '#server/domain/audience/read-filter.ts';
import { readList } from '#server/domain/audience/read-list.ts';
import { removeMembers } from '#server/domain/audience/remove-members.ts';
import {
  addMembersInput, countFilterInput, createFilterInput, createListInput, filterCountView, filterInput, listInput, listMembersInput, listView, memberView, removeMembersInput,
  savedFilterView, tagContactsInput, updateFilterInput, updateListInput,
} from '#server/domain/audience/schema.ts';
import { tagContacts } from '#server/domain/audience/tag-contacts.ts';
import { updateFilter } from '#server/domain/audience/update-filter.ts';
import { updateList } from '#server/domain/audience/update-list.ts';
import { pageInput, pageOf, slice } from '#server/domain/paging.ts';

const tag = 'Lists';
const one = { tag, input: listInput };
const filters = 'Filters';
const oneFilter = { tag: filters, input: filterInput };

export const audienceOperations: Operation[] = [
  operation({ method: 'get', path: '/crm/lists', tag, summary: 'List the lists', input: pageInput, output: pageOf(listView), shape: 'page', run: async (ctx, input) => slice(await listLists(ctx), input) }),
  operation({ method: 'post', path: '/crm/lists', tag, status: 201, summary: 'Create a list', input: createListInput, output: listView, run: createList }),
  operation({ ...one, method: 'get', path: '/crm/lists/{list}', summary: 'Read a list, by slug or id', output: listView, run: readList }),
  operation({ method: 'patch', path: '/crm/lists/{list}', tag, summary: 'Rename a list', input: updateListInput, output: listView, run: updateList }),
  operation({ ...one, method: 'delete', path: '/crm/lists/{list}', summary: 'Delete a list; its contacts stay', status: 204, shape: 'nothing', run: deleteList }),
  operation({ method: 'get', path: '/crm/lists/{list}/members', tag, summary: 'People of a list, with their data in it', input: listMembersInput, output: pageOf(memberView), shape: 'page', run: listMembersOf }),
  operation({
    method: 'post', path: '/crm/lists/{list}/members', tag, summary: 'Add people', description: 'Up to 1000, each by `contactId` or `phone`, with `data` of their own for this list, such as `{ "order": { "trackingNumber": "…" } }`.',
    input: addMembersInput, output: z.object({ added: z.number().int(), updated: z.number().int() }), run: addMembers,
  }),
  operation({ method: 'delete', path: '/crm/lists/{list}/members', tag, summary: 'Remove people from the list', input: removeMembersInput, output: z.object({ removed: z.number().int() }), run: removeMembers }),
  operation({ method: 'get', path: '/crm/filters', tag: filters, summary: 'List the saved filters, with how many people each finds now', input: pageInput, output: pageOf(savedFilterView), shape: 'page', run: async (ctx, input) => slice(await listFilters(ctx), input) }),
  operation({
    method: 'post', path: '/crm/filters', tag: filters, status: 201, summary: 'Save a filter', input: createFilterInput, output: savedFilterView, run: createFilter,
    description: 'A filter is a question over contacts, asked anew whenever it is used. All groups must hold; of a group `any` condition or `all`.',
  }),
  operation({ method: 'post', path: '/crm/filters/count', tag: filters, summary: 'Count the people whom a filter would find, without saving it', input: countFilterInput, output: filterCountView, run: countFilter }),
  operation({ ...oneFilter, method: 'get', path: '/crm/filters/{id}', summary: 'Read a saved filter', output: savedFilterView, run: readFilter }),
  operation({ method: 'patch', path: '/crm/filters/{id}', tag: filters, summary: 'Change a saved filter', input: updateFilterInput, output: savedFilterView, run: updateFilter }),
  operation({ ...oneFilter, method: 'delete', path: '/crm/filters/{id}', summary: 'Delete a saved filter that no unfinished broadcast uses', status: 204, shape: 'nothing', run: deleteFilter }),
  operation({ method: 'post', path: '/crm/contacts/tags', tag: 'Contacts', summary: 'Put tags on many contacts, and take tags off', input: tagContactsInput, output: z.object({ changed: z.number().int() }), run: tagContacts }),
];
