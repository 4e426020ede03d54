import * as z from 'zod';
import { timeZoneName } from '#server/domain/time-zone/schema.ts';

export const organizationView = z.object({
  id: z.uuid(), name: z.string(), timeZone: z.string(), defaultCountry: z.string(), monthlyBudget: z.string().nullable(), role: z.string(),
  quietFrom: z.string().nullable(), quietTo: z.string().nullable(), frequencyCapHours: z.number().int().nullable(),
  approvalRecipients: z.number().int().nullable(), approvalAmount: z.string().nullable(), optOutLine: z.string(),
  /** False: no push to any device tells who wrote or what. */
  pushShowsText: z.boolean(),
});
export type OrganizationView = z.infer<typeof organizationView>;

export const updateOrganizationInput = z.object({
  name: z.string().trim().min(1, 'Enter a name.').max(100).optional(),
  timeZone: timeZoneName.optional(),
  defaultCountry: z.string().regex(/^[A-Z]{2}$/, 'Choose a country.').optional(),
  monthlyBudget: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, 'Enter an amount like 500 or 500.00.').nullable().optional(),
  /** Both or neither: wall-clock times of the recipient between which nothing is handed over. */
  quietFrom: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write the time like 21:00.').nullable().optional(),
  quietTo: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write the time like 08:00.').nullable().optional(),
  frequencyCapHours: z.number().int().min(1, 'Enter hours, 1 to 720.').max(720, 'Enter hours, 1 to 720.').nullable().optional(),
  approvalRecipients: z.number().int().min(1, 'Enter a number of people.').max(10_000_000).nullable().optional(),
  approvalAmount: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, 'Enter an amount like 500 or 500.00.').nullable().optional(),
  optOutLine: z.string().trim().min(1, 'Enter a line.').max(160).optional(),
  pushShowsText: z.boolean().optional(),
});
export type UpdateOrganizationInput = z.infer<typeof updateOrganizationInput>;

export const createOrganizationInput = z.object({ name: z.string().trim().min(1, 'Enter a name.').max(100), timeZone: timeZoneName.default('UTC') });
export type CreateOrganizationInput = z.input<typeof createOrganizationInput>;

export const memberView = z.object({ userId: z.uuid(), name: z.string(), email: z.string(), role: z.string() });
export type MemberView = z.infer<typeof memberView>;
