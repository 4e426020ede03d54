import { memberProcedure, router } from '#server/api/trpc.ts';
import { readLinks } from '#server/domain/connection/read.ts';
import { takeReplies } from '#server/domain/twilio-account/take-replies.ts';

export const connectionRouter = router({
  read: memberProcedure.query(({ ctx }) => readLinks(ctx)),
  takeReplies: memberProcedure.mutation(({ ctx }) => takeReplies(ctx)),
});
