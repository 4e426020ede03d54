import { and, eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { answering, answersOf, contactOf, OURS, runsOf, wrote } from './automation.fixture.ts';
import { createContact, createList, phoneNumber } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import * as t from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import type { Context } from '#server/context.ts';
import { recordOptOuts } from '#server/domain/opt-out/record.ts';
import { sweep } from '#server/domain/operation/sweep.ts';
import { createRule } from './create.ts';
import { MOST_ANSWERS } from './decide.ts';
import { runRules } from './run.ts';
import type { CreateRuleInput, RuleAction } from './schema.ts';

const { db } = await testDatabase();

let names = 0;
const rule = (ctx: Context, keywords: string[], actions: RuleAction[], more: Partial<CreateRuleInput> = {}) => createRule(ctx, { name: `Rule ${names++}`, keywords, actions, ...more });
const said = async (ctx: Context, from: string, body: string, options?: Parameters<typeof wrote>[3]) => { const messageId = await wrote(ctx, from, body, options); await runRules(ctx, { messageId }); return messageId; };
const jobsOf = (ctx: Context, name: string) => inSystem(db, (tx) => rows<{ payload: Record<string, string> }>(tx, sql`
  select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = ${name} and j.payload ->> 'organizationId' = ${ctx.organizationId}`));
const consentOf = (ctx: Context) => inSystem(db, (tx) => tx.select().from(t.consentEvents).where(eq(t.consentEvents.organizationId, ctx.organizationId)));
const listMembersOf = (ctx: Context, listId: string) => inSystem(db, (tx) => tx.select().from(t.listMembers).where(and(eq(t.listMembers.organizationId, ctx.organizationId), eq(t.listMembers.listId, listId))));

test('P78: a rule answers by the one way of sending, with what it knows of the contact, and nothing of the answer is taken for a placeholder twice', async () => {
  const ctx = await answering(db);
  const ann = await createContact(db, ctx.organizationId, { firstName: '{{phone}} Ann' });
  const { id: ruleId } = await rule(ctx, ['hours'], [{ type: 'reply', text: 'Hi {{firstName}}, 9 to 5 {{ "{{x}}" }}' }]);
  await said(ctx, ann.phone!, 'Hours?');
  const [answer] = await answersOf(ctx);
  expect(answer).toMatchObject({ body: 'Hi {{phone}} Ann, 9 to 5 {{x}}', ruleId, authorId: null });
  const [broadcast] = await inSystem(db, (tx) => tx.select().from(t.broadcasts).where(eq(t.broadcasts.id, answer!.broadcastId!)));
  expect(broadcast).toMatchObject({ purpose: 'reply', status: 'sending', total: 1 });
  expect(await runsOf(ctx)).toMatchObject([{ outcome: 'acted', keyword: 'hours', recipient: ann.phone, results: [{ type: 'reply', isDone: true, reason: null }] }]);
  expect(await jobsOf(ctx, 'dispatch-sender')).not.toEqual([]);
});

test('P78: exactly once per message, however often and at once the job runs', async () => {
  const ctx = await answering(db);
  const phone = phoneNumber();
  await rule(ctx, ['hours'], [{ type: 'reply', text: '9 to 5' }]);
  const messageId = await wrote(ctx, phone, 'hours');
  await Promise.all(Array.from({ length: 6 }, () => runRules(ctx, { messageId })));
  await runRules(ctx, { messageId });
  expect([(await answersOf(ctx)).length, (await runsOf(ctx)).length]).toEqual([1, 1]);
});

test('once per person within its hours holds for messages that are looked at at once, on two of our numbers and in two channels', async () => {
  const ctx = await answering(db);
  const phone = phoneNumber();
  await rule(ctx, ['hours'], [{ type: 'notify', text: 'Somebody asks' }]);
  const messages = [await wrote(ctx, phone, 'hours'), await wrote(ctx, phone, 'hours', { to: '+14155559999' }), await wrote(ctx, `whatsapp:${phone}`, 'hours', { to: 'whatsapp:+14155551234' })];
  await Promise.all(messages.map((messageId) => runRules(ctx, { messageId })));
  expect((await runsOf(ctx)).map(({ outcome, reason }) => [outcome, reason]).toSorted()).toEqual([['acted', null], ['held_back', 'within_hours'], ['held_back', 'within_hours']]);
  expect(await jobsOf(ctx, 'push-notice')).toHaveLength(1);
});

test('JOIN: a stranger becomes a contact with the words they agreed to, a tag, a list and an answer; the ledger has the proof', async () => {
  const ctx = await answering(db);
  const [phone, list] = [phoneNumber(), await createList(db, ctx.organizationId)];
  const consentText = 'I agree to get offers of Acme by text.';
  const { id: ruleId } = await rule(ctx, ['join'], [{ type: 'reply', text: 'Welcome!' }, { type: 'add_tag', tag: 'club' }, { type: 'add_to_list', listId: list.id }, { type: 'subscribe', consentText }]);
  await said(ctx, phone, ' join. ');
  expect(await contactOf(ctx, phone)).toMatchObject({ tags: ['club'], consentSource: consentText, optedOut: false });
  expect(await listMembersOf(ctx, list.id)).toHaveLength(1);
  expect(await consentOf(ctx)).toMatchObject([{ kind: 'opt_in', phone, source: 'keyword', evidence: { ruleId, consentText } }]);
  expect((await runsOf(ctx))[0]!.results.every(({ isDone }) => isDone)).toBe(true);
  expect((await answersOf(ctx)).map(({ body }) => body)).toEqual(['Welcome!']);
});

test.each(['organization', 'sender'] as const)('P40: somebody who opted out (%s) gets nothing, and no rule lifts it', async (scope) => {
  const ctx = await answering(db);
  const contact = await createContact(db, ctx.organizationId);
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, [contact.phone!], { source: 'keyword', scope, sender: OURS }));
  await rule(ctx, ['join'], [{ type: 'subscribe', consentText: 'I agree to get offers.' }, { type: 'reply', text: 'Welcome!' }, { type: 'add_tag', tag: 'club' }, { type: 'webhook', url: 'https://example.com/hook' }, { type: 'notify', text: 'x' }]);
  await said(ctx, contact.phone!, 'join');
  expect(await runsOf(ctx)).toMatchObject([{ outcome: 'held_back', reason: 'opted_out', results: [] }]);
  expect([await answersOf(ctx), await jobsOf(ctx, 'push-notice'), await jobsOf(ctx, 'call-rule-webhooks')]).toEqual([[], [], []]);
  expect(await contactOf(ctx, contact.phone!)).toMatchObject({ tags: [], optedOut: scope === 'organization' });
  expect((await consentOf(ctx)).map(({ kind }) => kind)).toEqual(['opt_out']);
});

test('JOIN from a number that its contact has no more is the word of whoever wrote it, not of the contact', async () => {
  const ctx = await answering(db);
  const [phone, now] = [phoneNumber(), phoneNumber()];
  const moved = await createContact(db, ctx.organizationId, { phone, consentSource: null });
  await said(ctx, phone, 'hello');
  await inSystem(db, (tx) => tx.execute(sql`update contact set phone = ${now} where id = ${moved.id}`));
  await rule(ctx, ['join'], [{ type: 'subscribe', consentText: 'I agree to get offers.' }, { type: 'add_tag', tag: 'club' }]);
  await said(ctx, phone, 'join');
  expect(await contactOf(ctx, now)).toMatchObject({ tags: [], consentSource: null });
  expect(await contactOf(ctx, phone)).toMatchObject({ tags: ['club'], consentSource: 'I agree to get offers.' });
  expect((await consentOf(ctx)).map(({ phone: of }) => of)).toEqual([phone]);
});

test('P40: a stranger who opted out becomes no contact by a keyword', async () => {
  const ctx = await answering(db);
  const phone = phoneNumber();
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, [phone], 'keyword'));
  await rule(ctx, ['join'], [{ type: 'subscribe', consentText: 'I agree to get offers.' }]);
  await said(ctx, phone, 'join');
  expect([await contactOf(ctx, phone), (await runsOf(ctx))[0]?.reason]).toEqual([undefined, 'opted_out']);
});

test('an action that cannot be done leaves its reason and nothing else; the others go on', async () => {
  const ctx = await answering(db);
  const [phone, list] = [phoneNumber(), await createList(db, ctx.organizationId)];
  await rule(ctx, ['join'], [{ type: 'add_tag', tag: 'club' }, { type: 'reply', text: '{{firstName}}' }, { type: 'add_to_list', listId: list.id }, { type: 'notify', text: 'Call them' }]);
  await said(ctx, phone, 'join');
  expect((await runsOf(ctx))[0]!.results).toEqual([
    { type: 'add_tag', isDone: false, reason: 'They are no contact of yours. A rule that records consent makes them one.' }, { type: 'reply', isDone: false, reason: 'The answer is empty for them: all of its placeholders are.' },
    { type: 'add_to_list', isDone: false, reason: 'They are no contact of yours. A rule that records consent makes them one.' }, { type: 'notify', isDone: true, reason: null },
  ]);
});

test('a sender that is gone, and a window that is closed, are reasons of one action', async () => {
  const ctx = await answering(db);
  const phone = phoneNumber();
  await rule(ctx, ['join'], [{ type: 'reply', text: 'Welcome!' }, { type: 'notify', text: 'Call them' }]);
  await said(ctx, phone, 'join', { to: '+14155559999' });
  const [run] = await runsOf(ctx);
  expect(run!.results.map(({ isDone }) => isDone)).toEqual([false, true]);
  expect(run!.results[0]!.reason).toMatch(/sender|number/i);
  expect(await answersOf(ctx)).toEqual([]);
});

test('a message that waited half a day is not answered by machine any more, but what it asks for is done', async () => {
  const ctx = await answering(db);
  await rule(ctx, ['join'], [{ type: 'reply', text: 'Welcome!' }, { type: 'subscribe', consentText: 'I agree to get offers.' }]);
  await said(ctx, phoneNumber(), 'join', { createdAt: new Date(Date.now() - 13 * 3_600_000) });
  expect((await runsOf(ctx))[0]!.results.map(({ type, isDone }) => [type, isDone])).toEqual([['subscribe', true], ['reply', false]]);
});

test('two machines that answer each other come to rest, whatever rules they meet', async () => {
  const ctx = await answering(db);
  const phone = phoneNumber();
  for (let n = 0; n < MOST_ANSWERS + 3; n++) await rule(ctx, [`word${n}`], [{ type: 'reply', text: `word${n + 1}` }], { match: 'contains' });
  await said(ctx, phone, 'word0');
  for (let n = 0; n < MOST_ANSWERS + 3; n++) {
    const last = (await answersOf(ctx)).at(-1)!;
    await said(ctx, phone, last.body); // an echo of what we wrote
  }
  expect((await answersOf(ctx)).length).toBe(MOST_ANSWERS);
  expect((await runsOf(ctx)).at(-1)).toMatchObject({ outcome: 'held_back', reason: 'too_many_answers' });
});

test('nothing that we wrote, and no note, is ever looked at', async () => {
  const ctx = await answering(db);
  await rule(ctx, ['hours'], [{ type: 'reply', text: 'Ask for hours: hours' }], { match: 'contains' });
  await said(ctx, phoneNumber(), 'hours');
  const [answer] = await answersOf(ctx);
  await runRules(ctx, { messageId: answer!.id });
  expect([(await answersOf(ctx)).length, (await runsOf(ctx)).length]).toEqual([1, 1]);
});

test('a word one letter off is noted for the rule, and nothing is done', async () => {
  const ctx = await answering(db);
  const { id: ruleId } = await rule(ctx, ['join'], [{ type: 'reply', text: 'Welcome!' }]);
  await said(ctx, phoneNumber(), 'Jion');
  expect([await runsOf(ctx), await answersOf(ctx)]).toMatchObject([[{ ruleId, outcome: 'near_miss', keyword: 'join' }], []]);
});

test('a message whose job was lost is found by the sweep; one of a day ago is left alone', async () => {
  const ctx = await answering(db);
  const [late] = [await wrote(ctx, phoneNumber(), 'join', { createdAt: new Date(Date.now() - 60_000) }), await wrote(ctx, phoneNumber(), 'join', { createdAt: new Date(Date.now() - 90_000_000) }), await wrote(ctx, phoneNumber(), 'join')];
  await sweep(db);
  await sweep(db);
  expect((await jobsOf(ctx, 'run-rules')).map(({ payload }) => payload.messageId)).toEqual([late]);
});
