import { publicProcedure, router, userProcedure } from '#server/api/trpc.ts';
import { currentVisit } from '#server/auth.ts';
import { describeInstance } from '#server/domain/user/describe-instance.ts';
import { listSessions } from '#server/domain/user/list-sessions.ts';
import { revokeOtherSessions } from '#server/domain/user/revoke-session.ts';
import { signUpInput } from '#server/domain/user/schema.ts';
import { signUp } from '#server/domain/user/sign-up.ts';

/** Signing in and out goes through next-auth (server/api/next-auth.ts), because it sets cookies. */
export const userRouter = router({
  instance: publicProcedure.query(() => describeInstance()),
  signUp: publicProcedure.input(signUpInput).mutation(async ({ input }) => signUp(await currentVisit(), input)),
  sessions: userProcedure.query(async ({ ctx }) => listSessions(await currentVisit(), ctx.session)),
  signOutElsewhere: userProcedure.mutation(async ({ ctx }) => revokeOtherSessions(await currentVisit(), ctx.session)),
});
