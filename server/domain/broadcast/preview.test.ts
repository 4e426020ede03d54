import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addMember, createBroadcast, createContact, createList, createOrganization, createSender } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { previewBroadcast } from './preview.ts';

const { db } = await testDatabase();

test('the estimate names the price of the countries written to, not of the country of the sender', async () => {
  const { id } = await createOrganization(db);
  const ctx = createContext(db, id, { kind: 'system', task: 'test' });
  await createSender(db, id, { address: '+4915112345678' });
  const list = await createList(db, id);
  for (const phone of ['+12025550101', '+12025550102', '+442079460958']) await addMember(db, id, list.id, (await createContact(db, id, { phone })).id);
  const broadcast = await createBroadcast(db, id, { content: 'Hello', senderPhone: '+4915112345678' });
  await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_list values (${id}, ${broadcast.id}, ${list.id}, 0)`));
  const { estimate, segments } = await previewBroadcast(ctx, { id: broadcast.id });
  // 2 × 0.0083 + 0.0463
  expect([segments.total, estimate.amount, estimate.perSegment]).toEqual([3, '0.062900', '0.020966']);
});

test('the check names the placeholders that stay empty, and says when that is so for everybody', async () => {
  const { id } = await createOrganization(db);
  const ctx = createContext(db, id, { kind: 'system', task: 'test' });
  await createSender(db, id);
  const list = await createList(db, id);
  const people = [{ phone: '+12025550101', firstName: 'Ann', fields: { city: 'Rome' } }, { phone: '+12025550102', firstName: 'Bob' }];
  for (const values of people) await addMember(db, id, list.id, (await createContact(db, id, values)).id);
  const detailOf = async (content: string) => {
    const broadcast = await createBroadcast(db, id, { content });
    await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_list values (${id}, ${broadcast.id}, ${list.id}, 0)`));
    return (await previewBroadcast(ctx, { id: broadcast.id })).checks.find(({ name }) => name === 'Placeholders');
  };
  expect(await detailOf('Hi {{firstName}} from {{city}}')).toMatchObject({ status: 'warn', detail: expect.stringMatching(/^For 1 person a placeholder stays empty: \{\{city\}\}\. /) });
  expect(await detailOf('Hi {{fristName}} from {{firstName}}')).toMatchObject({ status: 'warn', detail: expect.stringMatching(/^For all 2 people a placeholder stays empty: \{\{fristName\}\}\. Is its name right\?/) });
  expect(await detailOf('Hi {{firstName}}')).toBeUndefined();
});
