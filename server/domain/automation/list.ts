import type { Context } from '#server/context.ts';
import { viewRules } from '#server/domain/automation/row.ts';
import type { RuleView } from '#server/domain/automation/schema.ts';

/** All rules in the order in which they are asked. */
export const listRules = (ctx: Context): Promise<RuleView[]> => ctx.transaction((tx) => viewRules(tx, ctx));
