import { memberProcedure, router } from '#server/api/trpc.ts';
import { addMembers } from '#server/domain/audience/add-members.ts';
import { audienceChange, changePeople } from '#server/domain/audience/change.ts';
import { countFilter } from '#server/domain/audience/count-filter.ts';
import { createFilter } from '#server/domain/audience/create-filter.ts';
import { createList } from '#server/domain/audience/create-list.ts';
import { deleteFilter } from '#server/domain/audience/delete-filter.ts';
import { deleteList } from '#server/domain/audience/delete-list.ts';
import { listChange } from '#server/domain/audience/list-change.ts';
import { listFilters } from '#server/domain/audience/list-filters.ts';
import { listLists } from '#server/domain/audience/list-lists.ts';
import { listMembersOf } from '#server/domain/audience/list-members.ts';
import { readFilter } from '#server/domain/audience/read-filter.ts';
import { readList } from '#server/domain/audience/read-list.ts';
import { readNumbers } from '#server/domain/audience/read-numbers.ts';
import { removeMembers } from '#server/domain/audience/remove-members.ts';
import { saveAsList } from '#server/domain/audience/save-as-list.ts';
import {
  addMembersInput, audienceChangeInput, changePeopleInput, countFilterInput, createFilterInput, createListInput, filterInput, listInput,
  listMembersInput, readNumbersInput, removeMembersInput, saveAsListInput, tagContactsInput, updateFilterInput, updateListInput, waterfallInput, waterfallPeopleInput,
} from '#server/domain/audience/schema.ts';
import { tagContacts } from '#server/domain/audience/tag-contacts.ts';
import { updateFilter } from '#server/domain/audience/update-filter.ts';
import { updateList } from '#server/domain/audience/update-list.ts';
import { audienceVocabulary } from '#server/domain/audience/vocabulary.ts';
import { waterfallPeople } from '#server/domain/audience/waterfall-people.ts';
import { readWaterfall } from '#server/domain/audience/waterfall.ts';

export const audienceRouter = router({
  lists: memberProcedure.query(({ ctx }) => listLists(ctx)),
  readList: memberProcedure.input(listInput).query(({ ctx, input }) => readList(ctx, input)),
  listChange: memberProcedure.input(listInput).query(({ ctx, input }) => listChange(ctx, input)),
  members: memberProcedure.input(listMembersInput).query(({ ctx, input }) => listMembersOf(ctx, input)),
  createList: memberProcedure.input(createListInput).mutation(({ ctx, input }) => createList(ctx, input)),
  saveAsList: memberProcedure.input(saveAsListInput).mutation(({ ctx, input }) => saveAsList(ctx, input)),
  updateList: memberProcedure.input(updateListInput).mutation(({ ctx, input }) => updateList(ctx, input)),
  deleteList: memberProcedure.input(listInput).mutation(({ ctx, input }) => deleteList(ctx, input)),
  addMembers: memberProcedure.input(addMembersInput).mutation(({ ctx, input }) => addMembers(ctx, input)),
  removeMembers: memberProcedure.input(removeMembersInput).mutation(({ ctx, input }) => removeMembers(ctx, input)),
  readNumbers: memberProcedure.input(readNumbersInput).mutation(({ ctx, input }) => readNumbers(ctx, input)),
  filters: memberProcedure.query(({ ctx }) => listFilters(ctx)),
  readFilter: memberProcedure.input(filterInput).query(({ ctx, input }) => readFilter(ctx, input)),
  countFilter: memberProcedure.input(countFilterInput).query(({ ctx, input }) => countFilter(ctx, input)),
  createFilter: memberProcedure.input(createFilterInput).mutation(({ ctx, input }) => createFilter(ctx, input)),
  updateFilter: memberProcedure.input(updateFilterInput).mutation(({ ctx, input }) => updateFilter(ctx, input)),
  deleteFilter: memberProcedure.input(filterInput).mutation(({ ctx, input }) => deleteFilter(ctx, input)),
  vocabulary: memberProcedure.query(({ ctx }) => audienceVocabulary(ctx)),
  tagContacts: memberProcedure.input(tagContactsInput).mutation(({ ctx, input }) => tagContacts(ctx, input)),
  waterfall: memberProcedure.input(waterfallInput).query(({ ctx, input }) => readWaterfall(ctx, input)),
  waterfallPeople: memberProcedure.input(waterfallPeopleInput).query(({ ctx, input }) => waterfallPeople(ctx, input)),
  change: memberProcedure.input(audienceChangeInput).query(({ ctx, input }) => audienceChange(ctx, input)),
  changePeople: memberProcedure.input(changePeopleInput).query(({ ctx, input }) => changePeople(ctx, input)),
});
