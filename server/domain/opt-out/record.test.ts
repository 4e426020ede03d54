import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createContact, createOrganization } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { recordOptOuts } from '#server/domain/opt-out/record.ts';

const { db } = await testDatabase();

/** Somebody who was handed a message so many hours ago. */
async function reached(hoursAgo: number) {
  const { id: organizationId } = await createOrganization(db);
  const ctx = createContext(db, organizationId, { kind: 'system', task: 'test' });
  const contact = await createContact(db, organizationId);
  const { id } = await createBroadcast(db, organizationId, { status: 'sent', total: 1, lastSeq: 1 });
  await inSystem(db, async (tx) => {
    await tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient, contact_id) values (${organizationId}, ${id}, 1, ${contact.phone}, ${contact.id})`);
    await tx.execute(sql`update broadcast_delivery set status = 'sent', provider_message_id = 'SM1', handed_at = now() - make_interval(hours => ${hoursAgo}) where broadcast_id = ${id}`);
  });
  return { ctx, contact, id };
}

const responsesOf = (ctx: Context) => inSystem(db, (tx) => rows<{ broadcast_id: string; contact_id: string; kind: string }>(tx, sql`
  select broadcast_id, contact_id, kind from broadcast_response where organization_id = ${ctx.organizationId}`));

test('P38: an opt-out by keyword counts once for the broadcast of the last message', async () => {
  const { ctx, contact, id } = await reached(71);
  for (let i = 0; i < 2; i++) await ctx.transaction((tx) => recordOptOuts(tx, ctx, [contact.phone!], { source: 'keyword' }));
  expect(await responsesOf(ctx)).toEqual([{ broadcast_id: id, contact_id: contact.id, kind: 'opt_out' }]);
});

test.each([['a keyword three days later', 73, 'keyword'], ['Twilio’s own refusal', 1, 'provider'], ['a colleague’s hand', 1, 'staff']] as const)('%s is nobody’s answer to a broadcast, but the person is opted out', async (_, hours, source) => {
  const { ctx, contact } = await reached(hours);
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, [contact.phone!], { source }));
  expect(await responsesOf(ctx)).toEqual([]);
  expect(await inSystem(db, (tx) => rows(tx, sql`select opted_out from contact where id = ${contact.id}`))).toEqual([{ opted_out: true }]);
});
