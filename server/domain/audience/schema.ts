import * as z from 'zod';
import { pageInput, searchText } from '../paging.ts';

export const listSlug = z.string().trim().toLowerCase().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'A slug has lower-case letters, digits and single hyphens, like sms-promotions.').max(100);

export const listView = z.object({ id: z.uuid(), slug: z.string(), name: z.string(), members: z.number().int(), reachable: z.number().int(), createdAt: z.iso.datetime() });
export type ListView = z.infer<typeof listView>;

export const createListInput = z.object({ name: z.string().trim().min(1, 'Enter a name.').max(100), slug: listSlug.optional() });
export type CreateListInput = z.infer<typeof createListInput>;

/** `list`: slug or id. */
export const listInput = z.object({ list: z.string().min(1).max(100) });
export type ListInput = z.infer<typeof listInput>;

/** A member is named by contact id, or by phone (the contact is made when it does not exist). */
export const addMembersInput = listInput.extend({
  members: z.array(z.object({ contactId: z.uuid().optional(), phone: z.string().max(40).optional(), data: z.record(z.string(), z.unknown()).default({}) })).min(1).max(1000),
});
export type AddMembersInput = z.input<typeof addMembersInput>;
export const removeMembersInput = listInput.extend({ contactIds: z.array(z.uuid()).min(1).max(1000) });
export type RemoveMembersInput = z.infer<typeof removeMembersInput>;

export const updateListInput = listInput.extend({ name: z.string().trim().min(1, 'Enter a name.').max(100) });
export type UpdateListInput = z.infer<typeof updateListInput>;

export const listMembersInput = pageInput.extend({ list: z.string().min(1).max(100), search: searchText });
export type ListMembersInput = z.input<typeof listMembersInput>;

export const memberView = z.object({
  contactId: z.uuid(), phone: z.string().nullable(), email: z.string().nullable(), firstName: z.string().nullable(), lastName: z.string().nullable(),
  optedOut: z.boolean(), data: z.record(z.string(), z.unknown()), addedAt: z.iso.datetime(),
});
export type MemberView = z.infer<typeof memberView>;
