import packageJson from '#package.json' with { type: 'json' };
import type { Context } from '#server/context.ts';
import { assessCallbacks, assessWorker } from '#server/domain/connection/assess.ts';
import { diagnosticsOf } from '#server/domain/connection/diagnostics.ts';
import { readCallbacks } from '#server/domain/connection/read-callbacks.ts';
import type { ConnectionView } from '#server/domain/connection/schema.ts';
import { readHealth } from '#server/domain/operation/read-health.ts';
import { readTwilioAccount } from '#server/domain/twilio-account/read.ts';

/**
 * Every link between this organisation and its recipients' phones: those at Twilio as they were last tested, those in our own house as they are now (a
 * worker that is dead could not write down that it is). Null: nothing is connected.
 */
export async function readLinks(ctx: Context): Promise<ConnectionView | null> {
  const account = await readTwilioAccount(ctx);
  if (!account) return null;
  const now = ctx.now();
  const [callbacks, { checks: installation }] = await Promise.all([readCallbacks(ctx), readHealth(ctx.db, packageJson.version)]);
  const { checkedAt } = account;
  const links = [
    ...(checkedAt ? account.checks.map((check) => ({ ...check, checkedAt })) : []),
    ...[...assessCallbacks(callbacks, now), ...assessWorker(installation, checkedAt, now)].map((check) => ({ ...check, checkedAt: now.toISOString() })),
  ];
  return { links, checkedAt, diagnostics: diagnosticsOf({ version: packageJson.version, accountSid: account.accountSid, isSimulated: account.isSimulated, links, now }) };
}
