import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createOrganization, createSender, twilioSid } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { emptyContent, type TemplateStatus } from '#server/channels/whatsapp/template.ts';
import { createContext } from '#server/context.ts';
import { holdWithoutApproval } from './wait-for-template.ts';

const { db } = await testDatabase();

/** A broadcast on its way whose claim has read that its template is paused, while the template's state is now this. */
async function claimed(status: TemplateStatus) {
  const { id: organizationId } = await createOrganization(db);
  const ctx = createContext(db, organizationId, { kind: 'system', task: 'test' });
  const contentSid = twilioSid('HX');
  await inSystem(db, (tx) => tx.execute(sql`
    with family as (insert into template (organization_id, name) values (${organizationId}, 'order_shipped') returning id)
    insert into template_version (organization_id, template_id, language, number, status, category, content, content_sid)
    select ${organizationId}, id, 'en', 1, ${status}, 'utility', ${JSON.stringify(emptyContent())}::jsonb, ${contentSid} from family`));
  const sender = await createSender(db, organizationId, { channel: 'whatsapp', kind: 'whatsapp', address: 'whatsapp:+14155551234' });
  const broadcast = await createBroadcast(db, organizationId, { channel: 'whatsapp', status: 'sending', senderId: sender.id, paceId: sender.paceId, templateSid: contentSid });
  const template = { contentSid, name: 'order_shipped', language: 'en', status: 'paused' as const, category: 'utility' as const, content: emptyContent(), positions: [], variables: {} };
  const served = await ctx.transaction((tx) => holdWithoutApproval(tx, ctx, [{ templateSid: contentSid, template }]));
  const [row] = await inSystem(db, (tx) => rows<{ status: string; waitsFor: string | null }>(tx, sql`select status, waits_for as "waitsFor" from broadcast where id = ${broadcast.id}`));
  return { served: served.length, ...row! };
}

test('I21: a broadcast whose template is not approved waits for it', async () => {
  expect(await claimed('paused')).toEqual({ served: 0, status: 'paused', waitsFor: 'template' });
});

test('I21: a template that was approved again a moment ago is not waited for: nobody would end that wait', async () => {
  expect(await claimed('approved')).toEqual({ served: 1, status: 'sending', waitsFor: null });
});
