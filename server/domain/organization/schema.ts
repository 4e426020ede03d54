import * as z from 'zod';

export const organizationView = z.object({
  id: z.uuid(), name: z.string(), timeZone: z.string(), defaultCountry: z.string(), monthlyBudget: z.string().nullable(), role: z.string(),
});
export type OrganizationView = z.infer<typeof organizationView>;

export const updateOrganizationInput = z.object({
  name: z.string().trim().min(1, 'Enter a name.').max(100).optional(),
  timeZone: z.string().max(64).refine(isTimeZone, 'Choose a time zone of the list, like America/New_York.').optional(),
  defaultCountry: z.string().regex(/^[A-Z]{2}$/, 'Choose a country.').optional(),
  monthlyBudget: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, 'Enter an amount like 500 or 500.00.').nullable().optional(),
});
export type UpdateOrganizationInput = z.infer<typeof updateOrganizationInput>;

export const createOrganizationInput = z.object({ name: z.string().trim().min(1, 'Enter a name.').max(100), timeZone: z.string().max(64).refine(isTimeZone, 'Choose a time zone of the list, like America/New_York.').default('UTC') });
export type CreateOrganizationInput = z.input<typeof createOrganizationInput>;

export const memberView = z.object({ userId: z.uuid(), name: z.string(), email: z.string(), role: z.string() });
export type MemberView = z.infer<typeof memberView>;

export function isTimeZone(name: string) {
  try { new Intl.DateTimeFormat('en', { timeZone: name }); return true; } catch { return false; }
}
