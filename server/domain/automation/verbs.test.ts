import { expect, test } from 'vitest';
import { answering, OURS, wrote } from './automation.fixture.ts';
import { createContact, createList, phoneNumber } from '#db/factories.ts';
import { testDatabase } from '#db/test-database.ts';
import type { Context } from '#server/context.ts';
import { recordOptOuts } from '#server/domain/opt-out/record.ts';
import { addVariant } from './add-variant.ts';
import { createRule } from './create.ts';
import { deleteRule } from './delete.ts';
import { ruleHistory } from './history.ts';
import { listRules } from './list.ts';
import { reorderRules } from './reorder.ts';
import { runRules } from './run.ts';
import type { CreateRuleInput } from './schema.ts';
import { tryRules } from './try.ts';
import { updateRule } from './update.ts';

const { db } = await testDatabase();
const rule = (ctx: Context, name: string, keywords: string[], more: Partial<CreateRuleInput> = {}) => createRule(ctx, { name, keywords, actions: [{ type: 'reply', text: 'Hi {{firstName | default: "there"}}' }], ...more });
const order = async (ctx: Context) => (await listRules(ctx)).map(({ name, priority }) => `${priority} ${name}`);
const said = async (ctx: Context, from: string, body: string) => runRules(ctx, { messageId: await wrote(ctx, from, body) });

test('words are kept as they are compared, each once', async () => {
  const ctx = await answering(db);
  expect(await rule(ctx, 'a', [' Join ', 'JOIN!', 'Sign  up'])).toMatchObject({ keywords: ['join', 'sign up'], hasSecret: false, secret: null, priority: 1, version: 1 });
});

test.each(['stop', 'Stop all', 'END', 'unsubscribe', 'START', 'yes', 'Unstop', 'help', ' INFO! '])('the reserved word %j is refused, and why is said', async (word) => {
  const ctx = await answering(db);
  await expect(rule(ctx, 'a', ['join', word])).rejects.toMatchObject({ code: 'validation_failed', details: [{ field: 'keywords', code: 'reserved' }] });
});

test('each field that does not fit is named', async () => {
  const ctx = await answering(db);
  const actions: CreateRuleInput['actions'] = [{ type: 'reply', text: '{{ broken' }, { type: 'add_to_list', listId: crypto.randomUUID() }, { type: 'webhook', url: 'https://192.168.0.1/' }, { type: 'reply', text: 'Twice' }];
  await expect(rule(ctx, 'a', ['join'], { senders: ['+1999'], actions })).rejects.toMatchObject({ details: [{ field: 'senders' }, { field: 'actions.0.text' }, { field: 'actions.1.listId' }, { field: 'actions.2.url' }, { field: 'actions.3.text' }] });
  expect(await listRules(ctx)).toEqual([]);
});

test('a name is taken once, whatever its case; a change of an older version is a conflict', async () => {
  const ctx = await answering(db);
  const { id } = await rule(ctx, 'Join', ['join']);
  await expect(rule(ctx, 'JOIN', ['other'])).rejects.toMatchObject({ code: 'already_exists' });
  expect(await updateRule(ctx, { id, version: 1, onceHours: 48 })).toMatchObject({ version: 2, onceHours: 48, keywords: ['join'] });
  await expect(updateRule(ctx, { id, version: 1, onceHours: 12 })).rejects.toMatchObject({ code: 'version_conflict', data: { version: 2 } });
});

test('the first webhook brings a secret, shown once', async () => {
  const ctx = await answering(db);
  const { id } = await rule(ctx, 'a', ['join']);
  const { secret } = await updateRule(ctx, { id, actions: [{ type: 'webhook', url: 'https://example.com/' }] });
  expect(secret).toMatch(/^whsec_[0-9a-f]{64}$/);
  const again = await updateRule(ctx, { id, onceHours: 2 });
  expect([again.secret, again.hasSecret, JSON.stringify(await listRules(ctx)).includes(secret!)]).toEqual([null, true, false]);
});

test('rules move, all at once or one to its place; a list that is not complete any more is refused', async () => {
  const ctx = await answering(db);
  const [a, b, c] = [await rule(ctx, 'a', ['a1']), await rule(ctx, 'b', ['b1']), await rule(ctx, 'c', ['c1'])];
  await reorderRules(ctx, { ids: [c.id, a.id, b.id] });
  expect(await order(ctx)).toEqual(['1 c', '2 a', '3 b']);
  await updateRule(ctx, { id: b.id, priority: 1 });
  expect(await order(ctx)).toEqual(['1 b', '2 c', '3 a']);
  await expect(reorderRules(ctx, { ids: [a.id, b.id] })).rejects.toMatchObject({ code: 'version_conflict' });
  await deleteRule(ctx, { id: c.id });
  await expect(reorderRules(ctx, { ids: [a.id, b.id, c.id] })).rejects.toMatchObject({ code: 'not_found' });
  expect(await order(ctx)).toEqual(['1 b', '2 a']);
});

test('the list says what is wrong with a rule', async () => {
  const ctx = await answering(db);
  const first = await rule(ctx, 'All', ['join'], { match: 'contains' });
  await rule(ctx, 'Narrow', ['join us']);
  const [, narrow] = await listRules(ctx);
  expect(narrow!.flags).toEqual([{ kind: 'shadowed', message: 'It can never win: “All” takes its word first.', otherId: first.id, otherName: 'All', isMovable: true }]);
});

test('the try box says which rule would act, why, and what would go out, and leaves no trace', async () => {
  const ctx = await answering(db);
  const [ann, list] = [await createContact(db, ctx.organizationId, { firstName: 'Ann' }), await createList(db, ctx.organizationId, { name: 'Club' })];
  const { id } = await rule(ctx, 'Join', ['join'], { actions: [{ type: 'reply', text: 'Hi {{firstName | default: "there"}}' }, { type: 'add_to_list', listId: list.id }, { type: 'subscribe', consentText: 'I agree to offers.' }] });
  await rule(ctx, 'Late', ['join'], { match: 'starts_with' });
  await rule(ctx, 'Off', ['join'], { isEnabled: false });
  const tried = await tryRules(ctx, { text: ' JOIN! ', sender: OURS, contactId: ann.id });
  expect(tried).toMatchObject({ normalised: 'join', outcome: 'acted', ruleId: id, title: '“Join” wins', effects: [{ type: 'reply', text: 'Hi Ann' }, { description: 'Adds them to the list Club' }, { type: 'subscribe' }] });
  expect(tried.candidates.map(({ verdict, why }) => [verdict, why])).toEqual([
    ['wins', 'The message is ‘JOIN’.'], ['lower_priority', 'The message begins with ‘JOIN’. But “Join” is asked first.'], ['disabled', 'The message is ‘JOIN’. But the rule is off.'],
  ]);
  expect(await tryRules(ctx, { text: 'join' })).toMatchObject({ effects: [{ text: 'Hi there' }, {}, {}] });
  expect((await listRules(ctx))[0]).toMatchObject({ fired: 0, heldBack: 0 });
});

test('the try box predicts what really happens: held back after it acted, and for somebody who opted out', async () => {
  const ctx = await answering(db);
  const [ann, bob] = [await createContact(db, ctx.organizationId), await createContact(db, ctx.organizationId)];
  await rule(ctx, 'Join', ['join']);
  await said(ctx, ann.phone!, 'join');
  await ctx.transaction((tx) => recordOptOuts(tx, ctx, [bob.phone!], 'keyword'));
  expect(await tryRules(ctx, { text: 'join', contactId: ann.id })).toMatchObject({ outcome: 'held_back', why: 'It has acted for them within the last 24 hours.', effects: [] });
  expect(await tryRules(ctx, { text: 'join', contactId: bob.id })).toMatchObject({ outcome: 'held_back', why: 'They opted out: no rule acts for them, and nothing is sent.' });
});

test.each([['STOP', /Twilio answers/], ['yes', /lifts nothing/], ['HELP', /help text|who you are/]])('the try box says who answers %s', async (text, why) => {
  const ctx = await answering(db);
  await rule(ctx, 'All', ['stop it', 'yes please', 'help me'], { match: 'contains' });
  const tried = await tryRules(ctx, { text });
  expect([tried.outcome, tried.ruleId]).toEqual(['reserved', null]);
  expect(tried.why).toMatch(why);
});

test('the history: fired, held back and near misses; a near miss becomes a variant with one press, and counts from then on', async () => {
  const ctx = await answering(db);
  const { id } = await rule(ctx, 'Join', ['join']);
  const phone = phoneNumber();
  for (const [from, text] of [[phone, 'join'], [phone, 'join'], [phoneNumber(), 'Jion'], [phoneNumber(), 'JION!'], [phoneNumber(), 'joim']] as const) await said(ctx, from, text);
  expect((await listRules(ctx))[0]).toMatchObject({ fired: 1, heldBack: 1, nearMisses: 3 });
  const history = await ruleHistory(ctx, { id });
  expect(history.nearMisses.map(({ word, keyword, times }) => [word, keyword, times])).toEqual([['jion', 'join', 2], ['joim', 'join', 1]]);
  expect(history.runs).toMatchObject({ total: 5 });
  expect(history.runs.data.find(({ outcome }) => outcome === 'held_back')!.reason).toBe('It has acted for them within the last 24 hours.');
  expect((await addVariant(ctx, { id, word: 'jion' })).keywords).toEqual(['join', 'jion']);
  expect((await ruleHistory(ctx, { id })).nearMisses.map(({ word }) => word)).toEqual(['joim']);
  expect(await tryRules(ctx, { text: 'Jion' })).toMatchObject({ outcome: 'acted', ruleId: id });
});
