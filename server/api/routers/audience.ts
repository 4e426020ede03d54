import { memberProcedure, router } from '#server/api/trpc.ts';
import { addMembers } from '#server/domain/audience/add-members.ts';
import { createList } from '#server/domain/audience/create-list.ts';
import { deleteList } from '#server/domain/audience/delete-list.ts';
import { listLists } from '#server/domain/audience/list-lists.ts';
import { listMembersOf } from '#server/domain/audience/list-members.ts';
import { readList } from '#server/domain/audience/read-list.ts';
import { readNumbers } from '#server/domain/audience/read-numbers.ts';
import { removeMembers } from '#server/domain/audience/remove-members.ts';
import { addMembersInput, createListInput, listInput, listMembersInput, readNumbersInput, removeMembersInput, updateListInput } from '#server/domain/audience/schema.ts';
import { updateList } from '#server/domain/audience/update-list.ts';

export const audienceRouter = router({
  lists: memberProcedure.query(({ ctx }) => listLists(ctx)),
  readList: memberProcedure.input(listInput).query(({ ctx, input }) => readList(ctx, input)),
  members: memberProcedure.input(listMembersInput).query(({ ctx, input }) => listMembersOf(ctx, input)),
  createList: memberProcedure.input(createListInput).mutation(({ ctx, input }) => createList(ctx, input)),
  updateList: memberProcedure.input(updateListInput).mutation(({ ctx, input }) => updateList(ctx, input)),
  deleteList: memberProcedure.input(listInput).mutation(({ ctx, input }) => deleteList(ctx, input)),
  addMembers: memberProcedure.input(addMembersInput).mutation(({ ctx, input }) => addMembers(ctx, input)),
  removeMembers: memberProcedure.input(removeMembersInput).mutation(({ ctx, input }) => removeMembers(ctx, input)),
  readNumbers: memberProcedure.input(readNumbersInput).mutation(({ ctx, input }) => readNumbers(ctx, input)),
});
