import { env } from '#server/env.ts';
import type { InstanceView } from '#server/domain/user/schema.ts';

const demoAccount = { email: 'demo@hailer.test', password: 'hailer-demo' };

/** What a visitor may know about this installation before signing in. */
export function describeInstance(): InstanceView {
  const { SEED_DEMO, TWILIO_BASE_URL } = env();
  return { demoAccount: SEED_DEMO === '1' ? demoAccount : null, isSimulated: TWILIO_BASE_URL !== undefined };
}
