import { beforeEach, expect, test, vi } from 'vitest';

/** What becomes of the next calls to Twilio: lost before it got there, answered but the answer lost, or the process dies with it. */
const faults = vi.hoisted(() => ({ create: '', approval: '', remove: '', listings: 0 }));
vi.mock('#server/twilio/content.ts', async (original) => {
  const real = await original<typeof import('#server/twilio/content.ts')>();
  const lost = { ok: false as const, status: null, code: null, message: 'no answer' };
  const through = async <T>(fault: keyof typeof faults, call: () => Promise<T>) => {
    const kind = faults[fault];
    if (kind === 'before') return lost;
    const answer = await call();
    return kind === 'after' ? lost : answer;
  };
  return {
    ...real,
    createContent: (...given: Parameters<typeof real.createContent>) => through('create', () => real.createContent(...given)),
    submitApproval: (...given: Parameters<typeof real.submitApproval>) => through('approval', () => real.submitApproval(...given)),
    deleteContent: (...given: Parameters<typeof real.deleteContent>) => through('remove', () => real.deleteContent(...given)),
    listContents: (...given: Parameters<typeof real.listContents>) => { faults.listings += 1; return real.listContents(...given); },
  };
});

import { createBroadcast } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { sql } from 'drizzle-orm';
import type { Context } from '#server/context.ts';
import { checkTemplates } from '#server/domain/template/check.ts';
import { createTemplate } from '#server/domain/template/create.ts';
import { deleteTemplate } from '#server/domain/template/delete.ts';
import { readTemplate, readVersion } from '#server/domain/template/read.ts';
import { refreshTemplate } from '#server/domain/template/refresh.ts';
import type { VersionView } from '#server/domain/template/schema.ts';
import { submitTemplate } from '#server/domain/template/submit.ts';
import { later, templateHouse } from '#server/domain/template/template.fixture.ts';
import { updateTemplate } from '#server/domain/template/update.ts';
import { watchTemplates } from '#server/domain/template/watch.ts';

const { db, organization, advance, decide, contentsOf } = await templateHouse();
beforeEach(() => { Object.assign(faults, { create: '', approval: '', remove: '', listings: 0 }); });

const shipped = (name = 'order_shipped') => ({
  name, category: 'utility' as const, content: { type: 'text' as const, body: 'Hi {{firstName}}, your order {{order.trackingNumber}} has left our house and will be with you soon.' },
  variables: { firstName: { sample: 'Ann', fallback: 'there' }, 'order.trackingNumber': { sample: 'TN-1', fallback: '' } },
});
const historyOf = async (ctx: Context, { templateId }: VersionView) => (await readTemplate(ctx, { templateId })).events.toReversed().map(({ number, kind, before, after, source }) => `${number} ${kind} ${before} → ${after} (${source})`);
const broadcastsOf = (ctx: Context) => ctx.transaction((tx) => rows<{ name: string; status: string; waits_for: string | null; status_reason: string | null }>(tx, sql`select name, status, waits_for, status_reason from broadcast where organization_id = ${ctx.organizationId} order by name`));

test('P57, P58: a submit gives the text its numbers, and the template becomes received, pending, approved by itself', async () => {
  const { ctx, account } = await organization();
  const draft = await createTemplate(ctx, shipped());
  const sent = await submitTemplate(ctx, draft);
  expect(sent).toMatchObject({ status: 'received', externalName: 'order_shipped', positions: ['firstName', 'order.trackingNumber'], contentSid: expect.stringMatching(/^HX/), statusSource: 'submit', content: { body: shipped().content.body } });
  expect(await contentsOf(account.accountSid)).toMatchObject([{ types: { 'twilio/text': { body: 'Hi {{1}}, your order {{2}} has left our house and will be with you soon.' } }, variables: { 1: 'Ann', 2: 'TN-1' }, language: 'en', approval: { name: 'order_shipped', category: 'UTILITY' } }]);
  await expect(submitTemplate(ctx, draft)).rejects.toMatchObject({ code: 'invalid_state' });
  for (const [seconds, status] of [[3, 'pending'], [7, 'approved']] as const) {
    advance(seconds);
    await checkTemplates(later(ctx, 3 * seconds * 1000));
    expect(await readVersion(ctx, draft)).toMatchObject({ status, statusSource: 'poll' });
  }
  expect(await readVersion(ctx, draft)).toMatchObject({ decidedAt: expect.any(String), rejection: null });
  expect(await historyOf(ctx, sent)).toEqual(['1 status draft → received (here)', '1 status received → pending (poll)', '1 status pending → approved (poll)']);
});

test('P48: a broken rule stops the submit with its place; nothing reaches Twilio', async () => {
  const { ctx, account } = await organization();
  const draft = await createTemplate(ctx, { ...shipped('Order shipped'), content: { body: '{{firstName}} {{lastName}}' }, variables: {} });
  const refusal = await submitTemplate(ctx, draft).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'validation_failed', details: expect.arrayContaining([expect.objectContaining({ field: 'name', code: 'name_pattern' }), expect.objectContaining({ field: 'body' })]), data: { faults: expect.arrayContaining([expect.objectContaining({ place: expect.objectContaining({ part: 'body' }) })]) } });
  expect(await contentsOf(account.accountSid)).toEqual([]);
  expect(await updateTemplate(ctx, { id: draft.id, name: 'order_shipped', content: shipped().content })).toMatchObject({ status: 'draft' });
});

test('P60, P61, P79: a refusal is shown in plain words; the fix is a new version under a new name, and the old one stays as it was', async () => {
  const { ctx, account } = await organization();
  const sent = await submitTemplate(ctx, await createTemplate(ctx, { ...shipped('offer_reject'), content: { type: 'text', body: 'Hi {{firstName}}, your order {{order.trackingNumber}} comes with 20% off the next one of yours.' } }));
  advance(10);
  expect(await refreshTemplate(ctx, sent)).toMatchObject({ status: 'rejected', rejectionReason: expect.stringContaining('INCORRECT_CATEGORY'), rejection: { title: expect.any(String), help: expect.any(String), fix: { label: expect.any(String) } }, nextCheckAt: null });
  await expect(updateTemplate(ctx, { id: sent.id, name: 'another' })).rejects.toMatchObject({ code: 'validation_failed' });
  const next = await updateTemplate(ctx, { id: sent.id, category: 'marketing' });
  expect(next).toMatchObject({ number: 2, status: 'draft', replaces: sent.id, category: 'marketing', name: 'offer_reject' });
  expect((await updateTemplate(ctx, { id: sent.id })).id).toBe(next.id);
  await expect(updateTemplate(ctx, { id: sent.id, category: 'utility' })).rejects.toMatchObject({ code: 'invalid_state', data: { versionId: next.id } });
  const again = await submitTemplate(ctx, next);
  expect(again.externalName).toBe('offer_reject_v2');
  await decide({ sid: again.contentSid, status: 'approved' });
  expect(await refreshTemplate(ctx, again)).toMatchObject({ status: 'approved' });
  expect(await readVersion(ctx, sent)).toMatchObject({ status: 'rejected', category: 'utility' });
  expect(await contentsOf(account.accountSid)).toHaveLength(2);
});

test.each([['create', 'before'], ['create', 'after'], ['approval', 'before'], ['approval', 'after']] as const)('a submit whose %s call is lost %s Twilio has it can be repeated: one Content, one approval', async (call, when) => {
  const { ctx, account } = await organization();
  const draft = await createTemplate(ctx, shipped());
  faults[call] = when;
  await expect(submitTemplate(ctx, draft)).rejects.toMatchObject({ code: 'twilio_failed' });
  expect((await readVersion(ctx, draft)).status).toBe('draft');
  faults[call] = '';
  expect(await submitTemplate(ctx, draft)).toMatchObject({ status: 'received' });
  expect(await contentsOf(account.accountSid)).toMatchObject([{ approval: { status: 'received' } }]);
});

test('a process that died in the middle of a submit holds the draft for a minute only', async () => {
  const { ctx, account } = await organization();
  const draft = await createTemplate(ctx, shipped());
  faults.approval = 'before';
  await expect(submitTemplate(ctx, draft)).rejects.toThrow();
  await inSystem(db, (tx) => tx.execute(sql`update template_version set submitted_at = now() where id = ${draft.id}`)); // as if nobody had let go
  faults.approval = '';
  await expect(submitTemplate(ctx, draft)).rejects.toMatchObject({ code: 'invalid_state' });
  await expect(updateTemplate(ctx, { id: draft.id, category: 'marketing' })).rejects.toMatchObject({ code: 'invalid_state' });
  await expect(deleteTemplate(ctx, draft)).rejects.toMatchObject({ code: 'invalid_state' });
  expect(await submitTemplate(later(ctx, 61_000), draft)).toMatchObject({ status: 'received' });
  expect(await contentsOf(account.accountSid)).toHaveLength(1);
});

test('a lost answer is cleared up by the next check: what is at Meta is received, what is not is a draft again', async () => {
  const { ctx } = await organization();
  const [asked, unasked] = [await createTemplate(ctx, shipped('asked')), await createTemplate(ctx, { ...shipped('unasked'), content: { body: 'Hi {{firstName}}, the parcel {{order.trackingNumber}} is with our driver and comes today.' } })];
  faults.approval = 'after';
  await expect(submitTemplate(ctx, asked)).rejects.toThrow();
  faults.approval = 'before';
  await expect(submitTemplate(ctx, unasked)).rejects.toThrow();
  await expect(updateTemplate(ctx, { id: unasked.id, category: 'marketing' })).rejects.toMatchObject({ code: 'invalid_state' });
  await checkTemplates(later(ctx, 1_000));
  expect(await readVersion(ctx, asked)).toMatchObject({ status: 'received', submittedAt: expect.any(String) });
  expect(await updateTemplate(ctx, { id: unasked.id, category: 'marketing' })).toMatchObject({ status: 'draft', category: 'marketing', contentSid: null });
});

test('words that changed after a lost answer are not submitted as they were: the Content of the first try is taken away', async () => {
  const { ctx, account } = await organization();
  const draft = await createTemplate(ctx, shipped());
  faults.create = 'after';
  await expect(submitTemplate(ctx, draft)).rejects.toThrow();
  faults.create = '';
  await updateTemplate(ctx, { id: draft.id, content: { body: 'Dear {{firstName}}, your order {{order.trackingNumber}} has just left our house and will be there soon.' } });
  const sent = await submitTemplate(ctx, draft);
  expect(await contentsOf(account.accountSid)).toMatchObject([{ sid: sent.contentSid, types: { 'twilio/text': { body: expect.stringContaining('Dear {{1}}') } } }]);
});

test('what Twilio refuses comes back in its words, and the draft can be mended', async () => {
  const { ctx, account, sdk } = await organization();
  const { sid } = await sdk.content.v1.contents.create({ friendly_name: 'x', language: 'en', variables: {}, types: { 'twilio/text': { body: 'Something that is here already.' } } } as never);
  await sdk.content.v1.contents(sid).approvalCreate.create({ name: 'order_shipped', category: 'UTILITY' } as never);
  const draft = await createTemplate(ctx, shipped());
  await expect(submitTemplate(ctx, draft)).rejects.toMatchObject({ code: 'validation_failed', message: expect.stringContaining('the name order_shipped was used before') });
  expect(await contentsOf(account.accountSid)).toHaveLength(1);
  expect(await updateTemplate(ctx, { id: draft.id, name: 'order_sent' })).toMatchObject({ name: 'order_sent' });
  expect(await submitTemplate(ctx, draft)).toMatchObject({ status: 'received', externalName: 'order_sent' });
});

test('two submits at once make one Content', async () => {
  const { ctx, account } = await organization();
  const draft = await createTemplate(ctx, shipped());
  const outcomes = await Promise.allSettled([submitTemplate(ctx, draft), submitTemplate(ctx, draft), submitTemplate(ctx, draft)]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await contentsOf(account.accountSid)).toHaveLength(1);
});

test('a deletion that Twilio did not answer leaves the template as it was', async () => {
  const { ctx } = await organization();
  const sent = await submitTemplate(ctx, await createTemplate(ctx, shipped()));
  faults.remove = 'before';
  await expect(deleteTemplate(ctx, sent)).rejects.toMatchObject({ code: 'twilio_failed' });
  expect(await readVersion(ctx, sent)).toMatchObject({ status: 'received', nextCheckAt: sent.nextCheckAt });
  faults.remove = '';
  await deleteTemplate(ctx, sent);
  await expect(readVersion(ctx, sent)).rejects.toMatchObject({ code: 'not_found' });
});

test('P59: one listing reads all that is due; nothing due, nothing asked', async () => {
  const { ctx } = await organization();
  for (const [name, words] of [['one', 'first'], ['two', 'second'], ['three', 'third']]) await submitTemplate(ctx, await createTemplate(ctx, { name: name!, content: { body: `This is the ${words} of our messages.` } }));
  faults.listings = 0;
  await checkTemplates(ctx);
  expect(faults.listings).toBe(0);
  advance(10);
  await checkTemplates(later(ctx, 3_000));
  expect(faults.listings).toBe(1);
  const found = await ctx.transaction((tx) => rows<{ status: string }>(tx, sql`select status from template_version where organization_id = ${ctx.organizationId}`));
  expect(found.map(({ status }) => status)).toEqual(['approved', 'approved', 'approved']);
});

test('D7, P6: a paused template stops what pins it, with the reason, and lets it go on when it is approved again; what a person paused stays paused', async () => {
  const { ctx } = await organization();
  const sent = await submitTemplate(ctx, await createTemplate(ctx, shipped('order_pause')));
  advance(10);
  await refreshTemplate(ctx, sent);
  for (const [name, status] of [['a', 'sending'], ['b', 'scheduled'], ['c', 'paused'], ['d', 'draft']] as const) await createBroadcast(db, ctx.organizationId, { name, status, channel: 'whatsapp', templateSid: sent.contentSid });
  await createBroadcast(db, ctx.organizationId, { name: 'e', status: 'sending', channel: 'sms' });
  advance(10);
  expect(await refreshTemplate(ctx, sent)).toMatchObject({ status: 'paused' });
  expect(await broadcastsOf(ctx)).toMatchObject([
    { status: 'paused', waits_for: 'template', status_reason: expect.stringContaining('order_pause (en) is paused by Meta') }, { status: 'scheduled', waits_for: 'template', status_reason: expect.any(String) },
    { status: 'paused', waits_for: null }, { status: 'draft', waits_for: null }, { status: 'sending', waits_for: null },
  ]);
  advance(20);
  expect(await refreshTemplate(ctx, sent)).toMatchObject({ status: 'approved' });
  expect(await broadcastsOf(ctx)).toMatchObject([
    { status: 'sending', waits_for: null, status_reason: null }, { status: 'scheduled', waits_for: null, status_reason: null }, { status: 'paused' }, { status: 'draft' }, { status: 'sending' },
  ]);
});

test('D7: a category that Meta changes is shown beside the one that was asked for', async () => {
  const { ctx } = await organization();
  const sent = await submitTemplate(ctx, await createTemplate(ctx, shipped('order_recat')));
  advance(10);
  expect(await refreshTemplate(ctx, sent)).toMatchObject({ status: 'approved', category: 'utility', grantedCategory: 'marketing' });
  expect(await historyOf(ctx, sent)).toContain('1 category utility → marketing (poll)');
});

test('P59: who watches is told of a change as it becomes known, and of nothing else', async () => {
  const { ctx } = await organization();
  const sent = await submitTemplate(ctx, await createTemplate(ctx, shipped()));
  const stop = new AbortController();
  const events = watchTemplates(ctx, { templateId: sent.templateId }, stop.signal);
  expect((await events.next()).value).toMatchObject({ changed: [], deleted: [], checkedAt: expect.any(String) });
  advance(10);
  const next = events.next();
  await createTemplate(ctx, shipped('another_family'));
  await refreshTemplate(ctx, sent);
  expect((await next).value).toMatchObject({ changed: [{ id: sent.id, name: 'order_shipped', status: 'approved' }], deleted: [] });
  const gone = events.next();
  await deleteTemplate(ctx, sent);
  expect((await gone).value).toMatchObject({ changed: [], deleted: [sent.id] });
  stop.abort();
});
