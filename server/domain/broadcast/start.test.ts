import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createOrganization, createSender } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { lockBroadcast } from './row.ts';
import { startBroadcast } from './start.ts';

const { db } = await testDatabase();

test('answers find their rows by key also in a table that was empty a moment ago', async () => {
  const { id: organizationId } = await createOrganization(db);
  const ctx = createContext(db, organizationId, { kind: 'system', task: 'test' });
  await createSender(db, organizationId);
  await inSystem(db, (tx) => tx.execute(sql`insert into contact (organization_id, phone) select ${organizationId}, '+1' || (2020000000 + i) from generate_series(1, 20000) i`));
  const { id } = await createBroadcast(db, organizationId, { recipientMethod: 'all' });
  await ctx.transaction(async (tx) => {
    const [sender] = await tx.query.senders.findMany({ limit: 1 });
    const [pace] = await tx.query.paces.findMany({ limit: 1 });
    await startBroadcast(tx, ctx, await lockBroadcast(tx, ctx, id), { sender: sender!, pace: pace! });
  });
  const plan = await ctx.transaction((tx) => rows<Record<string, string>>(tx, sql`
    explain update broadcast_delivery d set segments = 1 from json_to_recordset('[]'::json) as i(broadcast_id uuid, seq int)
    where d.broadcast_id = i.broadcast_id and d.seq = i.seq and d.organization_id = ${organizationId}`));
  const text = plan.map((line) => line['QUERY PLAN']).join('\n');
  expect(text).toContain('Index Scan using broadcast_delivery_broadcast_id_seq_pk');
  expect(text).not.toContain('Seq Scan on broadcast_delivery');
});
