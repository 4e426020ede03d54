import { eq } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import { inSystem, type Db } from '#db/index.ts';
import { twilioAccounts } from '#db/schema/index.ts';
import { open } from '#server/domain/twilio-account/seal.ts';

export type WebhookAccount = { organizationId: string; accountSid: string; authTokens: string[] };

// A changed auth token is known everywhere within this time; callbacks that fail meanwhile are repeated by Twilio (#rc=5&rp=all). Milliseconds.
const cache = new LRUCache<string, WebhookAccount[]>({ max: 5_000, ttl: 5_000, ttlResolution: 0 });

/**
 * The accounts that may have signed a webhook (D2): the organisation named in the URL that we registered, else all that hold the AccountSid. It must
 * agree with AccountSid either way. Without a stored auth token nothing can be verified, so nothing is accepted.
 */
export async function webhookAccounts(db: Db, organizationId: string | null, accountSid: string): Promise<WebhookAccount[]> {
  let known = cache.get(accountSid);
  // Only what was just read is set: setting it at every hit would begin its time anew.
  if (!known) cache.set(accountSid, (known = await readAccounts(db, accountSid)));
  return organizationId ? known.filter((account) => account.organizationId === organizationId) : known;
}

async function readAccounts(db: Db, accountSid: string): Promise<WebhookAccount[]> {
  const found = await inSystem(db, (tx) => tx.select().from(twilioAccounts).where(eq(twilioAccounts.accountSid, accountSid)));
  return found.flatMap(({ organizationId, sealedAuthToken }) => (sealedAuthToken
    ? [{ organizationId, accountSid, authTokens: [open(sealedAuthToken, { organizationId, field: 'authToken' })] }] : []));
}
