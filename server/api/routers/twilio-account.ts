import { memberProcedure, router } from '#server/api/trpc.ts';
import { checkTwilio } from '#server/domain/twilio-account/check.ts';
import { connectEvents } from '#server/domain/twilio-account/connect-events.ts';
import { connectTwilio } from '#server/domain/twilio-account/connect.ts';
import { readTwilioAccount } from '#server/domain/twilio-account/read.ts';
import { connectTwilioInput } from '#server/domain/twilio-account/schema.ts';
import { readTwilioSetup } from '#server/domain/twilio-account/setup.ts';
import { listSenders } from '#server/domain/sender/list.ts';
import { setHelpInput } from '#server/domain/sender/schema.ts';
import { setHelp } from '#server/domain/sender/set-help.ts';

export const twilioAccountRouter = router({
  read: memberProcedure.query(({ ctx }) => readTwilioAccount(ctx)),
  setup: memberProcedure.query(() => readTwilioSetup()),
  connect: memberProcedure.input(connectTwilioInput).mutation(({ ctx, input }) => connectTwilio(ctx, input)),
  check: memberProcedure.mutation(({ ctx }) => checkTwilio(ctx)),
  connectEvents: memberProcedure.mutation(({ ctx }) => connectEvents(ctx)),
  senders: memberProcedure.query(({ ctx }) => listSenders(ctx)),
  setHelp: memberProcedure.input(setHelpInput).mutation(({ ctx, input }) => setHelp(ctx, input)),
});
