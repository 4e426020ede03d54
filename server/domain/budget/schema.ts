import * as z from 'zod';
import { broadcastInput } from '../broadcast/schema.ts';

// Ceilings of what may be spent: the month's, and those of single broadcasts.

/** Ceiling of a broadcast that is on its way; null: none. */
export const setBudgetInput = broadcastInput.extend({ budget: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, 'Enter an amount like 50 or 50.00.').nullable() });
export type SetBudgetInput = z.infer<typeof setBudgetInput>;

/** Without `id` those of all broadcasts on their way. */
export const budgetStateInput = z.object({ id: z.uuid().optional() });
export type BudgetStateInput = z.infer<typeof budgetStateInput>;
/** Used so far of a ceiling; half from 50 %, high from 80 %, reached from 100 %. */
export const budgetView = z.object({ limit: z.string(), spent: z.string(), currency: z.string(), percent: z.number().int(), level: z.enum(['low', 'half', 'high', 'reached']) });
export type BudgetView = z.infer<typeof budgetView>;
export const budgetStateView = z.object({ month: budgetView.nullable(), broadcasts: z.array(budgetView.extend({ id: z.uuid(), name: z.string() })) });
export type BudgetState = z.infer<typeof budgetStateView>;
