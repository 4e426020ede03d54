import { eq } from 'drizzle-orm';
import { organizations } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { notFound } from '#server/errors.ts';
import type { OrganizationView } from '#server/domain/organization/schema.ts';

/** The active organisation, with the role of the one who asks ("system" for jobs). */
export async function readOrganization(ctx: Context): Promise<OrganizationView> {
  const [organization] = await ctx.transaction((tx) => tx.select().from(organizations).where(eq(organizations.id, ctx.organizationId)));
  if (!organization) throw notFound('organisation');
  const { id, name, timeZone, defaultCountry } = organization;
  const monthlyBudget = organization.monthlyBudget?.replace(/(\.\d\d)0+$/, '$1') ?? null;
  return { id, name, timeZone, defaultCountry, monthlyBudget, role: ctx.actor.kind === 'user' ? ctx.actor.role : 'system' };
}
