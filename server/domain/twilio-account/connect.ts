import type { Context } from '#server/context.ts';
import type { ConnectTwilioInput, TwilioAccountView } from '#server/domain/twilio-account/schema.ts';

export async function connectTwilio(ctx: Context, input: ConnectTwilioInput): Promise<TwilioAccountView> {
  void ctx; void input; throw new Error('connectTwilio: not built yet');
}
