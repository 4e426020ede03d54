import type { Context } from '#server/context.ts';
import { viewOne } from '#server/domain/automation/row.ts';
import type { RuleInput, RuleView } from '#server/domain/automation/schema.ts';

/** @throws Problem not_found */
export const readRule = (ctx: Context, { id }: RuleInput): Promise<RuleView> => ctx.transaction((tx) => viewOne(tx, ctx, id));
