import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addMember, createContact, createUser } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { broadcastApprovals, memberships, savedFilters } from '#db/schema/index.ts';
import { createContext, type Role } from '#server/context.ts';
import { cancelBroadcast } from './cancel.ts';
import { decideApproval } from './decide-approval.ts';
import { listApprovals } from './list-approvals.ts';
import { draftTo, pipeline } from './pipeline.fixture.ts';
import { previewBroadcast } from './preview.ts';
import { readBroadcast } from './read.ts';
import { requestApproval } from './request-approval.ts';
import { sendBroadcast } from './send.ts';
import { updateBroadcast } from './update.ts';
import { updateOrganization } from '#server/domain/organization/update.ts';

const { db, simulator, organization } = await pipeline();
const numbers = (count: number) => Array.from({ length: count }, (_, i) => `+1202555${6100 + i}`);

/** An organisation that asks a second person above two recipients: a marketer who writes, an admin who decides, and a draft to three. */
async function guarded(limits: { approvalRecipients?: number | null; approvalAmount?: string | null } = { approvalRecipients: 2 }) {
  const { ctx: owner, account } = await organization();
  await updateOrganization(owner, limits);
  const as = async (role: Role) => {
    const { id, name } = await createUser(db);
    await inSystem(db, (tx) => tx.insert(memberships).values({ organizationId: owner.organizationId, userId: id, role }));
    return { name, ctx: createContext(db, owner.organizationId, { kind: 'user', userId: id, role, address: null }) };
  };
  const [writer, admin] = [await as('marketer'), await as('admin')];
  const { id } = await draftTo(writer.ctx, numbers(3), 'Hello {{firstName}}');
  const draft = { id };
  const approved = async () => decideApproval(admin.ctx, { approvalId: (await requestApproval(writer.ctx, draft)).id!, decision: 'approved' });
  const stateOf = async () => (await previewBroadcast(writer.ctx, draft)).approval;
  return { owner, writer, admin, as, draft, approved, stateOf, arrived: () => simulator.state.journal.entries(account.accountSid, 0, 100).length };
}

test('a send above the threshold is 409 approval_required until a second person has approved it', async () => {
  const { writer, admin, draft, arrived } = await guarded();
  await expect(sendBroadcast(writer.ctx, draft)).rejects.toMatchObject({ code: 'approval_required', status: 409, data: { approval: 'none' } });
  await expect(sendBroadcast(writer.ctx, { id: draft.id, scheduledAt: new Date(Date.now() + 3_600_000).toISOString() })).rejects.toMatchObject({ code: 'approval_required' });
  const asked = await requestApproval(writer.ctx, draft);
  expect(asked).toMatchObject({ state: 'pending', recipients: 3, requestedBy: writer.name, decidedBy: null, mayDecide: false });
  expect(await requestApproval(writer.ctx, draft)).toMatchObject({ id: asked.id });
  await expect(sendBroadcast(writer.ctx, draft)).rejects.toMatchObject({ code: 'approval_required', data: { approval: 'pending' } });
  expect([(await readBroadcast(writer.ctx, draft)).status, arrived()]).toEqual(['draft', 0]);
  expect((await previewBroadcast(admin.ctx, draft)).approval).toMatchObject({ state: 'pending', mayDecide: true });
  expect(await decideApproval(admin.ctx, { approvalId: asked.id!, decision: 'approved', note: 'Fine.' })).toMatchObject({ state: 'approved', decidedBy: admin.name, note: 'Fine.' });
  expect(await sendBroadcast(writer.ctx, draft)).toMatchObject({ status: 'sending', total: 3 });
  const [kept] = await inSystem(db, (tx) => tx.select().from(broadcastApprovals).where(eq(broadcastApprovals.broadcastId, draft.id)));
  expect(kept!.decidedAt).toBeInstanceOf(Date);
  expect((await readBroadcast(writer.ctx, draft)).approval).toEqual({ by: admin.name, at: kept!.decidedAt!.toISOString() });
});

test('nobody approves what they asked for themselves, and a marketer approves nothing', async () => {
  const { owner, writer, as, draft } = await guarded();
  const asked = await requestApproval(owner, draft);
  await expect(decideApproval(owner, { approvalId: asked.id!, decision: 'approved' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(decideApproval(writer.ctx, { approvalId: asked.id!, decision: 'approved' })).rejects.toMatchObject({ code: 'forbidden' });
  const { ctx: stranger } = await organization();
  await expect(decideApproval(stranger, { approvalId: asked.id!, decision: 'approved' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(requestApproval((await as('viewer')).ctx, draft)).rejects.toMatchObject({ code: 'forbidden' });
});

test.each([
  ['the text', { content: 'Hello' }], ['the recipients', { recipientMethod: 'all' }], ['the rules', { stageSize: 1 }], ['the limits', { recipientCeiling: 4 }],
] as const)('an approval is void when %s changed, and says so', async (what, change) => {
  const { writer, draft, approved, stateOf } = await guarded();
  await approved();
  await updateBroadcast(writer.ctx, { id: draft.id, ...change });
  expect(await stateOf()).toMatchObject({ state: 'void', changed: [what] });
  await expect(sendBroadcast(writer.ctx, draft)).rejects.toMatchObject({ code: 'approval_required', message: expect.stringContaining(what) });
  await approved();
  expect(await sendBroadcast(writer.ctx, draft)).toMatchObject({ status: 'sending' });
});

test('an approval holds when the name changes, and when what was changed is changed back', async () => {
  const { writer, draft, approved, stateOf } = await guarded();
  await approved();
  await updateBroadcast(writer.ctx, { id: draft.id, broadcastName: 'Another name', content: 'Hello' });
  await updateBroadcast(writer.ctx, { id: draft.id, content: 'Hello {{firstName}}' });
  expect(await stateOf()).toMatchObject({ state: 'approved', changed: [] });
});

test('one more person on the list than was approved makes it void; a ceiling of the draft leaves room for them', async () => {
  const { writer, draft, approved, stateOf } = await guarded();
  const join = async () => { const { id } = await createContact(db, writer.ctx.organizationId); const [list] = await inSystem(db, (tx) => tx.query.lists.findMany({ where: (each, { eq: is }) => is(each.organizationId, writer.ctx.organizationId) })); await addMember(db, writer.ctx.organizationId, list!.id, id); };
  await approved();
  await join();
  expect(await stateOf()).toMatchObject({ state: 'void', changed: ['the number of people (3 → 4)'] });
  await updateBroadcast(writer.ctx, { id: draft.id, recipientCeiling: 5 });
  expect(await approved()).toMatchObject({ state: 'approved', recipients: 5 });
  await join();
  expect(await stateOf()).toMatchObject({ state: 'approved' });
});

test('a saved filter that is changed after the approval makes it void', async () => {
  const { writer, draft, approved, stateOf } = await guarded();
  const [filter] = await inSystem(db, (tx) => tx.insert(savedFilters).values({ organizationId: writer.ctx.organizationId, name: 'Berlin', definition: { groups: [{ match: 'all', conditions: [{ kind: 'field', field: 'fields.city', operator: 'is', value: 'Berlin' }] }] } }).returning());
  await updateBroadcast(writer.ctx, { id: draft.id, excludedFilter: filter!.id });
  await approved();
  await inSystem(db, (tx) => tx.update(savedFilters).set({ definition: { groups: [{ match: 'all', conditions: [{ kind: 'field', field: 'fields.city', operator: 'is', value: 'Bonn' }] }] } }).where(eq(savedFilters.id, filter!.id)));
  expect(await stateOf()).toMatchObject({ state: 'void', changed: ['the recipients'] });
});

test('what changed while the second person looked is not approved', async () => {
  const { writer, admin, draft } = await guarded();
  const asked = await requestApproval(writer.ctx, draft);
  await updateBroadcast(writer.ctx, { id: draft.id, content: 'Something else' });
  await expect(decideApproval(admin.ctx, { approvalId: asked.id!, decision: 'approved' })).rejects.toMatchObject({ code: 'invalid_state', message: expect.stringMatching(/^The text changed/) });
});

test('a rejection keeps its note until somebody asks again', async () => {
  const { writer, admin, draft, stateOf } = await guarded();
  const asked = await requestApproval(writer.ctx, draft);
  await decideApproval(admin.ctx, { approvalId: asked.id!, decision: 'rejected', note: 'The code is wrong' });
  await updateBroadcast(writer.ctx, { id: draft.id, content: 'Right code' });
  expect(await stateOf()).toMatchObject({ state: 'rejected', note: 'The code is wrong' });
  await expect(sendBroadcast(writer.ctx, draft)).rejects.toMatchObject({ message: expect.stringContaining('The code is wrong') });
  expect(await requestApproval(writer.ctx, draft)).toMatchObject({ state: 'pending' });
});

test('the threshold of cost asks too, and a send under both asks nobody', async () => {
  const { writer, draft } = await guarded({ approvalAmount: '0.02' });
  await expect(sendBroadcast(writer.ctx, draft)).rejects.toMatchObject({ code: 'approval_required' });
  const small = await guarded({ approvalRecipients: 3, approvalAmount: '1' });
  expect(await small.stateOf()).toBeNull();
  await expect(requestApproval(small.writer.ctx, small.draft)).rejects.toMatchObject({ code: 'invalid_state' });
  expect(await sendBroadcast(small.writer.ctx, small.draft)).toMatchObject({ status: 'sending' });
});

test('an approval covers the schedule, and what waits is listed until it is decided or the draft changes', async () => {
  const { writer, admin, draft, approved } = await guarded();
  await requestApproval(writer.ctx, draft);
  expect(await listApprovals(admin.ctx)).toMatchObject([{ broadcastId: draft.id, recipients: 3, requestedBy: writer.name, mayDecide: true }]);
  expect(await listApprovals(writer.ctx)).toMatchObject([{ mayDecide: false }]);
  await updateBroadcast(writer.ctx, { id: draft.id, content: 'Changed' });
  expect(await listApprovals(admin.ctx)).toEqual([]);
  await approved();
  expect(await listApprovals(admin.ctx)).toEqual([]);
  expect(await sendBroadcast(writer.ctx, { id: draft.id, scheduledAt: new Date(Date.now() + 3_600_000).toISOString() })).toMatchObject({ status: 'scheduled' });
  await cancelBroadcast(writer.ctx, draft);
});
