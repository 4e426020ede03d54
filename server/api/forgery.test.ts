import { sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';

vi.hoisted(() => Object.assign(process.env, {
  DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'https://hailer.example', TWILIO_BASE_URL: 'http://127.0.0.1:9', LOG_LEVEL: 'silent',
}));

import { createContact, createSender, phoneNumber, twilioSid } from '#db/factories.ts';
import { inSystem, rows, type Db } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { refusedWebhooks } from '#server/domain/operation/refused-webhooks.ts';
import { seal } from '#server/domain/twilio-account/seal.ts';
import { furnish } from './doors.fixture.ts';
import { dice, forge, type Target } from './forgery.fixture.ts';
import { receiveInbound } from './inbound-webhook.ts';
import { receiveTemplateEvents } from './template-webhook.ts';
import { receiveStatusCallback } from './webhook.ts';

const { db } = await testDatabase();
(globalThis as { hailerDatabase?: Db }).hailerDatabase = db;

const doors = { sms: receiveInbound, status: receiveStatusCallback, events: receiveTemplateEvents };
const doorOf = (path: string) => doors[path.split(/[/?]/)[4] as keyof typeof doors]; // the paths are those of the forger

async function aim(): Promise<Target> {
  const { organizationId } = await furnish(db);
  const [accountSid, authToken, person] = [twilioSid('AC'), twilioSid(''), phoneNumber()];
  await createContact(db, organizationId, { phone: person });
  const { address } = await createSender(db, organizationId, { address: phoneNumber() });
  await inSystem(db, (tx) => tx.execute(sql`update twilio_account set account_sid = ${accountSid}, sealed_auth_token = ${seal(authToken, { organizationId, field: 'authToken' })} where organization_id = ${organizationId}`));
  return { publicUrl: 'https://hailer.example', organizationId, accountSid, authToken, sender: address, person };
}

/** All that a webhook could leave behind. */
const kept = () => inSystem(db, (tx) => rows(tx, sql`
  select (select count(*) from chat_message) as messages, (select count(*) from conversation) as conversations, (select count(*) from message_event) as events, (select count(*) from template_event) as decisions,
    (select count(*) from consent_event) as consents, (select count(*) from contact where opted_out) as "optedOut", (select count(*) from kept_opt_out) as kept, (select count(*) from activity) as activities, (select count(*) from graphile_worker._private_jobs) as jobs`));

test('P74: 800 forged and malformed requests at Twilio’s doors are refused and counted, and none leaves a trace', async () => {
  const target = await aim();
  const random = dice(20_260);
  const [before, counted] = [await kept(), refusedWebhooks()];
  const wrong: string[] = [];
  for (let i = 0; i < 800; i++) {
    const { what, path, headers, body } = forge(random, target);
    let status: number | string;
    try { status = (await doorOf(path)(new Request(`http://inside:3000${path}`, { method: 'POST', headers, body }))).status; } catch (error) { status = String(error); }
    if (status !== 403) wrong.push(`${i} ${what}: ${status}`);
  }
  expect(wrong).toEqual([]);
  expect([await kept(), refusedWebhooks() - counted]).toEqual([before, 800]);
});
