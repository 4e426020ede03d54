import { afterEach, expect, test, vi } from 'vitest';

vi.hoisted(() => Object.assign(process.env, { DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), LOG_LEVEL: 'silent' }));

import { createOrganization, twilioSid } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { twilioAccounts } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { seal } from '#server/domain/twilio-account/seal.ts';
import { webhookAccounts } from '#server/domain/twilio-account/webhook-tokens.ts';

const { db } = await testDatabase();
afterEach(() => { vi.restoreAllMocks(); });

async function connected() {
  const { id: organizationId } = await createOrganization(db);
  const accountSid = twilioSid('AC');
  const setToken = (token: string) => {
    const sealedAuthToken = seal(token, { organizationId, field: 'authToken' });
    return inSystem(db, (tx) => tx.insert(twilioAccounts).values({ organizationId, accountSid, sealedAuthToken }).onConflictDoUpdate({ target: twilioAccounts.organizationId, set: { sealedAuthToken } }));
  };
  const tokens = async () => (await webhookAccounts(db, organizationId, accountSid)).flatMap(({ authTokens }) => authTokens);
  return { setToken, tokens };
}

test('P74: a changed auth token is known within 5 s, also while webhooks come all the time', async () => {
  const { setToken, tokens } = await connected();
  let now = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  await setToken('a'.repeat(32));
  expect(await tokens()).toEqual(['a'.repeat(32)]);
  await setToken('b'.repeat(32));
  const seen: string[] = [];
  for (let i = 0; i < 6; i++) {
    now += 1_000;
    seen.push(...await tokens());
  }
  expect(seen.at(0)).toBe('a'.repeat(32));
  expect(seen.at(-1)).toBe('b'.repeat(32));
});
