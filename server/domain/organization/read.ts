import { eq } from 'drizzle-orm';
import { organizations } from '#db/schema/index.ts';
import { inCents } from '#server/channels/decimal.ts';
import type { Context } from '#server/context.ts';
import { notFound } from '#server/errors.ts';
import type { OrganizationView } from '#server/domain/organization/schema.ts';

/** The active organisation, with the role of the one who asks ("system" for jobs). */
export async function readOrganization(ctx: Context): Promise<OrganizationView> {
  const [organization] = await ctx.transaction((tx) => tx.select().from(organizations).where(eq(organizations.id, ctx.organizationId)));
  if (!organization) throw notFound('organisation');
  const { id, name, timeZone, defaultCountry } = organization;
  const { quietFrom, quietTo, frequencyCapHours, approvalRecipients, optOutLine, pushShowsText } = organization;
  return { id, name, timeZone, defaultCountry, quietFrom, quietTo, frequencyCapHours, approvalRecipients, optOutLine, pushShowsText,
    monthlyBudget: inCents(organization.monthlyBudget), approvalAmount: inCents(organization.approvalAmount), role: ctx.actor.kind === 'user' ? ctx.actor.role : 'system' };
}
