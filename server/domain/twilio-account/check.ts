import type { Context } from '#server/context.ts';
import type { TwilioAccountView } from '#server/domain/twilio-account/schema.ts';

export async function checkTwilio(ctx: Context): Promise<TwilioAccountView> {
  void ctx; throw new Error('checkTwilio: not built yet');
}
