import type { Context } from '#server/context.ts';
import type { TwilioAccountView } from '#server/domain/twilio-account/schema.ts';

export async function readTwilioAccount(ctx: Context): Promise<TwilioAccountView | null> {
  void ctx; throw new Error('readTwilioAccount: not built yet');
}
