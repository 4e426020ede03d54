import { expect, test } from 'vitest';
import { addMember, createBroadcast, createContact, createList } from '#db/factories.ts';
import { createTemplate } from '#server/domain/template/create.ts';
import { deleteTemplate } from '#server/domain/template/delete.ts';
import { duplicateTemplate } from '#server/domain/template/duplicate.ts';
import { listTemplates } from '#server/domain/template/list.ts';
import { readTemplate, readVersion } from '#server/domain/template/read.ts';
import { refreshTemplate } from '#server/domain/template/refresh.ts';
import { submitTemplate } from '#server/domain/template/submit.ts';
import { syncTemplates } from '#server/domain/template/sync.ts';
import { templateHouse } from '#server/domain/template/template.fixture.ts';
import { updateTemplate } from '#server/domain/template/update.ts';
import { readVariableFacts } from '#server/domain/template/variable-facts.ts';

const { db, organization, advance, contentsOf } = await templateHouse();

const BODY = 'Hi {{firstName}}, your order {{order.trackingNumber}} has left our house and will be with you soon.';
const shipped = {
  name: 'order_shipped', language: 'en', category: 'utility' as const, content: { type: 'text' as const, body: BODY },
  variables: { firstName: { sample: 'Ann', fallback: 'there' }, 'order.trackingNumber': { sample: 'TN-1', fallback: '' } },
};
type Sdk = Awaited<ReturnType<typeof organization>>['sdk'];
/** A template made elsewhere: the SDK's types have its own names, what it sends are Twilio's. */
async function madeElsewhere(sdk: Sdk, name: string, types: Record<string, unknown>, { language = 'en', variables = {} as Record<string, string> } = {}) {
  const { sid } = await sdk.content.v1.contents.create({ friendly_name: `Console ${name}`, language, variables, types } as never);
  await sdk.content.v1.contents(sid).approvalCreate.create({ name, category: 'MARKETING' } as never);
  return sid;
}

test('P48: a draft is written with names; its positions follow from the order in which they appear', async () => {
  const { ctx } = await organization();
  const draft = await createTemplate(ctx, shipped);
  expect(draft).toMatchObject({ name: 'order_shipped', number: 1, status: 'draft', positions: ['firstName', 'order.trackingNumber'], revision: 1, contentSid: null });
  const turned = await updateTemplate(ctx, { id: draft.id, revision: 1, content: { body: 'Order {{order.trackingNumber}} of {{firstName}} is on its way to you.' } });
  expect(turned).toMatchObject({ positions: ['order.trackingNumber', 'firstName'], revision: 2, category: 'utility' });
  await expect(updateTemplate(ctx, { id: draft.id, revision: 1, category: 'marketing' })).rejects.toMatchObject({ code: 'version_conflict', data: { revision: 2 } });
});

test('a name and a language exist once; a further language joins the family, a name of nobody moves it', async () => {
  const { ctx } = await organization();
  const english = await createTemplate(ctx, shipped);
  await expect(createTemplate(ctx, shipped)).rejects.toMatchObject({ code: 'already_exists', data: { versionId: english.id } });
  const german = await createTemplate(ctx, { ...shipped, language: 'de' });
  expect(german.templateId).toBe(english.templateId);
  await createTemplate(ctx, { ...shipped, name: 'order_paid' });
  await expect(updateTemplate(ctx, { id: german.id, name: 'order_paid' })).rejects.toMatchObject({ code: 'already_exists' });
  expect(await updateTemplate(ctx, { id: german.id, name: 'order_sent' })).toMatchObject({ name: 'order_sent' });
  const french = await duplicateTemplate(ctx, { id: english.id, language: 'fr' });
  expect(french).toMatchObject({ templateId: english.templateId, language: 'fr', content: { body: BODY } });
  expect((await duplicateTemplate(ctx, { id: english.id })).name).toBe('order_sent_copy');
  expect((await duplicateTemplate(ctx, { id: english.id })).name).toBe('order_sent_copy2');
  await expect(duplicateTemplate(ctx, { id: english.id, language: 'de' })).rejects.toMatchObject({ code: 'already_exists' });
});

test('the list has one row per family with its languages, the version that can be sent meanwhile, and who uses it', async () => {
  const { ctx } = await organization();
  const first = await submitTemplate(ctx, await createTemplate(ctx, shipped));
  advance(10);
  await refreshTemplate(ctx, first);
  await updateTemplate(ctx, { id: first.id, content: { body: `${BODY} Thank you for your trust.` } });
  await createTemplate(ctx, { ...shipped, language: 'de' });
  await createTemplate(ctx, { name: 'spring_offer', category: 'marketing', content: { body: 'Our spring jackets are here, 20% off.' } });
  await createBroadcast(db, ctx.organizationId, { channel: 'whatsapp', templateSid: first.contentSid });
  await createBroadcast(db, ctx.organizationId, { channel: 'whatsapp', templateSid: first.contentSid, status: 'sent' });
  const page = await listTemplates(ctx, {});
  expect(page).toMatchObject({ total: 2, usualSeconds: { marketing: null, utility: expect.any(Number) }, checkedAt: expect.any(String) });
  expect(page.data.find(({ name }) => name === 'order_shipped')).toMatchObject({ usedBy: 1, languages: [
    { language: 'de', newest: { number: 1, status: 'draft' }, usable: null }, { language: 'en', newest: { number: 2, status: 'draft' }, usable: { number: 1, status: 'approved' } },
  ] });
  const names = async (input: Parameters<typeof listTemplates>[1]) => (await listTemplates(ctx, input)).data.map(({ name }) => name);
  expect(await names({ search: 'JACKETS' })).toEqual(['spring_offer']);
  expect(await names({ search: '100%' })).toEqual([]);
  expect(await names({ search: 'shipped' })).toEqual(['order_shipped']);
  expect(await names({ category: 'marketing' })).toEqual(['spring_offer']);
  expect(await names({ status: 'approved' })).toEqual([]);
  expect(await readVersion(ctx, first)).toMatchObject({ usedBy: [{ name: 'March promo', status: 'draft' }] });
});

test('P56: sync takes in what exists in the account: versions by their names, numbers kept, types that cannot be written here as other', async () => {
  const { ctx, sdk } = await organization();
  const own = await submitTemplate(ctx, await createTemplate(ctx, shipped));
  const text = (words: string) => ({ 'twilio/text': { body: `Hello {{1}}, ${words} for you and only for you today.` } });
  await madeElsewhere(sdk, 'welcome_v2', text('a newer word'), { variables: { 1: 'Ann' } });
  await madeElsewhere(sdk, 'welcome', text('a word'), { variables: { 1: 'Ann' } });
  await madeElsewhere(sdk, 'order_shipped', { 'whatsapp/card': { body: 'Your order is here now.', header_text: 'News', footer: 'Acme', actions: [{ type: 'URL', title: 'Track', url: 'https://acme.example/t' }, { type: 'PHONE_NUMBER', title: 'Call', phone: '+14155550100' }] } }, { language: 'de' });
  await madeElsewhere(sdk, 'many', { 'twilio/carousel': { body: 'Look at these.', cards: [] } });
  await sdk.content.v1.contents.create({ friendly_name: 'Never submitted', language: 'en', types: text('nothing') } as never);
  expect(await syncTemplates(ctx)).toMatchObject({ found: 5, added: 4, changed: 0 });
  expect(await syncTemplates(ctx)).toMatchObject({ found: 5, added: 0 });
  const { data } = await listTemplates(ctx, {});
  expect(data.map(({ name }) => name).toSorted()).toEqual(['many', 'order_shipped', 'welcome']);
  const welcome = await readTemplate(ctx, { templateId: data.find(({ name }) => name === 'welcome')!.id });
  expect(welcome.versions).toMatchObject([{ number: 2, externalName: 'welcome_v2' }, { number: 1, externalName: 'welcome', isSynced: true, status: 'received', category: 'marketing', statusSource: 'sync', positions: [''], content: { type: 'text', body: expect.stringContaining('Hello {{1}}') }, variables: { 1: { sample: 'Ann' } } }]);
  const orders = await readTemplate(ctx, { templateId: own.templateId });
  expect(orders.versions).toMatchObject([{ language: 'de', content: { type: 'card', header: 'News', footer: 'Acme', buttons: [{ type: 'url', title: 'Track' }, { type: 'phone', phone: '+14155550100' }] } }, { language: 'en', isSynced: false }]);
  expect((await readTemplate(ctx, { templateId: data.find(({ name }) => name === 'many')!.id })).versions[0]).toMatchObject({ content: { type: 'other', body: 'Look at these.' } });
  advance(10);
  expect(await syncTemplates(ctx)).toMatchObject({ added: 0, changed: 5 });
});

test('a synced version that is changed becomes a draft with the same numbers', async () => {
  const { ctx, sdk } = await organization();
  await madeElsewhere(sdk, 'welcome', { 'twilio/text': { body: 'Hello {{1}}, this is a word of welcome for you.' } }, { variables: { 1: 'Ann' } });
  await syncTemplates(ctx);
  const [family] = (await listTemplates(ctx, {})).data;
  const draft = await updateTemplate(ctx, { id: family!.languages[0]!.newest.id, category: 'utility' });
  expect(draft).toMatchObject({ number: 2, status: 'draft', isSynced: false, category: 'utility', content: { body: 'Hello {{1}}, this is a word of welcome for you.' }, replaces: family!.languages[0]!.newest.id });
});

test('a template that vanishes from the account is disabled, and says why', async () => {
  const { ctx, sdk } = await organization();
  const sent = await submitTemplate(ctx, await createTemplate(ctx, shipped));
  await sdk.content.v1.contents(sent.contentSid!).remove();
  expect(await refreshTemplate(ctx, sent)).toMatchObject({ status: 'disabled', rejectionReason: 'It is no longer in the Twilio account.', nextCheckAt: null });
});

test('a draft is deleted with its family; a submitted version at Twilio too, its number and name never come back', async () => {
  const { ctx, account } = await organization();
  const draft = await createTemplate(ctx, shipped);
  await deleteTemplate(ctx, draft);
  await expect(readTemplate(ctx, draft)).rejects.toMatchObject({ code: 'not_found' });
  const sent = await submitTemplate(ctx, await createTemplate(ctx, shipped));
  expect(await contentsOf(account.accountSid)).toHaveLength(1);
  const scheduled = { channel: 'whatsapp' as const, templateSid: sent.contentSid, status: 'scheduled' as const, name: 'Monday’s news' };
  const broadcast = await createBroadcast(db, ctx.organizationId, scheduled);
  await expect(deleteTemplate(ctx, sent)).rejects.toMatchObject({ code: 'invalid_state', message: expect.stringContaining('“Monday’s news”') });
  expect(await readVersion(ctx, sent)).toMatchObject({ status: 'received', usedBy: [{ id: broadcast.id }] });
  await ctx.transaction(async (tx) => { await tx.execute(`update broadcast set status = 'cancelled'`); });
  await deleteTemplate(ctx, sent);
  expect(await contentsOf(account.accountSid)).toEqual([]);
  await expect(readVersion(ctx, sent)).rejects.toMatchObject({ code: 'not_found' });
  expect((await listTemplates(ctx, {})).total).toBe(0);
  expect(await createTemplate(ctx, shipped)).toMatchObject({ number: 2 });
  expect((await readTemplate(ctx, { templateId: sent.templateId })).events[0]).toMatchObject({ kind: 'deleted', versionId: sent.id });
});

test('what people really have for each variable: of all contacts, and of a broadcast with the data of its lists', async () => {
  const { ctx } = await organization();
  const list = await createList(db, ctx.organizationId);
  for (const [firstName, fields, data] of [['Ann', { city: 'Rome' }, { order: { trackingNumber: 'TN-1' } }], ['Wilhelmina', { city: ' ' }, {}], ['', { city: 'Llanfair' }, { order: { trackingNumber: 'TN-10001' } }]] as const) {
    const contact = await createContact(db, ctx.organizationId, { firstName, fields });
    await addMember(db, ctx.organizationId, list.id, contact.id, data);
  }
  await createContact(db, ctx.organizationId, { firstName: 'Somebody else entirely' });
  const expressions = ['firstName', 'contact.city', 'order.trackingNumber', 'firstName | default: "you"', 'firstName | upcase', '}} {%', '1', 'constructor'];
  expect(await readVariableFacts(ctx, { expressions })).toEqual({
    firstName: { longest: 'Somebody else entirely', lacking: 1, people: 4 }, 'contact.city': { longest: 'Llanfair', lacking: 2, people: 4 },
    'order.trackingNumber': { longest: '', lacking: 4, people: 4 }, 'firstName | default: "you"': { longest: 'Somebody else entirely', lacking: 1, people: 4 },
  });
  const broadcast = await createBroadcast(db, ctx.organizationId, { channel: 'whatsapp' });
  await ctx.transaction(async (tx) => { await tx.execute(`insert into broadcast_list (organization_id, broadcast_id, list_id, position) values ('${ctx.organizationId}', '${broadcast.id}', '${list.id}', 0)`); });
  expect(await readVariableFacts(ctx, { expressions: ['firstName', 'order.trackingNumber'], broadcastId: broadcast.id })).toEqual({
    firstName: { longest: 'Wilhelmina', lacking: 1, people: 3 }, 'order.trackingNumber': { longest: 'TN-10001', lacking: 1, people: 3 },
  });
});
