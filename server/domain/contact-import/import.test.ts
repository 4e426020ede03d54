import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createContact as contactRow, createList, createOrganization } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Role } from '#server/context.ts';
import { readCsv } from '#server/domain/contact-import/csv-file.ts';
import { importContacts } from '#server/domain/contact-import/import.ts';
import { listActivities } from '#server/domain/contact/list-activities.ts';
import { listContacts } from '#server/domain/contact/list.ts';
import { readContact } from '#server/domain/contact/read.ts';

const { db } = await testDatabase();

async function office(role: Role = 'marketer') {
  const organization = await createOrganization(db);
  return { organization, ctx: createContext(db, organization.id, { kind: 'user', userId: organization.owner.id, role, address: null }) };
}
const written = (organizationId: string) => inSystem(db, async (tx) => (await rows<Record<string, number>>(tx, sql`
  select (select count(*)::int from contact where organization_id = ${organizationId}) as contacts, (select count(*)::int from list where organization_id = ${organizationId}) as lists,
    (select count(*)::int from list_member where organization_id = ${organizationId}) as members, (select count(*)::int from contact_import where organization_id = ${organizationId}) as imports`))[0]);
const memberData = (organizationId: string) => inSystem(db, (tx) => rows<{ phone: string; data: unknown }>(tx, sql`
  select c.phone, m.data from list_member m join contact c on c.id = m.contact_id where m.organization_id = ${organizationId} order by 1`));

test('a file with the usual headers goes in: people, their own fields, a new list', async () => {
  const { ctx, organization } = await office();
  const csv = 'First Name,Last Name,Mobile,E-Mail,Order ID\r\nAnn,Lee,(202) 555-0101,ann@example.com,A-1\r\nBob,,+442079460958,,\r\n';
  const result = await importContacts(ctx, { csv, listName: 'Spring Sale', fileName: 'people.csv' });
  expect(result).toMatchObject({ rows: 2, created: 2, updated: 0, unchanged: 0, refused: 0, duplicates: 0, optedOut: 0, refusedRows: [], errorCsv: null, importId: expect.any(String), list: { id: expect.any(String), slug: 'spring-sale', name: 'Spring Sale' } });
  expect(result.columns.map(({ name, mappedTo }) => [name, mappedTo])).toEqual([['First Name', 'firstName'], ['Last Name', 'lastName'], ['Mobile', 'phone'], ['E-Mail', 'email'], ['Order ID', 'fields.orderId']]);
  expect(result.columns[0]!.samples).toEqual(['Ann', 'Bob']);
  const { data } = await listContacts(ctx, { search: 'ann' });
  expect(data).toMatchObject([{ phone: '+12025550101', firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', fields: { orderId: 'A-1' }, lists: [{ slug: 'spring-sale' }] }]);
  expect(await written(organization.id)).toEqual({ contacts: 2, lists: 1, members: 2, imports: 1 });
});

test('a check writes nothing and counts what the import then does', async () => {
  const { ctx, organization } = await office();
  await contactRow(db, organization.id, { phone: '+12025550101', firstName: 'Ann' });
  await contactRow(db, organization.id, { phone: '+12025550102', firstName: 'Bob' });
  const request = { csv: 'phone,first name\n+12025550101,Ann\n+12025550102,Robert\n+12025550103,Cleo\nnobody,Dan\n', listName: 'New' };
  const before = await written(organization.id);
  const check = await importContacts(ctx, { ...request, dryRun: true });
  expect(check).toMatchObject({ rows: 4, created: 1, updated: 1, unchanged: 1, refused: 1, importId: null, list: { id: null, slug: 'new' } });
  expect(await written(organization.id)).toEqual(before);
  const { importId, list, ...counts } = await importContacts(ctx, request);
  expect(check).toMatchObject(counts);
  expect(importId).not.toBeNull();
  expect(list?.slug).toBe('new');
  expect(await importContacts(ctx, request)).toMatchObject({ created: 0, updated: 0, unchanged: 3, list: { id: list?.id } });
});

test('every bad row is refused with its row, its value, what is wrong and how to fix it; the others go in', async () => {
  const { ctx } = await office();
  const lines = [
    'phone,first name,email,time zone,opted out', // 1
    '555-0100,Ann,,,', // 2
    ',Bob,,,', // 3
    '+1 202 555 0123 ext 9,Cleo,,,', // 4
    '1.20256E+10,Dan,,,', // 5
    '2025550110 / 2025550111,Eve,,,', // 6
    '+999 12345678,Fay,,,', // 7
    '+1 555 555 0100,Gus,,,', // 8
    '+12025550112,Hal,hal@home,,', // 9
    '+12025550113,Ida,,Mars/Olympus,', // 10
    '+12025550114,#N/A,,,', // 11
    '+12025550115,Jan,,,maybe', // 12
    '+12025550116,Kim,,,,surplus', // 13
    `+12025550117,${'x'.repeat(101)},,,`, // 14
    '', // 15: blank
    '+12025550118,Lou,lou@,nowhere,', // 16
    '+12025550119,First,,,', // 17
    '+12025550119,Second,,,', // 18
  ];
  const result = await importContacts(ctx, { csv: lines.join('\n') });
  const problems: [number, string, string][] = [
    [2, '555-0100', 'no country code'], [3, '', 'no phone number'], [4, '+1 202 555 0123 ext 9', 'extension'], [5, '1.20256E+10', 'shortened by a spreadsheet'],
    [6, '2025550110 / 2025550111', 'two numbers'], [7, '+999 12345678', 'country code that does not exist'], [8, '+1 555 555 0100', 'not a number that exists'],
    [9, 'hal@home', 'not an e-mail address'], [10, 'Mars/Olympus', 'not a time zone'], [11, '#N/A', 'error of the spreadsheet'], [12, 'maybe', 'opted out'],
    [13, 'surplus', 'has 6 values, but there are 5 columns'], [14, `${'x'.repeat(60)}…`, '101 characters'], [16, 'lou@', 'not a time zone'], [17, '+12025550119', '(rows 17 and 18). The later row wins'],
  ];
  expect(result.refusedRows.map(({ row, value }) => [row, value])).toEqual(problems.map(([row, value]) => [row, value]));
  for (const [index, [, , words]] of problems.entries()) {
    expect(result.refusedRows[index]!.problem).toContain(words);
    expect(result.refusedRows[index]!.howToFix).not.toBe('');
  }
  expect(result).toMatchObject({ rows: 16, created: 1, refused: 15, duplicates: 1 });
  expect((await listContacts(ctx, {})).data).toMatchObject([{ phone: '+12025550119', firstName: 'Second' }]);
});

test.each([
  ['an empty file', '\uFEFF \n', 'is empty'], ['a header alone', 'phone,name\n', 'no person'],
  ['an Excel file', 'PK\u0003\u0004…', 'Excel'], ['a PDF', '%PDF-1.7', 'PDF'], ['UTF-16', 'p\u0000h\u0000', 'UTF-16'], ['Windows-1252', 'phone,name\n+12025550101,Zo\uFFFD\n', 'Windows-1252'],
  ['a header twice', 'Phone,Name,Phone\n1,2,3\n', 'columns 1 and 3'], ['no header', '+12025550101,Ann\n+12025550102,Bob\n', 'column names'],
  ['an open quote', 'phone,name\n+12025550101,"Ann\n+12025550102,Bob\n', 'quotation mark that opens in row 2'],
  ['no phone column', 'name,city\nAnn,Bonn\n', 'No column holds the phone numbers'],
  ['201 columns', `${Array.from({ length: 201 }, (_, n) => `c${n}`).join(',')}\n1\n`, '201 columns'],
])('the whole file is refused in plain words: %s', async (_name, csv, words) => {
  const { ctx, organization } = await office();
  await expect(importContacts(ctx, { csv, listName: 'L' })).rejects.toMatchObject({ code: 'validation_failed', message: expect.stringContaining(words) });
  expect(await written(organization.id)).toEqual({ contacts: 0, lists: 0, members: 0, imports: 0 });
});

test.each([
  ['semicolons', 'Vorname;Telefon\nÄnne;0202 5550101\n'], ['tabs', 'Vorname\tTelefon\nÄnne\t+492025550101\n'], ['a byte order mark and CRLF', '\uFEFFVorname,Telefon\r\n"Änne","+492025550101"\r\n'],
  ['a number quoted as text', "Telefon,Vorname\n'+492025550101,Änne\n"], ['a formula-quoted number', 'Telefon,Vorname\n"=""+492025550101""",Änne\n'],
])('the file may be written with %s', async (_name, csv) => {
  const { ctx } = await office();
  expect(await importContacts(ctx, { csv, defaultCountry: 'DE' })).toMatchObject({ created: 1, refused: 0 });
  expect((await listContacts(ctx, {})).data).toMatchObject([{ phone: '+492025550101', firstName: 'Änne' }]);
});

test('a value may hold separators, quotes and line breaks', async () => {
  const { ctx } = await office();
  await importContacts(ctx, { csv: 'phone,note\n+12025550101,"one, ""two""\nthree"\n+12025550102,5" pipe\n' });
  expect((await listContacts(ctx, { search: '0101' })).data[0]!.fields).toEqual({ note: 'one, "two"\nthree' });
  expect((await listContacts(ctx, { search: '0102' })).data[0]!.fields).toEqual({ note: '5" pipe' });
});

test('P64: columns mapped to data become data of the person in the list, nested by dots and added to what is there', async () => {
  const { ctx, organization } = await office();
  await createList(db, organization.id, { slug: 'orders', name: 'Orders' });
  await importContacts(ctx, { csv: 'phone,order.trackingNumber,Ref\n+12025550101,1Z,r1\n', list: 'orders', mapping: { Ref: 'data.ref' } });
  await importContacts(ctx, { csv: 'phone,order.trackingNumber,Ref\n+12025550101,2Z,\n', list: 'orders', mapping: { Ref: null } });
  expect(await memberData(organization.id)).toEqual([{ phone: '+12025550101', data: { order: { trackingNumber: '2Z' }, ref: 'r1' } }]);
});

test.each([
  [{ Nope: 'phone' }, 'no column ‘Nope’'], [{ A: 'phone', B: 'phone' }, 'both go to phone'], [{ A: 'shoeSize' }, 'nothing a column can go to'],
  [{ A: 'fields.__proto__' }, 'nothing a column can go to'], [{ A: 'data.__proto__.x' }, 'nothing a column can go to'], [{ A: 'data.x' }, 'Choose a list'],
])('a mapping that does not fit is refused: %j', async (mapping, words) => {
  const { ctx } = await office();
  await expect(importContacts(ctx, { csv: 'A,B,phone\n1,2,+12025550101\n', mapping, dryRun: true })).rejects.toMatchObject({ code: 'validation_failed', details: [{ field: 'mapping' }], message: expect.stringContaining(words) });
});

test('of two columns the mobile number is taken; a field never hides one of the contact\'s own', async () => {
  const { ctx } = await office();
  const { columns } = await importContacts(ctx, { csv: 'Phone,Mobile,CITY,City,東京\n030 1,+12025550101,a,b,c\n', dryRun: true });
  expect(columns.map((column) => column.mappedTo)).toEqual(['fields.phone2', 'phone', 'fields.city', 'fields.city2', 'fields.column5']);
});

test('a check without a phone column shows the columns, so that one can be chosen', async () => {
  const { ctx } = await office();
  const check = await importContacts(ctx, { csv: 'Nummer,Name\n2025550101,Ann\n', dryRun: true });
  expect(check).toMatchObject({ created: 0, refused: 1, refusedRows: [{ row: 2, problem: 'No column is chosen for the phone number.' }], columns: [{ name: 'Nummer', samples: ['2025550101'] }, { name: 'Name' }] });
  expect(await importContacts(ctx, { csv: 'Nummer,Name\n2025550101,Ann\n', mapping: { Nummer: 'phone' } })).toMatchObject({ created: 1 });
});

test('people stand in the order of the file', async () => {
  const { ctx } = await office();
  await importContacts(ctx, { csv: `phone\n${['+12025550103', '+12025550101', '+12025550105', '+12025550102'].join('\n')}\n` });
  expect((await listContacts(ctx, {})).data.map((contact) => contact.phone)).toEqual(['+12025550103', '+12025550101', '+12025550105', '+12025550102']);
});

test('empty cells erase nothing', async () => {
  const { ctx, organization } = await office();
  const { id } = await contactRow(db, organization.id, { phone: '+12025550101', firstName: 'Ann', lastName: 'Lee', email: 'a@example.com', fields: { city: 'Bonn' }, consentSource: 'shop', consentAt: new Date(0) });
  expect(await importContacts(ctx, { csv: 'phone,first name,last name,email,city,size\n+12025550101,,Li,,,L\n' })).toMatchObject({ updated: 1 });
  expect(await readContact(ctx, { id })).toMatchObject({ firstName: 'Ann', lastName: 'Li', email: 'a@example.com', fields: { city: 'Bonn', size: 'L' }, consentSource: 'shop', consentAt: new Date(0).toISOString() });
});

test('P41, D10: whoever opted out stays so, whatever the file says, and is counted', async () => {
  const { ctx, organization } = await office();
  const at = new Date('2026-05-03T10:00:00Z');
  const { id } = await contactRow(db, organization.id, { phone: '+12025550101', optedOut: true, optedOutAt: at, optedOutSource: 'keyword' });
  const request = { csv: 'phone,first name,opted out,consent\n+12025550101,Ann,no,new form\n+12025550102,Bob,no,form\n', listName: 'All' };
  expect(await importContacts(ctx, { ...request, dryRun: true })).toMatchObject({ optedOut: 1 });
  expect(await importContacts(ctx, request)).toMatchObject({ optedOut: 1, created: 1, updated: 1 });
  expect(await readContact(ctx, { id })).toMatchObject({ firstName: 'Ann', optedOut: true, optedOutAt: at.toISOString(), optedOutSource: 'keyword' });
});

test('P39: an opt-out that the file brings is kept and noted', async () => {
  const { ctx, organization } = await office();
  const { id } = await contactRow(db, organization.id, { phone: '+12025550101' });
  await importContacts(ctx, { csv: 'phone,Unsubscribed\n+12025550101,yes\n+12025550102,\n', fileName: 'old.csv' });
  expect(await readContact(ctx, { id })).toMatchObject({ optedOut: true, optedOutSource: 'import', optedOutAt: expect.any(String) });
  expect((await listActivities(ctx, { contactId: id })).data).toMatchObject([{ kind: 'opted_out', detail: { source: 'import', fileName: 'old.csv' } }]);
  expect((await listContacts(ctx, { optedOut: 'no' })).total).toBe(1);
});

test('the error file has the file\'s own columns, is safe in a spreadsheet and goes in once it is corrected', async () => {
  const { ctx } = await office();
  const { errorCsv } = await importContacts(ctx, { csv: 'phone,Note,city\n+1202555,=1+1,Bonn\n' });
  expect(errorCsv).toBe('\uFEFFphone,Note,city,row,problem,how_to_fix\r\n\'+1202555,\'=1+1,Bonn,2,‘+1202555’ is too short for a phone number.,Add the missing digits.\r\n');
  const corrected = await importContacts(ctx, { csv: errorCsv!.replace('+1202555,', '+12025550101,') });
  expect(corrected).toMatchObject({ created: 1, refused: 0 });
  expect((await listContacts(ctx, {})).data[0]!.fields).toEqual({ note: '=1+1', city: 'Bonn' });
});

test('two imports of the same people at once end in one contact each', async () => {
  const { ctx, organization } = await office();
  const phones = Array.from({ length: 300 }, (_, n) => `+1202555${1000 + n}`);
  const csv = (people: string[]) => `phone\n${people.join('\n')}\n`;
  await Promise.all([importContacts(ctx, { csv: csv(phones), listName: 'A' }), importContacts(ctx, { csv: csv(phones.toReversed()), listName: 'B' })]);
  expect(await written(organization.id)).toEqual({ contacts: 300, lists: 2, members: 600, imports: 2 });
});

test('another organisation\'s list is a 404, its contacts are other people; a viewer may not even check', async () => {
  const { ctx } = await office();
  const stranger = await office();
  const list = await createList(db, stranger.organization.id, { slug: 'theirs' });
  const { id } = await contactRow(db, stranger.organization.id, { phone: '+12025550101', firstName: 'Theirs' });
  for (const named of [list.id, 'theirs']) await expect(importContacts(ctx, { csv: 'phone\n+12025550101\n', list: named })).rejects.toMatchObject({ code: 'not_found' });
  expect(await importContacts(ctx, { csv: 'phone,first name\n+12025550101,Ours\n' })).toMatchObject({ created: 1 });
  expect((await readContact(stranger.ctx, { id })).firstName).toBe('Theirs');
  await expect(importContacts((await office('viewer')).ctx, { csv: 'phone\n1\n', dryRun: true })).rejects.toMatchObject({ code: 'forbidden' });
});

test('a file of too many rows is refused as soon as that is known', async () => {
  const read = async () => { for await (const { row } of readCsv((async function* () { yield 'phone\n'; for (;;) yield '1\n'; })(), { delimiter: '' }, 1000)) expect(row).toBeLessThan(1002); };
  await expect(read()).rejects.toMatchObject({ code: 'validation_failed', message: expect.stringContaining('more than 1,000 rows') });
});

test('20,000 rows are checked whole', async () => {
  const { ctx } = await office();
  const lines = Array.from({ length: 20_000 }, (_, n) => `First${n},Last${n},(303) ${200 + Math.floor(n / 10_000)}-${String(n % 10_000).padStart(4, '0')},p${n}@example.com,City ${n % 50},"note, ${n}"`);
  const check = await importContacts(ctx, { csv: `first name,last name,phone,email,city,note\n${lines.join('\n')}\n`, listName: 'Everybody', dryRun: true });
  expect(check).toMatchObject({ created: 20_000, refused: 0 });
});

test('a column called like a part of every object becomes a field with another name, so that the person can be read again', async () => {
  const { ctx } = await office();
  const { columns } = await importContacts(ctx, { csv: 'phone,constructor,prototype,__proto__\n+12025550101,a,b,c\n' });
  expect(columns.map(({ mappedTo }) => mappedTo)).toEqual(['phone', 'fields.constructor2', 'fields.prototype2', 'fields.proto']);
  expect((await listContacts(ctx, {})).data[0]?.fields).toEqual({ constructor2: 'a', prototype2: 'b', proto: 'c' });
});
