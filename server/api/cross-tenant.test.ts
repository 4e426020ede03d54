import { TRPCError } from '@trpc/server';
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test, vi } from 'vitest';

vi.hoisted(() => Object.assign(process.env, {
  // Nothing listens there: a check of the connection ends at once.
  DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'http://localhost:3000', TWILIO_BASE_URL: 'http://127.0.0.1:9', LOG_LEVEL: 'silent',
}));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

import { inSystem, rows, type Db } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { roles, type Role } from '#server/context.ts';
import { Problem } from '#server/errors.ts';
import { operations } from '#server/api/rest/app.ts';
import { appRouter } from '#server/api/root.ts';
import { callRest, furnish, nameOf, operationInputs, person, procedureInputs, type Furnished, type Input, type Person } from './doors.fixture.ts';

// Every door of the application, called by somebody to whom the rows do not belong. A new procedure or operation has no line in the tables and fails.

const { db } = await testDatabase();
(globalThis as { hailerDatabase?: Db }).hailerDatabase = db;

let a: Furnished;
let b: Furnished;
let stranger: Person;
beforeAll(async () => {
  [a, b] = [await furnish(db), await furnish(db)];
  stranger = await person(db, b.organizationId, 'owner');
});

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: 'query' | 'mutation' | 'subscription' } }>).map(([name, { _def }]) => ({ name, type: _def.type }));

/** The answer as text, or the refusal. A subscription gives its first event. */
async function callProcedure(name: string, input: Input, { session }: Person): Promise<{ code: string; text: string }> {
  const [router, procedure] = name.split('.') as [string, string];
  try {
    const caller = appRouter.createCaller({ session }) as unknown as Record<string, Record<string, (input: Input) => Promise<unknown>>>;
    const answer = await caller[router]![procedure]!(input);
    const isStream = typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
    return { code: 'OK', text: JSON.stringify(isStream ? (await (answer as AsyncGenerator)[Symbol.asyncIterator]().next()).value : answer) ?? '' };
  } catch (error) {
    // A stream's own refusal is translated by the door that runs it.
    if (error instanceof Problem) return { code: error.code, text: JSON.stringify(error) };
    if (!(error instanceof TRPCError)) throw error;
    return { code: error.code, text: JSON.stringify([error.message, error.cause]) };
  }
}

/** All rows of one organisation, table by table; and how many. */
async function rowsOf(organizationId: string): Promise<Record<string, string[]>> {
  return inSystem(db, async (tx) => {
    const tables = await rows<{ name: string }>(tx, sql`select c.relname as name from pg_class c join pg_attribute at on at.attrelid = c.oid and at.attname = 'organization_id' and not at.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`);
    const found: Record<string, string[]> = { organization: (await rows<{ row: string }>(tx, sql`select o::text as row from organization o where id = ${organizationId}`)).map(({ row }) => row) };
    for (const { name } of tables) {
      found[name] = (await rows<{ row: string }>(tx, sql`select r::text as row from ${sql.identifier(name)} r where organization_id = ${organizationId} order by 1`)).map(({ row }) => row);
    }
    return found;
  });
}

/** Nothing of A in an answer: neither a text of it nor an id, except what was asked with. */
function expectNothingOfA(text: string, input: Input) {
  const asked = textsOf(input);
  const ids = [a.organizationId, a.contactId, a.listId, a.draftId, a.broadcastId, a.userId].filter((id) => !asked.some((one) => one.includes(id)));
  const left = asked.filter((one) => one.includes(a.canary)).reduce((rest, one) => rest.replaceAll(one, ''), text);
  for (const secret of [a.canary, ...ids]) expect(left).not.toContain(secret);
}

const textsOf = (value: unknown): string[] => (typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []);

test('the organisation of these tests has a row in every tenant table', async () => {
  expect(Object.entries(await rowsOf(a.organizationId)).filter(([, found]) => found.length === 0).map(([table]) => table)).toEqual([]);
});

test('every procedure and every REST operation has its line in the tables', () => {
  expect(Object.keys(procedureInputs(a)).toSorted()).toEqual(procedures.map(({ name }) => name).toSorted());
  expect(Object.entries(operationInputs(a)).filter(([, { inputs }]) => inputs.length === 0).map(([name]) => name)).toEqual([]);
  expect(Object.keys(least).toSorted()).toEqual(procedures.filter(({ type, name }) => type === 'mutation' && !personal.includes(name)).map(({ name }) => name).toSorted());
});

test.each(procedures)('$name of another organisation: nothing comes back and nothing changes', async ({ name }) => {
  const before = await rowsOf(a.organizationId);
  for (const input of procedureInputs(a)[name] ?? []) {
    const { code, text } = await callProcedure(name, input, stranger);
    expect(code).not.toBe('INTERNAL_SERVER_ERROR');
    expectNothingOfA(text, input);
  }
  expect(await rowsOf(a.organizationId)).toEqual(before);
});

test.each(operations.map((row) => ({ name: nameOf(row), row })))('$name of another organisation: nothing comes back and nothing changes', async ({ name, row }) => {
  const caller = await person(db, b.organizationId, 'owner');
  const before = await rowsOf(a.organizationId);
  for (const input of operationInputs(a)[name]!.inputs) {
    const mine = await callRest(row, input, caller);
    // No Twilio answers here.
    if (!mine.text.includes('"twilio_failed"')) expect(mine.status).toBeLessThan(500);
    if (row.access === 'token') expect([401, 403]).not.toContain(mine.status);
    expectNothingOfA(mine.text, input);
    const [theirs, nobody] = [await callRest(row, input, { token: caller.token, orgid: a.organizationId }), await callRest(row, input, null)];
    if (row.access === 'token') expect([theirs.status, nobody.status]).toEqual([403, 401]);
    for (const { text } of [theirs, nobody]) expectNothingOfA(text, input);
  }
  expect(await rowsOf(a.organizationId)).toEqual(before);
});

/** Who may do it at least. */
const least: Record<string, Role> = {
  'connection.takeReplies': 'admin', 'agreement.accept': 'admin', 'organization.update': 'admin', 'twilioAccount.connect': 'admin', 'twilioAccount.check': 'admin', 'twilioAccount.connectEvents': 'admin', 'twilioAccount.setHelp': 'admin',
  'automation.create': 'marketer', 'automation.update': 'marketer', 'automation.delete': 'marketer', 'automation.reorder': 'marketer', 'automation.addVariant': 'marketer', 'automation.rotateSecret': 'marketer', 'automation.testCall': 'marketer',
  'number.buy': 'admin', 'number.import': 'admin', 'number.chooseSystem': 'admin', 'number.repairInbound': 'admin', 'number.release': 'admin',
  'audience.saveAsList': 'marketer', 'reportShare.create': 'marketer', 'reportShare.revoke': 'marketer',
  'audience.createList': 'marketer', 'audience.updateList': 'marketer', 'audience.deleteList': 'marketer', 'audience.addMembers': 'marketer', 'audience.removeMembers': 'marketer', 'audience.readNumbers': 'marketer',
  'audience.createFilter': 'marketer', 'audience.updateFilter': 'marketer', 'audience.deleteFilter': 'marketer', 'audience.tagContacts': 'marketer',
  'broadcast.create': 'marketer', 'broadcast.update': 'marketer', 'broadcast.delete': 'marketer', 'broadcast.duplicate': 'marketer', 'broadcast.send': 'marketer',
  'ledger.readUsage': 'marketer',
  'broadcast.pause': 'marketer', 'broadcast.resume': 'marketer', 'broadcast.release': 'marketer', 'broadcast.setBudget': 'marketer', 'broadcast.retryFailed': 'marketer', 'broadcast.removeFailed': 'marketer', 'broadcast.cancel': 'marketer', 'broadcast.testSend': 'marketer', 'broadcast.requestApproval': 'marketer', 'broadcast.decideApproval': 'admin', 'broadcast.nameVersion': 'marketer', 'broadcast.restoreVersion': 'marketer',
  'contact.addNote': 'support', 'contact.addConsent': 'marketer', 'contact.optOut': 'support', 'contact.undoOptOut': 'support', 'contact.erase': 'admin',
  'contact.create': 'marketer', 'contact.update': 'marketer', 'contact.delete': 'marketer',
  'template.create': 'marketer', 'template.update': 'marketer', 'template.duplicate': 'marketer', 'template.submit': 'marketer', 'template.refresh': 'marketer', 'template.delete': 'marketer', 'template.sync': 'marketer',
  'optOut.record': 'support', 'optOut.startCheck': 'marketer', 'optOut.retryPushes': 'marketer',
  'conversation.reply': 'support', 'conversation.note': 'support', 'conversation.assign': 'support', 'conversation.close': 'support', 'conversation.snooze': 'support', 'conversation.markRead': 'support', 'conversation.decideOptOut': 'support', 'conversation.start': 'support',
  'conversation.saveQuickReply': 'support', 'conversation.deleteQuickReply': 'support',
  'contactImport.updateUpload': 'marketer', 'contactImport.repair': 'marketer', 'contactImport.start': 'marketer', 'contactImport.discard': 'marketer', 'contactImport.undo': 'marketer',
};
/** Mutations of a person's own account. */
const personal = ['device.register', 'device.heartbeat', 'device.update', 'device.remove', 'device.test', 'device.renew', 'organization.create', 'organization.switch', 'user.signUp', 'user.signOutElsewhere', 'userView.save', 'userView.delete'];
const below = (role: Role) => roles.slice(roles.indexOf(role) + 1);

test.each(Object.entries(least))('%s takes at least the role %s', async (name, role) => {
  const before = await rowsOf(b.organizationId);
  for (const lower of below(role)) {
    const { session, token } = stranger;
    for (const input of procedureInputs(b)[name] ?? []) expect(await callProcedure(name, input, { token, session: { ...session, role: lower } })).toMatchObject({ code: 'FORBIDDEN' });
  }
  expect(await rowsOf(b.organizationId)).toEqual(before);
});

test('a viewer changes nothing by REST: each operation that writes answers forbidden', async () => {
  const viewer = await person(db, b.organizationId, 'viewer');
  const before = await rowsOf(b.organizationId);
  const table = operationInputs(b);
  for (const row of operations.filter(({ access, method }) => access === 'token' && method !== 'get')) {
    const { inputs, procedure } = table[nameOf(row)]!;
    if (procedure !== null && personal.includes(procedure)) continue;
    const isWriting = procedure !== null && procedure in least;
    for (const input of inputs) expect([nameOf(row), (await callRest(row, input, viewer)).status]).toEqual([nameOf(row), isWriting ? 403 : 200]);
  }
  expect(await rowsOf(b.organizationId)).toEqual(before);
});

test("a member's own rows do come back, so the tests above could fail", async () => {
  const mine = await person(db, a.organizationId, 'viewer');
  const { text } = await callProcedure('contact.read', { id: a.contactId }, mine);
  expect(text).toContain(a.canary);
  expect(() => expectNothingOfA(text, { id: a.contactId })).toThrow();
});
