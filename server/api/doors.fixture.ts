import { createECDH, randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { acceptAgreement, addMember, createBroadcast, createContact, createList, createOrganization, createSender, createUser, phoneNumber, twilioSid } from '#db/factories.ts';
import { inSystem, type Db, type Tx } from '#db/index.ts';
import * as t from '#db/schema/index.ts';
import { emptyContent } from '#server/channels/whatsapp/template.ts';
import type { Role } from '#server/context.ts';
import { operations, handle } from '#server/api/rest/app.ts';
import { bodyFields, pathParameters } from '#server/api/rest/operation.ts';
import { agreementText } from '#server/domain/agreement/texts.ts';
import { issueToken } from '#server/domain/user/issue-token.ts';
import { openSession } from '#server/domain/user/open-session.ts';
import { visit, type SignedIn } from '#server/auth.ts';

// Both doors of the web process as a table: every procedure and every REST operation with an input that would be good for one organisation.

/** Somebody with a role, known at both doors. */
export type Person = { session: SignedIn; token: string };
export type Furnished = Awaited<ReturnType<typeof furnish>>;
export type Input = Record<string, unknown> | undefined;

/** A new member of the organisation. */
export async function person(db: Db, organizationId: string, role: Role): Promise<Person> {
  const user = await createUser(db);
  await inSystem(db, (tx) => tx.insert(t.memberships).values({ organizationId, userId: user.id, role }));
  const door = { ...visit(new Headers()), db };
  const { id: sessionId } = await openSession(door, { userId: user.id, kind: 'browser' });
  return { session: { userId: user.id, name: user.name, email: user.email, sessionId, organizationId, role, address: null }, token: (await issueToken(door, user)).token };
}

/** An organisation with a row in every tenant table; `canary` stands in each text that only its members may see. */
export async function furnish(db: Db) {
  const canary = `canary-${randomUUID().slice(0, 8)}`;
  const organization = await createOrganization(db, { name: `${canary} Ltd` });
  const { id: organizationId, owner } = organization;
  await inSystem(db, (tx) => tx.update(t.users).set({ name: `${canary} Owner`, email: `${canary}@example.com` }).where(sql`id = ${owner.id}`));
  const contact = await createContact(db, organizationId, { firstName: `${canary} Ann`, lastName: `${canary} Lee`, email: `${canary}.ann@example.com`, fields: { secret: `${canary} field` }, consentSource: `${canary} form` });
  const list = await createList(db, organizationId, { slug: `${canary}-list`, name: `${canary} list` });
  await addMember(db, organizationId, list.id, contact.id, { order: { trackingNumber: `${canary} parcel` } });
  const filterId = await savedFilter(db, organizationId, `${canary} filter`);
  const sender = await createSender(db, organizationId, { address: phoneNumber(), registrationDetail: `${canary} registration`, isSystem: true });
  await acceptAgreement(db, organizationId, owner.id, agreementText('bulk-sms').version);
  const draft = await createBroadcast(db, organizationId, { name: `${canary} draft`, content: `${canary} draft text` });
  const paused = await createBroadcast(db, organizationId, {
    name: `${canary} broadcast`, content: `${canary} text`, status: 'paused', statusReason: `${canary} reason`, senderId: sender.id, paceId: sender.paceId, total: 1, lastSeq: 1, claimedSeq: 1,
  });
  const viewId = await view(db, organizationId, owner.id, canary);
  const ids = { organizationId, senderId: sender.id, contactId: contact.id, listId: list.id, draftId: draft.id, broadcastId: paused.id, userId: owner.id, approvalId: randomUUID(), importId: randomUUID(), uploadId: randomUUID(), shareId: randomUUID(), conversationId: randomUUID(), quickReplyId: randomUUID() };
  await furnishPipeline(db, { ...ids, canary, phone: contact.phone!, sender });
  return { ...ids, ...(await furnishRules(db, ids, canary)), ...(await furnishDevice(db, organizationId, owner.id, canary)), ...(await furnishTemplates(db, organizationId, canary)), canary, phone: contact.phone!, listSlug: list.slug, filterId, viewId, owner };
}

const savedFilter = (db: Db, organizationId: string, name: string) => inSystem(db, async (tx) => {
  const definition = { groups: [{ match: 'all', conditions: [{ kind: 'tag', operator: 'has', tag: name }] }] };
  return (await tx.insert(t.savedFilters).values({ organizationId, name, definition }).returning())[0]!.id;
});

const view = (db: Db, organizationId: string, userId: string, canary: string) => inSystem(db, async (tx) =>
  (await tx.insert(t.userViews).values({ organizationId, userId, page: 'broadcasts', name: `${canary} view`, query: `search=${canary}` }).returning())[0]!.id);

type Pipeline = { organizationId: string; shareId: string; conversationId: string; quickReplyId: string; contactId: string; importId: string; uploadId: string; listId: string; draftId: string; broadcastId: string; userId: string; approvalId: string; canary: string; phone: string; sender: Awaited<ReturnType<typeof createSender>> };

async function furnishPipeline(db: Db, { organizationId, shareId, contactId, importId, uploadId, listId, draftId, broadcastId, userId, approvalId, conversationId, quickReplyId, canary, phone, sender }: Pipeline) {
  const sid = twilioSid('SM');
  await inSystem(db, async (tx) => {
    for (const id of [draftId, broadcastId]) await tx.insert(t.broadcastLists).values({ organizationId, broadcastId: id, listId, position: 0 });
    await tx.insert(t.deliveries).values({
      organizationId, broadcastId, seq: 1, contactId, recipient: phone, status: 'delivered', method: 'sms', segments: 1, attempts: 1, providerMessageId: sid, sender: sender.address,
      estimate: '0.0083', price: '0.0079', priceUnit: 'USD', handedAt: new Date(),
    });
    await tx.insert(t.deliveryRetries).values({ organizationId, broadcastId, seq: 1, dueAt: new Date(Date.now() + 86_400_000) });
    await tx.insert(t.attempts).values({
      organizationId, token: randomUUID().replaceAll('-', ''), broadcastId, seq: 1, n: 1, paceId: sender.paceId, accountSid: twilioSid('AC'), recipient: phone, body: `${canary} body`, segments: 1,
      method: 'sms', sender: sender.address, estimate: '0.0083', state: 'accepted', workerId: 'w', leaseUntil: new Date(), sid,
    });
    await tx.insert(t.messageEvents).values({ organizationId, broadcastId, seq: 1, sid, providerStatus: 'delivered', status: 'delivered', source: 'callback' });
    await tx.insert(t.broadcastCauseRollups).values({ organizationId, broadcastId, shard: 0, status: 'undelivered', errorCode: 30003, deliveries: 1 });
    await tx.insert(t.broadcastDurationRollups).values({ organizationId, broadcastId, shard: 0, bucket: 1, deliveries: 1 });
    await tx.insert(t.twilioUsages).values({ organizationId, day: '2026-01-02', category: 'sms-outbound', messages: 1, price: '0.0079', currency: 'USD', readAt: new Date() });
    await tx.insert(t.ledgerEntries).values({ organizationId, sid, broadcastId, seq: 1, channel: 'sms', amount: '0.0079', currency: 'USD' });
    await tx.insert(t.reportShares).values({ organizationId, id: shareId, broadcastId, tokenHash: `${canary} hash`, showsCost: true, createdBy: userId, expiresAt: new Date(Date.now() + 86_400_000) });
    await tx.insert(t.broadcastContacts).values({ organizationId, broadcastId: draftId, contactId });
    await tx.insert(t.broadcastResponses).values({ organizationId, broadcastId, contactId, kind: 'reply' });
    await tx.insert(t.contactReaches).values({ organizationId, contactId, lastHandedAt: new Date(), lastBroadcastId: broadcastId });
    await tx.insert(t.keptOptOuts).values({ organizationId, phone: phoneNumber(), optedOutAt: new Date() });
    await tx.insert(t.consentEvents).values({ organizationId, kind: 'opt_out', phone, contactId, source: 'staff', actorId: userId, evidence: { note: `${canary} proof` }, push: 'failed', pushError: `${canary} refusal` });
    await tx.insert(t.senderOptOuts).values({ organizationId, sender: sender.address, phone: phoneNumber() });
    await tx.insert(t.optOutChecks).values({ organizationId, startedAt: new Date(), finishedAt: new Date(), since: new Date(), error: `${canary} fault` });
    await tx.insert(t.activities).values({ organizationId, contactId, kind: 'note', detail: { text: `${canary} note` } });
    await tx.insert(t.contactUploads).values({ organizationId, id: uploadId, fileName: `${canary} upload.csv`, state: 'ready', options: { mapping: {}, listName: `${canary} list` }, result: checked(canary), importId });
    await tx.insert(t.contactUploadChunks).values({ organizationId, uploadId, n: 0, bytes: Buffer.from(`phone\n${canary}\n`) });
    await tx.insert(t.contactUploadRows).values([{ organizationId, uploadId, row: 2, cells: [canary], findings: [{ kind: 'no_number', column: 'phone', value: canary, problem: `${canary} is no number.`, howToFix: '' }] }, { organizationId, uploadId, row: 3, cells: [phone], phone }]);
    await tx.insert(t.contactImports).values({ organizationId, id: importId, fileName: `${canary}.csv`, listId, createdCount: 1, updatedCount: 0, unchangedCount: 0, refusedCount: 0, importedBy: userId });
    await tx.insert(t.contactImportChanges).values({ organizationId, importId, contactId, before: { first_name: `${canary} before` }, after: { first_name: `${canary} Ann` }, hasJoined: true });
    await furnishConversation(tx, { organizationId, id: conversationId, quickReplyId, userId, contactId, senderId: sender.id, phone, canary });
    await tx.insert(t.twilioAccounts).values({ organizationId, accountSid: twilioSid('AC'), apiKeySid: twilioSid('SK'), sealedApiKeySecret: `${canary} sealed`, sealedAuthToken: `${canary} token`, messagingServiceSid: twilioSid('MG'), status: 'connected' });
    await tx.insert(t.broadcastApprovals).values({ organizationId, id: approvalId, broadcastId: draftId, hash: 'none', recipients: 1, amount: '1', currency: 'USD', requestedBy: userId, note: `${canary} remark` });
    await tx.insert(t.broadcastVersions).values({ organizationId, broadcastId: draftId, version: 1, name: `${canary} version`, snapshot: { since: new Date().toISOString(), draft: { ...emptyDraft, content: `${canary} earlier text` } } });
    await tx.insert(t.idempotencyKeys).values({ organizationId, key: `${canary} key`, request: 'send', response: `{"note":"${canary} answer"}` });
  });
}

type Conversation = { organizationId: string; id: string; quickReplyId: string; userId: string; contactId: string; senderId: string; phone: string; canary: string };

async function furnishConversation(tx: Tx, { organizationId, id, quickReplyId, userId, contactId, senderId, phone, canary }: Conversation) {
  const [written, of] = [new Date(), { organizationId, conversationId: id }];
  await tx.insert(t.conversations).values({ organizationId, id, channel: 'whatsapp', sender: 'whatsapp:+14155551234', recipient: `whatsapp:${phone}`, contactId, lastInboundAt: written, lastMessageAt: written, unread: 1, assignedTo: userId, profileName: `${canary} profile` });
  await tx.insert(t.chatMessages).values([{ ...of, direction: 'inbound', sid: twilioSid('SM'), body: `${canary} answer` }, { ...of, direction: 'outbound', kind: 'note', authorId: userId, body: `${canary} remark` }]);
  await tx.insert(t.quickReplies).values({ organizationId, id: quickReplyId, name: `${canary} quick`, text: `${canary} quick text` });
  await tx.insert(t.senderReaches).values({ organizationId, senderId, recipient: `whatsapp:${phone}`, lastAt: new Date(), initiatedAt: new Date() });
  await tx.insert(t.erasedPhones).values({ organizationId, hash: `${canary} hash` });
}

/** A rule that looked at the message and owes a call; nothing public answers there. */
const furnishRules = (db: Db, { organizationId, conversationId }: { organizationId: string; conversationId: string }, canary: string) => inSystem(db, async (tx) => {
  const webhookUrl = 'https://198.51.100.7/hook';
  const [rule] = await tx.insert(t.keywordRules).values({
    organizationId, name: `${canary} rule`, match: 'exact', keywords: [`${canary} word`], priority: 1, actions: [{ type: 'reply', text: `${canary} reply` }, { type: 'webhook', url: webhookUrl }], sealedSecret: `${canary} sealed`,
  }).returning();
  const [message] = await tx.select().from(t.chatMessages).where(sql`organization_id = ${organizationId} and conversation_id = ${conversationId} and direction = 'inbound'`);
  const of = { organizationId, ruleId: rule!.id, messageId: message!.id };
  await tx.insert(t.ruleRuns).values({ ...of, outcome: 'near_miss', keyword: `${canary} word`, recipient: '+12025550100' });
  await tx.insert(t.ruleCalls).values({ ...of, url: webhookUrl, tries: 1, error: `${canary} error`, nextAt: new Date(Date.now() + 3_600_000) });
  return { ruleId: rule!.id, webhookUrl };
});

/** A device of the owner, silent for an hour, that was told of a message. */
const furnishDevice = (db: Db, organizationId: string, userId: string, canary: string) => inSystem(db, async (tx) => {
  const pushEndpoint = `https://push.invalid/${canary}`;
  const [device] = await tx.insert(t.devices).values({ organizationId, userId, name: `${canary} phone`, lastSeenAt: new Date(Date.now() - 3_600_000), pushEndpoint, sealedPushKeys: `${canary} keys` }).returning();
  await tx.execute(sql`insert into device_event (organization_id, seq, kind, message_id) select organization_id, 1, 'message', id from chat_message where organization_id = ${organizationId} and direction = 'inbound' limit 1`);
  await tx.update(t.organizations).set({ lastDeviceEvent: 1 }).where(sql`id = ${organizationId}`);
  await tx.insert(t.devicePushes).values({ organizationId, deviceId: device!.id, seq: 1, claimedUntil: new Date() });
  return { deviceId: device!.id, pushEndpoint };
});

/** As a browser gives it; nothing answers there. */
function pushSubscription() {
  const curve = createECDH('prime256v1');
  return { endpoint: `https://push.invalid/${randomUUID()}`, keys: { p256dh: curve.generateKeys().toString('base64url'), auth: randomBytes(16).toString('base64url') } };
}

/** A family with a draft and an approved version, and its history. */
const furnishTemplates = (db: Db, organizationId: string, canary: string) => inSystem(db, async (tx) => {
  const content = { ...emptyContent(), body: `Hi {{firstName}}, ${canary} words` };
  const [template] = await tx.insert(t.templates).values({ organizationId, name: `${canary} template` }).returning();
  const [approved, draft] = await tx.insert(t.templateVersions).values([
    { organizationId, templateId: template!.id, language: 'en', number: 1, status: 'approved', category: 'utility', content, positions: ['firstName'], contentSid: twilioSid('HX'), externalName: `${canary}_name`, submittedAt: new Date(), decidedAt: new Date(), rejectionReason: `${canary} refusal` },
    { organizationId, templateId: template!.id, language: 'en', number: 2, category: 'utility', content },
  ]).returning();
  await tx.insert(t.templateEvents).values({ organizationId, versionId: approved!.id, kind: 'status', before: 'pending', after: 'approved', reason: `${canary} why`, source: 'poll' });
  return { templateId: template!.id, templateVersionId: approved!.id, templateContentSid: approved!.contentSid!, templateDraftId: draft!.id };
});

const emptyDraft = {
  name: 'Earlier', content: '', templateSid: null, templateVariables: null, senderPhone: null, recipientMethod: 'lists', selectedLists: [], selectedNumbers: [], selectedFilter: null,
  excludedLists: [], excludedFilter: null, recipientCeiling: null, missingValues: {}, optOutLine: null, ignoresQuietHours: false, stageSize: null, budget: null,
};
const newTwilioAccount = () => ({ type: 'twilio', credentials: { accountSid: twilioSid('AC'), authToken: 'f'.repeat(32) }, publicConfig: { messagingServiceSid: twilioSid('MG'), defaultSenderNumber: '+14155551234' } });
const checked = (canary: string) => ({ rows: 2, created: 0, updated: 0, unchanged: 1, refused: 1, duplicates: 0, optedOut: 0, columns: [{ name: 'phone', mappedTo: 'phone', samples: [canary], reason: 'By its name.' }], kinds: [{ kind: 'no_number', rows: 1 }], encoding: 'utf-8', delimiter: ',' });
const csv = (phone: string) => `phone,first name\n${phone},Eve\n`;

/** Questions about rows of `a`; few, because every place of them is tried with every nonsense. */
const filterOf = (...conditions: Array<Record<string, unknown>>) => ({ groups: [{ match: 'any', conditions }] });
const aboutList = (a: { listSlug: string }) => ({ kind: 'list', operator: 'in', list: a.listSlug });

/** Inputs of every tRPC procedure, naming rows of `a`. */
export const procedureInputs = (a: Furnished): Record<string, Input[]> => ({
  'agreement.read': [{ service: 'bulk-sms' }],
  'agreement.accept': [{ service: 'bulk-sms' }],
  'automation.list': [undefined], 'automation.read': [{ id: a.ruleId }], 'automation.history': [{ id: a.ruleId, p: 1, ps: 50 }, { id: a.ruleId }],
  'automation.try': [{ text: `${a.canary} word`, sender: '+14155551234', contactId: a.contactId }, { text: 'JOIN' }],
  'automation.create': [{
    name: `Rule ${randomUUID().slice(0, 8)}`, match: 'contains', keywords: ['join'], senders: [], isEnabled: true, onceHours: 24,
    actions: [{ type: 'reply', text: 'Hi {{firstName}}' }, { type: 'add_tag', tag: 'club' }, { type: 'remove_tag', tag: 'old' }, { type: 'add_to_list', listId: a.listId }, { type: 'subscribe', consentText: 'I agree to offers.' }, { type: 'notify', text: 'Call them' }, { type: 'webhook', url: 'https://example.com/hook' }],
  }],
  'automation.update': [{ id: a.ruleId, version: 1, priority: 1, name: 'Taken over', match: 'exact', keywords: ['taken'], isEnabled: false, actions: [{ type: 'reply', text: 'Taken over' }] }],
  'automation.delete': [{ id: a.ruleId }], 'automation.reorder': [{ ids: [a.ruleId] }], 'automation.addVariant': [{ id: a.ruleId, word: 'taken' }], 'automation.rotateSecret': [{ id: a.ruleId }], 'automation.testCall': [{ id: a.ruleId, url: a.webhookUrl }],
  'audience.lists': [undefined],
  'audience.readList': [{ list: a.listId }, { list: a.listSlug }],
  'audience.listChange': [{ list: a.listId }],
  'audience.members': [{ list: a.listId, search: 'Ann', p: 1, ps: 50 }],
  'audience.createList': [{ name: 'News', slug: `news-${randomUUID().slice(0, 8)}` }],
  'audience.saveAsList': [{ broadcastId: a.draftId, people: 'members', name: 'Copied', slug: `copied-${randomUUID().slice(0, 8)}` }, { broadcastId: a.draftId, people: 'joined', name: 'Copied' }],
  'audience.updateList': [{ list: a.listId, name: 'Taken over' }],
  'audience.deleteList': [{ list: a.listId }],
  'audience.addMembers': [{ list: a.listId, members: [{ contactId: a.contactId, data: { order: { trackingNumber: 'Z' } } }, { phone: '+12025550199' }] }],
  'audience.removeMembers': [{ list: a.listId, contactIds: [a.contactId] }],
  'audience.filters': [undefined],
  'audience.readFilter': [{ id: a.filterId }],
  'audience.countFilter': [{ definition: filterOf({ kind: 'broadcast', operator: 'delivered', broadcastId: a.broadcastId }, { kind: 'field', field: 'fields.secret', operator: 'contains', value: 'field' }) }],
  'audience.createFilter': [{ name: `Filter ${randomUUID().slice(0, 8)}`, definition: filterOf(aboutList(a)) }],
  'audience.updateFilter': [{ id: a.filterId, name: `Taken over ${randomUUID().slice(0, 8)}`, definition: filterOf({ kind: 'messaged', operator: 'not_messaged', days: 30 }) }],
  'audience.deleteFilter': [{ id: a.filterId }],
  'audience.vocabulary': [undefined],
  'audience.tagContacts': [{ contactIds: [a.contactId], add: ['taken'], remove: ['vip'] }],
  'audience.waterfall': [{ broadcastId: a.draftId }],
  'audience.waterfallPeople': [{ broadcastId: a.draftId, key: 'members', p: 1, ps: 50 }, { broadcastId: a.draftId, key: 'duplicate' }],
  'audience.change': [{ broadcastId: a.draftId }],
  'audience.changePeople': [{ broadcastId: a.draftId, side: 'joined', p: 1, ps: 50 }],
  'audience.readNumbers': [{ numbers: ['(415) 555-0132', '+14155550133'] }],
  'broadcast.list': [{ search: 'canary', status: 'draft', channel: 'sms', sender: '+14155551234', author: a.userId, from: '2026-01-01', to: '2030-12-31', p: 1, ps: 50 }, {}],
  'broadcast.listChoices': [{ search: 'canary', status: 'draft', channel: 'sms', sender: '+14155551234', author: a.userId, from: '2026-01-01', to: '2030-12-31' }, {}],
  'broadcast.read': [{ id: a.broadcastId }],
  'broadcast.create': [{ broadcastName: 'Stolen', channel: 'sms', type: 'sms', content: 'Hi', senderPhone: '+14155551234', recipientMethod: 'lists', selectedLists: [a.listId], templateVariables: { 1: 'x' } }],
  'broadcast.update': [{ id: a.draftId, version: 1, broadcastName: 'Taken over', content: 'Hi', senderPhone: '+14155551234', selectedLists: [a.listId] }],
  'broadcast.delete': [{ id: a.draftId }],
  'broadcast.duplicate': [{ id: a.broadcastId }],
  'broadcast.preview': [{ id: a.draftId }],
  'broadcast.departures': [{ id: a.draftId, at: '2030-12-24T09:00', timeZone: 'Europe/Berlin', isLocal: true }, { id: a.draftId }],
  'broadcast.send': [{ id: a.draftId, idempotencyKey: 'key-1', scheduledAt: new Date(Date.now() + 3_600_000).toISOString() }, { id: a.draftId, idempotencyKey: `${a.canary} key` }],
  'broadcast.pause': [{ id: a.broadcastId }],
  'broadcast.resume': [{ id: a.broadcastId, more: 50 }, { id: a.broadcastId }],
  'broadcast.release': [{ id: a.broadcastId }],
  'broadcast.setBudget': [{ id: a.broadcastId, budget: '50.00' }],
  'broadcast.budgetState': [{ id: a.broadcastId }, {}],
  'broadcast.removeFailed': [{ id: a.broadcastId, causes: [{ code: 30006, reason: null }] }, { id: a.broadcastId }],
  'broadcast.retryFailed': [{ id: a.broadcastId, causes: [{ code: 30003, reason: 'twilio_error' }] }, { id: a.broadcastId }],
  'broadcast.cancel': [{ id: a.broadcastId }],
  'broadcast.report': [{ id: a.broadcastId }],
  'broadcast.progress': [{ id: a.broadcastId }],
  'broadcast.watch': [{ id: a.broadcastId }],
  'broadcast.checkBalance': [{ amount: '1.00', currency: 'USD' }],
  'broadcast.previewTest': [{ id: a.draftId, numbers: ['+12025550166'], contactId: a.contactId, prefix: true }],
  'broadcast.testSend': [{ id: a.draftId, numbers: ['+12025550166'], contactId: a.contactId, prefix: true }],
  'broadcast.approvals': [undefined],
  'broadcast.calendar': [{ month: '2026-11' }, {}],
  'broadcast.requestApproval': [{ id: a.draftId }],
  'broadcast.decideApproval': [{ approvalId: a.approvalId, decision: 'approved', note: 'Fine' }],
  'broadcast.versions': [{ id: a.draftId }],
  'broadcast.readVersion': [{ id: a.draftId, version: 1 }],
  'broadcast.nameVersion': [{ id: a.draftId, version: 1, name: 'Taken over' }],
  'broadcast.restoreVersion': [{ id: a.draftId, version: 1 }],
  'contact.list': [{ search: 'Ann', list: a.listId, optedOut: 'no', p: 1, ps: 50 }, { search: 'canary' }, {}],
  'contact.read': [{ id: a.contactId }],
  'contact.timeline': [{ contactId: a.contactId, kinds: ['message', 'reply', 'consent', 'list', 'import', 'note'], cursor: '1767225600000000~message:x', limit: 20 }, { contactId: a.contactId }],
  'contact.activities': [{ contactId: a.contactId, p: 1, ps: 50 }],
  'contact.create': [{ phone: '+12025550188', email: 'eve@example.com', firstName: 'Eve', lastName: 'M', fields: { city: 'Berlin' }, timeZone: 'Europe/Berlin', consentSource: 'form', lists: [a.listId] }, { phone: a.phone }],
  'contact.update': [{ id: a.contactId, firstName: 'Eve', phone: '+12025550177', email: 'eve@example.com', fields: { city: 'Berlin' }, timeZone: 'Europe/Berlin', optedOut: true, consentSource: 'form' }],
  'contact.mayMessage': [{ id: a.contactId }],
  'contact.consent': [{ id: a.contactId }],
  'contact.addNote': [{ id: a.contactId, text: 'Taken over' }],
  'contact.addConsent': [{ id: a.contactId, consentSource: 'Taken over' }],
  'contact.optOut': [{ id: a.contactId, sender: '+14155551234', note: 'Taken over' }, { id: a.contactId }],
  'contact.undoOptOut': [{ id: a.contactId, eventId: a.contactId }],
  'contact.readErasure': [{ id: a.contactId }],
  'contact.erase': [{ id: a.contactId, confirmation: a.phone.slice(-4) }],
  'contact.delete': [{ id: a.contactId }],
  'optOut.list': [{ search: 'Ann', kind: 'opt_out', source: 'staff', scope: 'organization', p: 1, ps: 50 }, { search: a.phone.slice(-4) }, {}],
  'optOut.counts': [undefined],
  'optOut.record': [{ phone: '+12025550166', sender: '+14155551234', note: 'On the phone' }, { phone: a.phone }],
  'optOut.drift': [undefined],
  'optOut.startCheck': [undefined],
  'optOut.retryPushes': [undefined],
  'contactImport.list': [{ p: 1, ps: 50 }, {}],
  'contactImport.undo': [{ id: a.importId }],
  'contactImport.uploads': [undefined],
  'contactImport.upload': [{ id: a.uploadId }],
  'contactImport.rows': [{ id: a.uploadId, group: 'refused', kind: 'no_number', p: 1, ps: 50 }, { id: a.uploadId, group: 'updated' }],
  'contactImport.updateUpload': [{ id: a.uploadId, options: { mapping: { phone: 'phone' }, list: a.listId, defaultCountry: 'US', refuseLandlines: true, encoding: 'utf-8' } }],
  'contactImport.repair': [{ id: a.uploadId, cells: [{ row: 2, column: 'phone', value: '+12025550155' }], replace: { column: 'phone', begins: '00', by: '+' } }],
  'contactImport.start': [{ id: a.uploadId, list: a.listId }, { id: a.uploadId, listName: 'New' }],
  'contactImport.discard': [{ id: a.uploadId }],
  'conversation.list': [{ view: 'all', channel: 'whatsapp', isUnread: true, search: 'canary', sort: 'time_left', p: 1, ps: 50 }, { search: a.phone }, {}],
  'conversation.thread': [{ conversationId: a.conversationId, before: '1767225600000000~x', limit: 20 }, { conversationId: a.conversationId }],
  'conversation.watch': [{ view: 'all', conversationId: a.conversationId }, {}],
  'conversation.reply': [{ conversationId: a.conversationId, text: 'Hi', idempotencyKey: `key-${randomUUID()}` }, { conversationId: a.conversationId, templateSid: a.templateContentSid, templateVariables: { 1: 'x' } }],
  'conversation.note': [{ conversationId: a.conversationId, text: 'Called them' }],
  'conversation.assign': [{ conversationId: a.conversationId, userId: a.owner.id }, { conversationId: a.conversationId, userId: null }],
  'conversation.decideOptOut': [{ conversationId: a.conversationId, isOptOut: true }, { conversationId: a.conversationId, isOptOut: false }],
  'conversation.close': [{ conversationId: a.conversationId, isClosed: true }, { conversationId: a.conversationId, isClosed: false }],
  'conversation.snooze': [{ conversationId: a.conversationId, until: new Date(Date.now() + 3_600_000).toISOString() }, { conversationId: a.conversationId, until: null }],
  'conversation.markRead': [{ conversationId: a.conversationId, isRead: true }, { conversationId: a.conversationId, isRead: false }],
  'conversation.start': [{ contactId: a.contactId, channel: 'sms', sender: null }, { contactId: a.contactId, channel: 'whatsapp', sender: 'whatsapp:+14155551234' }],
  'conversation.colleagues': [undefined],
  'conversation.quickReplies': [undefined],
  'conversation.saveQuickReply': [{ id: a.quickReplyId, name: `Taken over ${randomUUID().slice(0, 8)}`, text: 'Hi' }, { name: `New ${randomUUID().slice(0, 8)}`, text: 'Hi' }],
  'conversation.deleteQuickReply': [{ id: a.quickReplyId }],
  'device.list': [undefined],
  'device.pushKey': [undefined],
  'device.register': [{ deviceId: a.deviceId, name: 'Taken over', platform: 'Firefox on Linux', capabilities: ['sms'], push: pushSubscription() }, { name: 'Desk phone', capabilities: ['voice'] }],
  'device.heartbeat': [{ deviceId: a.deviceId }],
  'device.update': [{ deviceId: a.deviceId, name: 'Taken over', events: ['notice'], quietFrom: '20:00', quietUntil: '07:00', timeZone: 'Europe/Berlin', quietEvents: ['message'], showsText: false }],
  'device.test': [{ deviceId: a.deviceId }],
  'device.renew': [{ oldEndpoint: a.pushEndpoint, push: pushSubscription() }],
  'device.remove': [{ deviceId: a.deviceId }],
  'delivery.list': [{ id: a.broadcastId, status: 'delivered', p: 1, ps: 50 }],
  'delivery.search': [{ search: a.phone }, { search: 'Ann', status: 'delivered', broadcastId: a.broadcastId, errorCode: 30003, cursor: `${a.broadcastId}-9`, limit: 50 }, {}],
  'delivery.read': [{ id: `${a.broadcastId}-1` }],
  'ledger.stats': [{ from: '2026-01-01', to: '2026-01-31' }, {}],
  'ledger.history': [{ broadcastId: a.broadcastId, p: 1, ps: 50 }, {}],
  'ledger.breakdown': [{ from: '2026-01-01', to: '2026-01-31' }, {}], 'ledger.forecast': [undefined], 'ledger.reconciliation': [undefined], 'ledger.readUsage': [undefined],
  'number.search': [{ country: 'US', type: 'local', areaCode: '415', contains: '2**', mms: true, voice: false, p: 1, ps: 50 }, {}],
  'number.buy': [{ phoneNumber: '+14155552999', price: '1.15', currency: 'USD' }],
  'number.import': [{ phoneNumber: '+14155552999' }],
  'number.chooseSystem': [{ id: a.senderId }],
  'number.repairInbound': [{ id: a.senderId }],
  'number.readRelease': [{ id: a.senderId }],
  'number.release': [{ id: a.senderId, confirmation: '0000' }],
  'organization.me': [undefined],
  'organization.mine': [undefined],
  'organization.create': [{ name: 'Another', timeZone: 'UTC' }],
  'organization.switch': [{ organizationId: a.organizationId }],
  'organization.read': [undefined],
  'organization.members': [undefined],
  'organization.update': [{ name: 'Taken over', timeZone: 'UTC', defaultCountry: 'DE', monthlyBudget: '500.00' }],
  'reportShare.list': [{ broadcastId: a.broadcastId }],
  'reportShare.create': [{ broadcastId: a.broadcastId, days: 30, showsCost: true }],
  'reportShare.revoke': [{ id: a.shareId }],
  'template.list': [{ search: 'canary', status: 'draft', category: 'utility', p: 1, ps: 50 }, {}],
  'template.read': [{ templateId: a.templateId }],
  'template.readVersion': [{ id: a.templateDraftId }],
  'template.pinned': [{ contentSid: a.templateContentSid }],
  'template.create': [{ name: `stolen_${randomUUID().slice(0, 8)}`, language: 'de', category: 'marketing', content: { type: 'card', header: 'Hi', body: 'Hi {{firstName}}', buttons: [{ type: 'url', title: 'Go', url: 'https://acme.example' }] }, variables: { firstName: { sample: 'Ann', fallback: '' } } }],
  'template.update': [{ id: a.templateDraftId, revision: 1, name: `taken_over_${randomUUID().slice(0, 8)}`, category: 'marketing', content: { body: 'Taken over' } }, { id: a.templateVersionId, content: { body: 'Taken over' } }],
  'template.duplicate': [{ id: a.templateVersionId, language: 'fr' }, { id: a.templateVersionId, name: `copy_${randomUUID().slice(0, 8)}` }],
  'template.submit': [{ id: a.templateDraftId }, { id: a.templateVersionId }],
  'template.refresh': [{ id: a.templateVersionId }, { id: a.templateDraftId }],
  'template.sync': [undefined],
  'template.watch': [{ templateId: a.templateId }, {}],
  'template.variableFacts': [{ expressions: ['firstName', 'order.trackingNumber', 'fields.secret | default: "x"'], broadcastId: a.draftId }, { expressions: ['contact.firstName'] }],
  'template.delete': [{ id: a.templateVersionId }, { id: a.templateDraftId }],
  'connection.read': [undefined],
  'connection.takeReplies': [undefined],
  'twilioAccount.read': [undefined],
  'twilioAccount.setup': [undefined],
  'twilioAccount.connect': [newTwilioAccount()],
  'twilioAccount.check': [undefined],
  'twilioAccount.connectEvents': [undefined],
  'twilioAccount.senders': [undefined],
  'twilioAccount.setHelp': [{ id: a.senderId, helpBy: 'us', isTwilioOff: true, helpText: 'Taken over' }],
  'user.instance': [undefined],
  'user.signUp': [{ name: 'Eve', email: `eve-${randomUUID().slice(0, 8)}@example.com`, password: 'long enough password', organizationName: 'Eve Ltd', timeZone: 'UTC' }],
  'userView.list': [{ page: 'broadcasts' }],
  'userView.save': [{ page: 'broadcasts', name: 'Taken over', query: 'status=draft' }],
  'userView.delete': [{ id: a.viewId }],
  'user.sessions': [undefined],
  'user.signOutElsewhere': [undefined],
});

/** The procedure behind each REST operation; the two that have none have inputs of their own. */
const operationProcedures: Record<string, string> = {
  'post /broadcast': 'broadcast.create', 'get /broadcast': 'broadcast.list', 'get /broadcast/{id}': 'broadcast.read', 'patch /broadcast/{id}': 'broadcast.update',
  'delete /broadcast/{id}': 'broadcast.delete', 'post /broadcast/{id}/preview': 'broadcast.preview', 'post /broadcast/{id}/send': 'broadcast.send',
  'post /broadcast/{id}/pause': 'broadcast.pause', 'post /broadcast/{id}/resume': 'broadcast.resume', 'post /broadcast/{id}/release': 'broadcast.release', 'patch /broadcast/{id}/budget': 'broadcast.setBudget', 'post /broadcast/{id}/retry': 'broadcast.retryFailed', 'post /broadcast/{id}/cancel': 'broadcast.cancel', 'post /broadcast/{id}/approval': 'broadcast.requestApproval', 'post /broadcast/{id}/test': 'broadcast.testSend',
  'post /broadcast/approvals/{approvalId}/decision': 'broadcast.decideApproval',
  'get /broadcast/{id}/deliveries': 'delivery.list', 'get /broadcast/{id}/deliveries.csv': 'delivery.list', 'get /broadcast/{id}/report': 'broadcast.report',
  'get /org-management/services/{service}/agreement': 'agreement.read', 'post /org-management/services/{service}/agreement/accept': 'agreement.accept',
  'post /upstream/save-integration': 'twilioAccount.connect', 'post /upstream/test/twilio': 'twilioAccount.check', 'get /phone/numbers': 'twilioAccount.senders', 'get /phone/available': 'number.search', 'post /phone/numbers': 'number.buy', 'post /phone/numbers/add': 'number.import', 'patch /phone/numbers/{id}': 'twilioAccount.setHelp',
  'get /usage/stats': 'ledger.stats', 'get /usage/history/bulk-sms': 'ledger.history',
  'get /usage/breakdown': 'ledger.breakdown', 'get /usage/forecast': 'ledger.forecast', 'get /usage/reconciliation': 'ledger.reconciliation',
  'post /phone/voice/register-device': 'device.register', 'post /phone/voice/heartbeat': 'device.heartbeat',
  'get /crm/contacts': 'contact.list', 'post /crm/contacts': 'contact.create', 'post /crm/contacts/import': 'contactImport.start', 'get /crm/contacts/{id}': 'contact.read',
  'patch /crm/contacts/{id}': 'contact.update', 'delete /crm/contacts/{id}': 'contact.delete', 'post /crm/contacts/{id}/erase': 'contact.erase', 'get /crm/contacts/{id}/may-message': 'contact.mayMessage', 'get /crm/contacts/{id}/consent': 'contact.consent', 'get /crm/activity': 'contact.activities', 'get /crm/opt-outs': 'optOut.list', 'post /crm/opt-outs': 'optOut.record',
  'get /broadcast/templates': 'template.list', 'post /broadcast/templates': 'template.create', 'get /broadcast/templates/{id}': 'template.readVersion', 'patch /broadcast/templates/{id}': 'template.update', 'post /broadcast/templates/{id}/duplicate': 'template.duplicate', 'delete /broadcast/templates/{id}': 'template.delete', 'post /broadcast/templates/{id}/submit': 'template.submit', 'post /broadcast/templates/{id}/refresh': 'template.refresh', 'post /broadcast/templates/sync': 'template.sync',
  'get /crm/inbox/conversations': 'conversation.list', 'get /crm/inbox/messages': 'conversation.thread', 'post /crm/chat-message/create': 'conversation.reply',
  'get /automation/keywords': 'automation.list', 'post /automation/keywords': 'automation.create', 'post /automation/keywords/try': 'automation.try', 'get /automation/keywords/{id}': 'automation.read', 'patch /automation/keywords/{id}': 'automation.update', 'delete /automation/keywords/{id}': 'automation.delete',
  'get /crm/lists': 'audience.lists', 'post /crm/lists': 'audience.createList', 'get /crm/lists/{list}': 'audience.readList', 'patch /crm/lists/{list}': 'audience.updateList',
  'delete /crm/lists/{list}': 'audience.deleteList', 'get /crm/lists/{list}/members': 'audience.members', 'post /crm/lists/{list}/members': 'audience.addMembers',
  'delete /crm/lists/{list}/members': 'audience.removeMembers',
  'get /crm/filters': 'audience.filters', 'post /crm/filters': 'audience.createFilter', 'post /crm/filters/count': 'audience.countFilter', 'get /crm/filters/{id}': 'audience.readFilter',
  'patch /crm/filters/{id}': 'audience.updateFilter', 'delete /crm/filters/{id}': 'audience.deleteFilter', 'post /crm/contacts/tags': 'audience.tagContacts',
};
const ownInputs = (a: Furnished): Record<string, Input[]> => ({ 'get /phone/voice/events': [{ deviceId: a.deviceId, lastEventId: '0' }, { deviceId: a.deviceId }], 'post /crm/contacts/import': [{ fileName: 'x.csv', csv: csv(a.phone), mapping: { phone: 'phone' }, list: a.listId, defaultCountry: 'US', dryRun: false }, { csv: csv(a.phone), listName: 'Customers', dryRun: true }], 'post /profile/signin': [{ email: 'nobody@example.com', password: 'wrong password' }] });

export type RestRow = (typeof operations)[number];
export const nameOf = (row: RestRow) => `${row.method} ${row.path}`;

/** Inputs of every REST operation, and the procedure whose role it must ask for. An operation that is not in the tables above has none. */
export function operationInputs(a: Furnished): Record<string, { inputs: Input[]; procedure: string | null }> {
  const procedures = procedureInputs(a);
  const own = ownInputs(a);
  return Object.fromEntries(operations.map((row) => {
    const procedure = operationProcedures[nameOf(row)] ?? null;
    return [nameOf(row), { inputs: own[nameOf(row)] ?? (procedure ? procedures[procedure] : undefined) ?? [], procedure }];
  }));
}

/** Asks the REST door. The input is taken apart into path, headers, query and `data`, as the row says; fields that the row does not know go with the body or query. */
export async function callRest(row: RestRow, input: Input, who: { token: string; orgid?: string } | null) {
  const { path, headers, fields } = takenApart(row, input ?? {});
  const auth = who ? { authorization: `Bearer ${who.token}`, ...(who.orgid && { orgid: who.orgid }) } : {};
  const query = row.method === 'get' ? `?${new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value) ?? '']))}` : '';
  const body = row.method === 'get' ? {} : { body: JSON.stringify({ data: fields }) };
  return answerOf(await handle(new Request(`http://localhost:3000${path}${query}`, { method: row.method.toUpperCase(), headers: { 'content-type': 'application/json', ...auth, ...headers }, ...body })));
}

function takenApart(row: RestRow, input: Record<string, unknown>) {
  const rest = { ...input };
  const take = (name: string) => { const value = rest[name]; delete rest[name]; return typeof value === 'string' ? value : JSON.stringify(value) ?? ''; };
  const path = pathParameters(row.path).reduce((at, name) => at.replace(`{${name}}`, encodeURIComponent(take(name).toWellFormed())), row.path);
  const named = Object.entries(row.fromHeaders ?? {}).filter(([field]) => field in rest).map(([field, name]) => [name, take(field)] as const);
  // fetch itself refuses what a header cannot hold.
  const headers = Object.fromEntries(named.filter(([, value]) => /^[\t\x20-\x7e\x80-\xff]*$/.test(value)));
  return { path, headers, fields: rest };
}

export async function answerOf(response: Response): Promise<{ status: number; text: string }> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) return { status: response.status, text: await beginningOf(response) };
  return { status: response.status, text: await response.text() };
}

/** A stream does not end by itself. */
async function beginningOf(response: Response): Promise<string> {
  const reader = response.body!.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
}

/** Takes a body, or does not. */
export const takesBody = (row: RestRow) => row.method !== 'get' && bodyFields(row).length > 0;
