import { eq } from 'drizzle-orm';
import { organizations } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { readOrganization } from '#server/domain/organization/read.ts';
import { updateOrganizationInput, type OrganizationView, type UpdateOrganizationInput } from '#server/domain/organization/schema.ts';
import { invalidField, notFound } from '#server/errors.ts';

/**
 * Changes what the input names; a `monthlyBudget` of null takes the ceiling away. A rule for sending holds from the next message on, also for broadcasts
 * under way.
 * @throws Problem forbidden below admin, validation_failed when the quiet hours would have one end only or none
 */
export async function updateOrganization(ctx: Context, input: UpdateOrganizationInput): Promise<OrganizationView> {
  requireRole(ctx, 'admin');
  const changes = updateOrganizationInput.parse(input);
  if (Object.values(changes).some((value) => value !== undefined)) {
    await ctx.transaction(async (tx) => {
      const [before] = await tx.select({ quietFrom: organizations.quietFrom, quietTo: organizations.quietTo }).from(organizations).where(eq(organizations.id, ctx.organizationId)).for('update');
      if (!before) throw notFound('organisation');
      requireQuietHours(changes.quietFrom === undefined ? before.quietFrom : changes.quietFrom, changes.quietTo === undefined ? before.quietTo : changes.quietTo);
      await tx.update(organizations).set(changes).where(eq(organizations.id, ctx.organizationId));
    });
  }
  return readOrganization(ctx);
}

function requireQuietHours(from: string | null, to: string | null) {
  if (from !== null && to === null) throw invalidField('quietTo', 'Enter when the quiet hours end, like 08:00, or leave both empty.', 'required');
  if (from === null && to !== null) throw invalidField('quietFrom', 'Enter when the quiet hours begin, like 21:00, or leave both empty.', 'required');
  if (from !== null && from === to) throw invalidField('quietTo', 'The quiet hours must end at another time than they begin, or nothing could ever be sent.', 'equal');
}
