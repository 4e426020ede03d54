import type { Context } from '#server/context.ts';
import type { OrganizationView, UpdateOrganizationInput } from '#server/domain/organization/schema.ts';

export async function updateOrganization(ctx: Context, input: UpdateOrganizationInput): Promise<OrganizationView> {
  void ctx; void input; throw new Error('updateOrganization: not built yet');
}
