import { eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { twilioAccounts } from '#db/schema/index.ts';
import { open, SealBroken } from '#server/domain/twilio-account/seal.ts';
import { Problem } from '#server/errors.ts';

/** Opened secrets of one organisation. They live in memory only, for as long as the call takes. */
export type TwilioCredentials = {
  accountSid: string;
  /** API key sid, or the account sid when only the auth token is known. */
  username: string;
  password: string;
  /** Signs Twilio's webhooks; null: they cannot be verified. */
  authToken: string | null;
  messagingServiceSid: string | null;
};

/**
 * The organisation's own Twilio account (P15), never another's.
 * @throws Problem twilio_not_configured when none is connected, its keys are incomplete, or they do not open.
 */
export async function openCredentials(tx: Tx, organizationId: string): Promise<TwilioCredentials> {
  const [account] = await tx.select().from(twilioAccounts).where(eq(twilioAccounts.organizationId, organizationId));
  if (!account) throw notConfigured('No Twilio account is connected. Connect one in Settings → Twilio.');
  const { accountSid, apiKeySid, sealedApiKeySecret, sealedAuthToken, messagingServiceSid } = account;
  try {
    const authToken = sealedAuthToken && open(sealedAuthToken, { organizationId, field: 'authToken' });
    const secret = apiKeySid && sealedApiKeySecret && open(sealedApiKeySecret, { organizationId, field: 'apiKeySecret' });
    if (apiKeySid && secret) return { accountSid, username: apiKeySid, password: secret, authToken, messagingServiceSid };
    if (authToken) return { accountSid, username: accountSid, password: authToken, authToken, messagingServiceSid };
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    throw notConfigured(`${error.message} Enter the Twilio keys again in Settings → Twilio, or give ENCRYPTION_KEY its former key back, after the new one.`);
  }
  throw notConfigured('The Twilio account has no API key. Enter an API key SID and its secret in Settings → Twilio.');
}

const notConfigured = (message: string) => new Problem('twilio_not_configured', message);
