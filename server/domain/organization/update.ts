import { eq } from 'drizzle-orm';
import { organizations } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { readOrganization } from '#server/domain/organization/read.ts';
import { updateOrganizationInput, type OrganizationView, type UpdateOrganizationInput } from '#server/domain/organization/schema.ts';

/** Changes what the input names; a `monthlyBudget` of null takes the ceiling away. @throws Problem forbidden below admin */
export async function updateOrganization(ctx: Context, input: UpdateOrganizationInput): Promise<OrganizationView> {
  requireRole(ctx, 'admin');
  const changes = updateOrganizationInput.parse(input);
  if (Object.values(changes).some((value) => value !== undefined)) {
    await ctx.transaction((tx) => tx.update(organizations).set(changes).where(eq(organizations.id, ctx.organizationId)));
  }
  return readOrganization(ctx);
}
