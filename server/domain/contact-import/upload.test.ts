import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createContact, createList, createOrganization } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context, type Role } from '#server/context.ts';
import { discardUpload } from '#server/domain/contact-import/discard.ts';
import { writeErrorFile } from '#server/domain/contact-import/error-file.ts';
import { listImports } from '#server/domain/contact-import/list.ts';
import { tellProgress } from '#server/domain/contact-import/progress.ts';
import { listUploads, readUpload } from '#server/domain/contact-import/read.ts';
import { repairRows } from '#server/domain/contact-import/repair.ts';
import { listUploadRows } from '#server/domain/contact-import/rows.ts';
import { uploadOptions } from '#server/domain/contact-import/schema.ts';
import { startImport } from '#server/domain/contact-import/start.ts';
import { storeUpload } from '#server/domain/contact-import/store.ts';
import { undoImport } from '#server/domain/contact-import/undo.ts';
import { updateUpload } from '#server/domain/contact-import/update.ts';
import { workOnUpload } from '#server/domain/contact-import/work.ts';
import { listContacts } from '#server/domain/contact/list.ts';
import { eraseContact } from '#server/domain/person/erase.ts';

const { db } = await testDatabase();

async function office(role: Role = 'marketer') {
  const organization = await createOrganization(db);
  return createContext(db, organization.id, { kind: 'user', userId: organization.owner.id, role, address: null });
}

async function* pieces(bytes: Uint8Array, size = 7) { for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size); }
const text = (csv: string) => pieces(new TextEncoder().encode(csv));
const work = (ctx: Context, uploadId: string) => workOnUpload({ ...ctx, actor: { kind: 'system', task: 'test' } }, { uploadId });

/** A file that was stored and looked at by the worker. */
async function uploaded(ctx: Context, csv: string | Uint8Array) {
  const { id } = await storeUpload(ctx, { fileName: 'people.csv' }, typeof csv === 'string' ? text(csv) : pieces(csv));
  await work(ctx, id);
  return id;
}
async function imported(ctx: Context, id: string, target: { list?: string; listName?: string } = {}) {
  await startImport(ctx, { id, ...target });
  await work(ctx, id);
  return readUpload(ctx, { id });
}
const count = (ctx: Context, table: string) => inSystem(db, async (tx) => (await rows<{ n: number }>(tx, sql`select count(*)::int as n from ${sql.identifier(table)} where organization_id = ${ctx.organizationId}`))[0]!.n);

test('a file that comes in pieces is checked before anything is written, imported as a whole, and found under Imports', async () => {
  const ctx = await office();
  await createContact(db, ctx.organizationId, { phone: '+12025550102', firstName: 'Bob', fields: { city: 'Bonn' } });
  await createContact(db, ctx.organizationId, { phone: '+12025550103', firstName: 'Zoë' });
  const id = await uploaded(ctx, 'phone,first name,city\n+12025550101,Ann,Rome\n+12025550102,Robert,Rome\n+12025550103,Zoë,\nnobody,Dan,\n');
  const ready = await readUpload(ctx, { id });
  expect(ready).toMatchObject({ state: 'ready', rowsDone: 4, result: { rows: 4, created: 1, updated: 1, unchanged: 1, refused: 1, kinds: [{ kind: 'no_number', rows: 1 }], encoding: 'utf-8', delimiter: ',' }, import: null });
  expect([await count(ctx, 'contact'), (await listUploads(ctx)).map((each) => each.id)]).toEqual([2, [id]]);
  const done = await imported(ctx, id, { listName: 'Fair' });
  expect(done).toMatchObject({ state: 'done', import: { created: 1, updated: 1, unchanged: 1, refused: 1, list: { name: 'Fair' }, undoUntil: expect.any(String), uploadId: id } });
  expect((await listContacts(ctx, { list: 'fair' })).total).toBe(3);
  expect(await listImports(ctx, {})).toMatchObject({ total: 1, data: [{ id: done.import!.id, fileName: 'people.csv', undoneAt: null }] });
  expect([await listUploads(ctx), await count(ctx, 'contact_upload_chunk'), await count(ctx, 'contact_upload_row')]).toEqual([[], 0, 1]);
  expect(await undoImport(ctx, { id: done.import!.id })).toEqual({ deleted: 1, restored: 1, kept: 0, left: 0 });
  expect((await readUpload(ctx, { id })).import).toMatchObject({ undoneBy: expect.any(String), undoUntil: null });
});

test('each group shows its rows, with what would change field by field', async () => {
  const ctx = await office();
  const { id: contactId } = await createContact(db, ctx.organizationId, { phone: '+12025550102', firstName: 'Bob', email: 'b@example.com', fields: { city: 'Bonn', points: 37 }, tags: ['old'], optedOut: true, optedOutAt: new Date(), optedOutSource: 'keyword' });
  const id = await uploaded(ctx, 'phone,first name,city,points,tags,consent,consent date\n+12025550101,Ann,Rome,,"VIP, gold",fair,2026-05-03\n+12025550102,Robert,Rome,37,new,,\n555,Dan,,,,,\n');
  const [created, updated, refused] = [await listUploadRows(ctx, { id, group: 'created' }), await listUploadRows(ctx, { id, group: 'updated' }), await listUploadRows(ctx, { id, group: 'refused', kind: 'no_country_code' })];
  expect(created).toMatchObject({ total: 1, data: [{ row: 2, name: 'Ann', contactId: null, changes: [{ field: 'First name', before: null, after: 'Ann' }, { field: 'Consent', after: 'fair' }, { field: 'Consent date' }, { field: 'Tags', after: 'vip, gold' }, { field: 'city', after: 'Rome' }] }] });
  expect(updated.data).toMatchObject([{ row: 3, contactId, optedOut: true }]);
  expect(updated.data[0]!.changes).toEqual([{ field: 'First name', before: 'Bob', after: 'Robert' }, { field: 'Tags', before: 'old', after: 'old, new' }, { field: 'city', before: 'Bonn', after: 'Rome' }]);
  expect(refused).toMatchObject({ total: 1, data: [{ row: 4, cells: ['555', 'Dan', '', '', '', '', ''], findings: [{ kind: 'no_country_code', column: 'phone', value: '555' }] }] });
  expect((await listUploadRows(ctx, { id, group: 'unchanged' })).data).toEqual([]);
});

test('refused rows are repaired cell by cell, or all that begin with the same; only they are checked again', async () => {
  const ctx = await office();
  const id = await uploaded(ctx, 'phone,email\n0-44 7911 123456,\n0-44 7911 123457,\nx,ann@\n+12025550101,\n');
  expect((await readUpload(ctx, { id })).result).toMatchObject({ created: 1, refused: 3 });
  const bulk = await repairRows(ctx, { id, replace: { column: 'phone', begins: '0-44', by: '+44' } });
  expect(bulk.result).toMatchObject({ created: 3, refused: 1 });
  const half = await repairRows(ctx, { id, cells: [{ row: 4, column: 'phone', value: '+12025550101' }] });
  expect(half.result).toMatchObject({ created: 3, refused: 1, kinds: [{ kind: 'email', rows: 1 }] });
  const doubled = await repairRows(ctx, { id, cells: [{ row: 4, column: 'email', value: 'ann@example.com' }] });
  expect(doubled.result).toMatchObject({ created: 3, refused: 1, duplicates: 1 });
  expect((await listUploadRows(ctx, { id, group: 'refused' })).data).toMatchObject([{ row: 4, findings: [{ kind: 'duplicate', problem: 'Two rows have +12025550101 (rows 4 and 5). The later row wins.' }] }]);
  await expect(repairRows(ctx, { id, cells: [{ row: 4, column: 'nope', value: '' }] })).rejects.toMatchObject({ code: 'validation_failed' });
  expect(await imported(ctx, id)).toMatchObject({ import: { created: 3, refused: 1 } });
  expect((await listContacts(ctx, {})).data.map(({ phone }) => phone).toSorted()).toEqual(['+12025550101', '+447911123456', '+447911123457']);
});

test('Windows-1252 is said and converted when asked; UTF-16 is told by its mark', async () => {
  const ctx = await office();
  const windows = Uint8Array.from(Buffer.from('phone,first name\n+12025550101,Zo\u00eb\n', 'latin1'));
  const id = await uploaded(ctx, windows);
  expect(await readUpload(ctx, { id })).toMatchObject({ state: 'failed', problemCode: 'not_utf8', problem: expect.stringContaining('looks like Windows-1252'), result: null });
  await updateUpload(ctx, { id, options: uploadOptions.parse({ encoding: 'windows-1252' }) });
  await work(ctx, id);
  expect((await listUploadRows(ctx, { id, group: 'created' })).data).toMatchObject([{ name: 'Zoë' }]);
  const wide = await uploaded(ctx, Buffer.from('\uFEFFphone,first name\n+12025550102,Zoë\n', 'utf16le'));
  expect(await readUpload(ctx, { id: wide })).toMatchObject({ state: 'ready', result: { encoding: 'utf-16le', created: 1 } });
});

test('other options check the file again; a check that is out of date ends without a trace', async () => {
  const ctx = await office();
  const { id } = await storeUpload(ctx, { fileName: 'p.csv' }, text('Nummer,Ref\n07911 123456,r\n'));
  const late = work(ctx, id);
  await updateUpload(ctx, { id, options: uploadOptions.parse({ mapping: { Nummer: 'phone' }, defaultCountry: 'GB' }) });
  await late;
  await work(ctx, id);
  expect(await readUpload(ctx, { id })).toMatchObject({ state: 'ready', result: { created: 1, columns: [{ mappedTo: 'phone', reason: 'You chose this.' }, { mappedTo: 'fields.ref' }] } });
});

test('a phone column is also known by its values; a bare number may be anything', async () => {
  const ctx = await office();
  const known = await uploaded(ctx, 'Kontakt,Order\n+12025550101,2025550199\n(202) 555-0102,2025550198\n');
  expect((await readUpload(ctx, { id: known })).result?.columns).toMatchObject([{ mappedTo: 'phone', reason: 'Its values look like phone numbers.' }, { mappedTo: 'fields.order' }]);
});

test('landlines are refused where numbers tell them, unless they are let in', async () => {
  const ctx = await office();
  const id = await uploaded(ctx, 'phone\n+442079460958\n+447911123456\n+12025550101\n');
  expect((await readUpload(ctx, { id })).result).toMatchObject({ created: 2, kinds: [{ kind: 'landline', rows: 1 }] });
  await updateUpload(ctx, { id, options: uploadOptions.parse({ refuseLandlines: false }) });
  await work(ctx, id);
  expect((await readUpload(ctx, { id })).result).toMatchObject({ created: 3 });
});

test('people without a number are known by their e-mail address', async () => {
  const ctx = await office();
  const { id: known } = await createContact(db, ctx.organizationId, { phone: null, email: 'Ann@example.com', firstName: 'Ann' });
  await createContact(db, ctx.organizationId, { phone: '+12025550101', email: 'bob@example.com' });
  const id = await uploaded(ctx, 'email,phone,first name\nann@example.com,,Anna\nbob@example.com,,Bob\n,,Nobody\nBOB@example.com,,Bobby\n');
  expect((await readUpload(ctx, { id })).result).toMatchObject({ created: 1, updated: 1, refused: 2, duplicates: 1, kinds: [{ kind: 'duplicate' }, { kind: 'nobody' }] });
  await imported(ctx, id);
  const { data } = await listContacts(ctx, {});
  expect(data.find((each) => each.id === known)).toMatchObject({ firstName: 'Anna', phone: null });
  expect(data.filter(({ email }) => email?.toLowerCase() === 'bob@example.com')).toHaveLength(2);
});

test('consent is what the file says: no date is made up, a wrong or future one is refused', async () => {
  const ctx = await office();
  const id = await uploaded(ctx, 'phone,consent,consent date\n+12025550101,fair,\n+12025550102,,\n+12025550103,fair,5/3/2026\n+12025550104,fair,13/25/2026\n+12025550105,fair,2999-01-01\n+12025550106,fair,2026-02-01T10:00:00+02:00\n');
  expect((await listUploadRows(ctx, { id, group: 'refused' })).data.map(({ row, findings }) => [row, findings[0]!.problem])).toEqual([
    [5, 'The date ‘13/25/2026’ does not exist.'], [6, 'The date ‘2999-01-01’ lies in the future; nobody can have agreed then.'],
  ]);
  await imported(ctx, id);
  expect((await listContacts(ctx, {})).data.map(({ phone, consentSource, consentAt }) => [phone?.slice(-1), consentSource, consentAt]).toSorted()).toEqual([
    ['1', 'fair', null], ['2', null, null], ['3', 'fair', '2026-05-03T12:00:00.000Z'], ['6', 'fair', '2026-02-01T08:00:00.000Z'],
  ]);
});

test('D10: nobody who opted out comes back, also when the number has no contact now; the check counts them', async () => {
  const ctx = await office();
  await createContact(db, ctx.organizationId, { phone: '+12025550101', optedOut: true, optedOutAt: new Date(), optedOutSource: 'keyword' });
  await inSystem(db, (tx) => tx.execute(sql`insert into kept_opt_out (organization_id, phone, opted_out_at) values (${ctx.organizationId}, '+12025550102', now())`));
  const id = await uploaded(ctx, 'phone,opted out\n+12025550101,no\n+12025550102,no\n+12025550103,no\n');
  expect((await readUpload(ctx, { id })).result).toMatchObject({ optedOut: 2, created: 2, unchanged: 1 });
  await imported(ctx, id);
  expect((await listContacts(ctx, { optedOut: 'yes' })).total).toBe(2);
});

test('D10: the check already says that an erased number will stay suppressed, without telling whose it was', async () => {
  const ctx = await office('admin');
  const erased = await createContact(db, ctx.organizationId, { phone: '+12025550101', firstName: 'Ann' });
  await eraseContact(ctx, { id: erased.id, confirmation: '0101' });
  const id = await uploaded(ctx, 'phone,first name\n+12025550101,Annie\n+12025550102,Bob\n');
  expect((await readUpload(ctx, { id })).result).toMatchObject({ optedOut: 1, created: 2 });
  expect((await listUploadRows(ctx, { id, group: 'created' })).data.map(({ name, optedOut }) => [name, optedOut])).toEqual([['Annie', true], ['Bob', false]]);
  await imported(ctx, id);
  expect((await listContacts(ctx, { optedOut: 'yes' })).data).toMatchObject([{ firstName: 'Annie' }]);
});

test('contacts that change between the check and the import are looked up again', async () => {
  const ctx = await office();
  const { id: moved } = await createContact(db, ctx.organizationId, { phone: '+12025550101', firstName: 'Ann' });
  const id = await uploaded(ctx, 'phone,first name\n+12025550101,Anna\n+12025550102,Bob\n');
  await inSystem(db, (tx) => tx.execute(sql`update contact set phone = '+12025550199' where id = ${moved}`));
  await createContact(db, ctx.organizationId, { phone: '+12025550102', firstName: 'Bo' });
  expect(await imported(ctx, id)).toMatchObject({ import: { created: 1, updated: 1 } });
  expect((await listContacts(ctx, {})).data.map(({ phone, firstName }) => `${phone} ${firstName}`).toSorted()).toEqual(['+12025550101 Anna', '+12025550102 Bob', '+12025550199 Ann']);
});

test('the error file streams, keeps its own columns and tells why', async () => {
  const ctx = await office();
  const id = await uploaded(ctx, 'phone,note\n555,=1+1\n+12025550101,fine\n');
  const { fileName, pieces: file } = await writeErrorFile(ctx, { id });
  let whole = '';
  for await (const piece of file) whole += piece;
  expect(fileName).toBe('people-refused.csv');
  expect(whole).toBe("\uFEFFphone,note,row,problem,how_to_fix\r\n555,'=1+1,2,‘555’ has no country code and is not complete for the default country (United States).,\"Add the area code, or write + and the country code before the number.\"\r\n");
});

test('what breaks off leaves nothing behind; an empty file and one without people say so', async () => {
  const ctx = await office();
  async function* broken() { yield Buffer.from('phone\n+1202'); throw new Error('gone'); }
  await expect(storeUpload(ctx, {}, broken())).rejects.toThrow('gone');
  await expect(storeUpload(ctx, {}, text(''))).rejects.toMatchObject({ code: 'validation_failed' });
  expect(await count(ctx, 'contact_upload')).toBe(0);
  expect(await readUpload(ctx, { id: await uploaded(ctx, 'phone,name\n') })).toMatchObject({ state: 'failed', problem: expect.stringContaining('no person') });
});

test('nothing is imported before the check, twice, by a viewer or for another organisation', async () => {
  const ctx = await office();
  const { id } = await storeUpload(ctx, { fileName: 'p.csv' }, text('phone\n+12025550101\n'));
  await expect(startImport(ctx, { id })).rejects.toMatchObject({ code: 'invalid_state' });
  await work(ctx, id);
  const stranger = await office();
  for (const verb of [readUpload, startImport, discardUpload, writeErrorFile, (other: Context) => listUploadRows(other, { id, group: 'created' })]) await expect(verb(stranger, { id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(storeUpload(await office('viewer'), {}, text('phone\n1\n'))).rejects.toMatchObject({ code: 'forbidden' });
  await createList(db, stranger.organizationId, { slug: 'theirs' });
  await expect(startImport(ctx, { id, list: 'theirs' })).rejects.toMatchObject({ code: 'not_found' });
  await imported(ctx, id);
  await expect(startImport(ctx, { id })).rejects.toMatchObject({ code: 'invalid_state' });
  await expect(discardUpload(ctx, { id })).rejects.toMatchObject({ code: 'invalid_state' });
  await work(ctx, id);
  expect(await count(ctx, 'contact_import')).toBe(1);
});

test('how far an import is can be seen by others while it is written, and nothing else of it', async () => {
  const ctx = await office();
  const id = await uploaded(ctx, 'phone\n+12025550101\n');
  await startImport(ctx, { id });
  expect((await readUpload(ctx, { id })).written).toBe(0);
  await ctx.transaction(async (tx) => {
    await tellProgress(tx, id, 0.378);
    expect((await readUpload(ctx, { id })).written).toBe(0.37);
  });
  expect((await readUpload(ctx, { id })).written).toBe(0);
  await work(ctx, id);
  expect(await readUpload(ctx, { id })).toMatchObject({ state: 'done', written: null });
});

test('a large file is written in slices, and every row of it once', async () => {
  const ctx = await office();
  const list = await createList(db, ctx.organizationId);
  const line = (n: number, city: string) => (n % 50 === 0 ? `,p${n}@example.com,${city}\n` : `+1202${2_000_000 + n},,${city}\n`);
  const file = (city: string) => `phone,email,city\n${Array.from({ length: 5_200 }, (_, n) => line(n, city)).join('')}`;
  const stored = async (csv: string) => { const { id } = await storeUpload(ctx, { fileName: 'large.csv' }, pieces(new TextEncoder().encode(csv), 65_536)); await work(ctx, id); return id; };
  expect((await imported(ctx, await stored(file('Oslo')), { list: list.slug })).import).toMatchObject({ created: 5_200, updated: 0 });
  expect([await count(ctx, 'contact'), await count(ctx, 'list_member')]).toEqual([5_200, 5_200]);
  const again = await imported(ctx, await stored(file('Bergen')), { list: list.slug });
  expect(again.import).toMatchObject({ created: 0, updated: 5_200 });
  expect([await count(ctx, 'contact'), await count(ctx, 'list_member'), (await listContacts(ctx, {})).data[0]?.fields.city]).toEqual([5_200, 5_200, 'Bergen']);
  expect(await undoImport(ctx, { id: again.import!.id })).toMatchObject({ restored: 5_200, deleted: 0 });
});
