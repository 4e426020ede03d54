import type { Context } from '#server/context.ts';
import type { OrganizationView } from '#server/domain/organization/schema.ts';

export async function readOrganization(ctx: Context): Promise<OrganizationView> {
  void ctx; throw new Error('readOrganization: not built yet');
}
