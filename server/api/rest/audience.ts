import * as z from 'zod';
import { operation, type Operation } from '#server/api/rest/operation.ts';
import { addMembers } from '#server/domain/audience/add-members.ts';
import { createList } from '#server/domain/audience/create-list.ts';
import { deleteList } from '#server/domain/audience/delete-list.ts';
import { listLists } from '#server/domain/audience/list-lists.ts';
import { listMembersOf } from '#server/domain/audience/list-members.ts';
import { readList } from '#server/domain/audience/read-list.ts';
import { removeMembers } from '#server/domain/audience/remove-members.ts';
import { addMembersInput, createListInput, listInput, listMembersInput, listView, memberView, removeMembersInput, updateListInput } from '#server/domain/audience/schema.ts';
import { updateList } from '#server/domain/audience/update-list.ts';
import { pageInput, pageOf, slice } from '#server/domain/paging.ts';

const tag = 'Lists';
const one = { tag, input: listInput };

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
];
