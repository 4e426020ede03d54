import * as z from 'zod';

/** Lists that can be looked at in several ways. */
export const viewPages = ['broadcasts', 'deliveries'] as const;
export const viewPage = z.enum(viewPages);
export type ViewPage = z.infer<typeof viewPage>;

export const listUserViewsInput = z.object({ page: viewPage });
export type ListUserViewsInput = z.infer<typeof listUserViewsInput>;

/** `query` is what stands behind the question mark of the list's address. */
export const saveUserViewInput = z.object({ page: viewPage, name: z.string().trim().min(1, 'Enter a name.').max(60), query: z.string().max(1_000) });
export type SaveUserViewInput = z.infer<typeof saveUserViewInput>;

export const userViewInput = z.object({ id: z.uuid() });
export type UserViewInput = z.infer<typeof userViewInput>;

export const userView = z.object({ id: z.uuid(), page: viewPage, name: z.string(), query: z.string() });
export type UserView = z.infer<typeof userView>;
