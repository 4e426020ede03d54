import { memberProcedure, router } from '#server/api/trpc.ts';
import { deleteUserView } from '#server/domain/user-view/delete.ts';
import { listUserViews } from '#server/domain/user-view/list.ts';
import { saveUserView } from '#server/domain/user-view/save.ts';
import { listUserViewsInput, saveUserViewInput, userViewInput } from '#server/domain/user-view/schema.ts';

export const userViewRouter = router({
  list: memberProcedure.input(listUserViewsInput).query(({ ctx, input }) => listUserViews(ctx, input)),
  save: memberProcedure.input(saveUserViewInput).mutation(({ ctx, input }) => saveUserView(ctx, input)),
  delete: memberProcedure.input(userViewInput).mutation(({ ctx, input }) => deleteUserView(ctx, input)),
});
