import { memberProcedure, router } from '#server/api/trpc.ts';
import { budgetState } from '#server/domain/broadcast/budget-state.ts';
import { broadcastCalendar } from '#server/domain/broadcast/calendar.ts';
import { cancelBroadcast } from '#server/domain/broadcast/cancel.ts';
import { checkBalance } from '#server/domain/broadcast/check-balance.ts';
import { createBroadcast } from '#server/domain/broadcast/create.ts';
import { decideApproval } from '#server/domain/broadcast/decide-approval.ts';
import { deleteBroadcast } from '#server/domain/broadcast/delete.ts';
import { listDepartures } from '#server/domain/broadcast/departures.ts';
import { duplicateBroadcast } from '#server/domain/broadcast/duplicate.ts';
import { listApprovals } from '#server/domain/broadcast/list-approvals.ts';
import { listBroadcasts } from '#server/domain/broadcast/list.ts';
import { listChoices } from '#server/domain/broadcast/list-choices.ts';
import { listVersions } from '#server/domain/broadcast/list-versions.ts';
import { nameVersion } from '#server/domain/broadcast/name-version.ts';
import { pauseBroadcast } from '#server/domain/broadcast/pause.ts';
import { previewTest } from '#server/domain/broadcast/preview-test.ts';
import { previewBroadcast } from '#server/domain/broadcast/preview.ts';
import { broadcastProgress } from '#server/domain/broadcast/progress.ts';
import { readBroadcast } from '#server/domain/broadcast/read.ts';
import { readVersion } from '#server/domain/broadcast/read-version.ts';
import { releaseBroadcast } from '#server/domain/broadcast/release.ts';
import { removeFailed } from '#server/domain/broadcast/remove-failed.ts';
import { reportBroadcast } from '#server/domain/broadcast/report.ts';
import { requestApproval } from '#server/domain/broadcast/request-approval.ts';
import { restoreVersion } from '#server/domain/broadcast/restore-version.ts';
import { resumeBroadcast } from '#server/domain/broadcast/resume.ts';
import { retryFailed } from '#server/domain/broadcast/retry-failed.ts';
import { broadcastFilters, broadcastInput, calendarInput, createBroadcastInput, listBroadcastsInput, resumeBroadcastInput, retryFailedInput, sendBroadcastInput, updateBroadcastInput } from '#server/domain/broadcast/schema.ts';
import { budgetStateInput, setBudgetInput } from '#server/domain/budget/schema.ts';
import { checkBalanceInput, decideApprovalInput, nameVersionInput, previewTestInput, testSendInput, versionInput } from '#server/domain/review/schema.ts';
import { sendBroadcast } from '#server/domain/broadcast/send.ts';
import { setBudget } from '#server/domain/broadcast/set-budget.ts';
import { testSend } from '#server/domain/broadcast/test-send.ts';
import { updateBroadcast } from '#server/domain/broadcast/update.ts';
import { watchBroadcast } from '#server/domain/broadcast/watch.ts';
import { departuresInput } from '#server/domain/time-zone/schema.ts';

export const broadcastRouter = router({
  list: memberProcedure.input(listBroadcastsInput).query(({ ctx, input }) => listBroadcasts(ctx, input)),
  listChoices: memberProcedure.input(broadcastFilters).query(({ ctx, input }) => listChoices(ctx, input)),
  calendar: memberProcedure.input(calendarInput).query(({ ctx, input }) => broadcastCalendar(ctx, input)),
  read: memberProcedure.input(broadcastInput).query(({ ctx, input }) => readBroadcast(ctx, input)),
  create: memberProcedure.input(createBroadcastInput).mutation(({ ctx, input }) => createBroadcast(ctx, input)),
  update: memberProcedure.input(updateBroadcastInput).mutation(({ ctx, input }) => updateBroadcast(ctx, input)),
  delete: memberProcedure.input(broadcastInput).mutation(({ ctx, input }) => deleteBroadcast(ctx, input)),
  duplicate: memberProcedure.input(broadcastInput).mutation(({ ctx, input }) => duplicateBroadcast(ctx, input)),
  preview: memberProcedure.input(broadcastInput).query(({ ctx, input }) => previewBroadcast(ctx, input)),
  departures: memberProcedure.input(departuresInput).query(({ ctx, input }) => listDepartures(ctx, input)),
  send: memberProcedure.input(sendBroadcastInput).mutation(({ ctx, input }) => sendBroadcast(ctx, input)),
  pause: memberProcedure.input(broadcastInput).mutation(({ ctx, input }) => pauseBroadcast(ctx, input)),
  resume: memberProcedure.input(resumeBroadcastInput).mutation(({ ctx, input }) => resumeBroadcast(ctx, input)),
  release: memberProcedure.input(broadcastInput).mutation(({ ctx, input }) => releaseBroadcast(ctx, input)),
  cancel: memberProcedure.input(broadcastInput).mutation(({ ctx, input }) => cancelBroadcast(ctx, input)),
  setBudget: memberProcedure.input(setBudgetInput).mutation(({ ctx, input }) => setBudget(ctx, input)),
  budgetState: memberProcedure.input(budgetStateInput).query(({ ctx, input }) => budgetState(ctx, input)),
  removeFailed: memberProcedure.input(retryFailedInput).mutation(({ ctx, input }) => removeFailed(ctx, input)),
  retryFailed: memberProcedure.input(retryFailedInput).mutation(({ ctx, input }) => retryFailed(ctx, input)),
  report: memberProcedure.input(broadcastInput).query(({ ctx, input }) => reportBroadcast(ctx, input)),
  progress: memberProcedure.input(broadcastInput).query(({ ctx, input }) => broadcastProgress(ctx, input)),
  /** Server-sent events: a new snapshot whenever a number changed. */
  watch: memberProcedure.input(broadcastInput).subscription(({ ctx, input, signal }) => watchBroadcast(ctx, input, signal)),
  checkBalance: memberProcedure.input(checkBalanceInput).query(({ ctx, input }) => checkBalance(ctx, input)),
  previewTest: memberProcedure.input(previewTestInput).query(({ ctx, input }) => previewTest(ctx, input)),
  testSend: memberProcedure.input(testSendInput).mutation(({ ctx, input }) => testSend(ctx, input)),
  versions: memberProcedure.input(broadcastInput).query(({ ctx, input }) => listVersions(ctx, input)),
  readVersion: memberProcedure.input(versionInput).query(({ ctx, input }) => readVersion(ctx, input)),
  nameVersion: memberProcedure.input(nameVersionInput).mutation(({ ctx, input }) => nameVersion(ctx, input)),
  restoreVersion: memberProcedure.input(versionInput).mutation(({ ctx, input }) => restoreVersion(ctx, input)),
  approvals: memberProcedure.query(({ ctx }) => listApprovals(ctx)),
  requestApproval: memberProcedure.input(broadcastInput).mutation(({ ctx, input }) => requestApproval(ctx, input)),
  decideApproval: memberProcedure.input(decideApprovalInput).mutation(({ ctx, input }) => decideApproval(ctx, input)),
});
