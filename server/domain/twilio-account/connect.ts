import { eq } from 'drizzle-orm';
import { twilioAccounts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { checkTwilio } from '#server/domain/twilio-account/check.ts';
import { connectTwilioInput, type ConnectTwilioInput, type TwilioAccountView } from '#server/domain/twilio-account/schema.ts';
import { seal } from '#server/domain/twilio-account/seal.ts';
import { invalidField } from '#server/errors.ts';

/**
 * Saves the organisation's Twilio account and checks it at once. What is left out stays as it is, except that the secrets of another account or
 * another key are dropped.
 * @throws Problem forbidden below admin · validation_failed when the keys are incomplete.
 */
export async function connectTwilio(ctx: Context, input: ConnectTwilioInput): Promise<TwilioAccountView> {
  requireRole(ctx, 'admin');
  const { credentials, publicConfig } = connectTwilioInput.parse(input);
  const defaultSenderNumber = publicConfig.defaultSenderNumber && e164(publicConfig.defaultSenderNumber);
  await ctx.transaction(async (tx) => {
    const [stored] = await tx.select().from(twilioAccounts).where(eq(twilioAccounts.organizationId, ctx.organizationId)).for('update');
    const kept = stored?.accountSid === credentials.accountSid ? stored : undefined;
    const values = {
      accountSid: credentials.accountSid,
      ...sealedKeys(ctx.organizationId, credentials, kept),
      messagingServiceSid: publicConfig.messagingServiceSid ?? kept?.messagingServiceSid ?? null,
      defaultSenderNumber: defaultSenderNumber ?? kept?.defaultSenderNumber ?? null,
      eventsDestination: kept?.eventsDestination ?? null,
      status: 'unchecked' as const, checks: [], checkedAt: null, updatedAt: ctx.now(),
    };
    await tx.insert(twilioAccounts).values({ organizationId: ctx.organizationId, ...values })
      .onConflictDoUpdate({ target: twilioAccounts.organizationId, set: values });
  });
  return checkTwilio(ctx);
}

type Keys = { authToken?: string | undefined; apiKeySid?: string | undefined; apiKeySecret?: string | undefined };
type KeptKeys = { apiKeySid: string | null; sealedApiKeySecret: string | null; sealedAuthToken: string | null };

function sealedKeys(organizationId: string, given: Keys, kept: KeptKeys | undefined): KeptKeys {
  const apiKeySid = given.apiKeySid ?? kept?.apiKeySid ?? null;
  const sealedAuthToken = given.authToken ? seal(given.authToken, { organizationId, field: 'authToken' }) : kept?.sealedAuthToken ?? null;
  const sealedApiKeySecret = given.apiKeySecret ? seal(given.apiKeySecret, { organizationId, field: 'apiKeySecret' })
    : apiKeySid === kept?.apiKeySid ? kept?.sealedApiKeySecret ?? null : null;
  if (given.apiKeySecret && !apiKeySid) throw invalidField('credentials.apiKeySid', 'Enter the API key SID that belongs to this secret. It starts with SK.', 'required');
  if (apiKeySid && !sealedApiKeySecret) throw invalidField('credentials.apiKeySecret', 'Enter the secret of this API key. Twilio shows it once, when the key is created.', 'required');
  if (!apiKeySid && !sealedAuthToken) throw invalidField('credentials.apiKeySid', 'Enter an API key SID and its secret, or the auth token.', 'required');
  return { apiKeySid, sealedApiKeySecret, sealedAuthToken };
}

function e164(number: string) {
  const compact = number.replace(/[\s().-]/g, '');
  if (/^\+[1-9]\d{6,14}$/.test(compact)) return compact;
  throw invalidField('publicConfig.defaultSenderNumber', 'Enter the number with its country code, like +14155551234.');
}
