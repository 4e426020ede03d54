import * as z from 'zod';
import { memberProcedure, router, userProcedure } from '#server/api/trpc.ts';
import { createOrganization } from '#server/domain/organization/create.ts';
import { listMembers } from '#server/domain/organization/list-members.ts';
import { listMyOrganizations } from '#server/domain/organization/list-mine.ts';
import { readOrganization } from '#server/domain/organization/read.ts';
import { createOrganizationInput, updateOrganizationInput } from '#server/domain/organization/schema.ts';
import { switchOrganization } from '#server/domain/organization/switch.ts';
import { updateOrganization } from '#server/domain/organization/update.ts';
import { database } from '#server/database.ts';

export const organizationRouter = router({
  me: userProcedure.query(({ ctx }) => ctx.session),
  mine: userProcedure.query(({ ctx }) => listMyOrganizations(database(), { userId: ctx.session.userId })),
  create: userProcedure.input(createOrganizationInput).mutation(({ ctx, input }) => createOrganization(database(), ctx.session, input)),
  switch: userProcedure.input(z.object({ organizationId: z.uuid() })).mutation(({ ctx, input }) => switchOrganization(database(), ctx.session, input)),
  read: memberProcedure.query(({ ctx }) => readOrganization(ctx)),
  members: memberProcedure.query(({ ctx }) => listMembers(ctx)),
  update: memberProcedure.input(updateOrganizationInput).mutation(({ ctx, input }) => updateOrganization(ctx, input)),
});
