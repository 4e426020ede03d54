import { expect, test } from 'vitest';
import { peopleCsv } from './people-csv.ts';

const person = { contactId: '0192a7f2-0000-7000-8000-000000000001', phone: '+12025550123', email: null, firstName: 'Ada', lastName: 'Byron', optedOut: false, lists: 1, lastMessagedAt: null };

test('a file of people keeps phone numbers as they are', () => {
  expect(peopleCsv([person])).toBe(`first_name,last_name,phone,email,opted_out,contact_id\r\nAda,Byron,+12025550123,,no,${person.contactId}`);
});

test('a name that a spreadsheet would run as a formula becomes text, and commas and quotes stay inside their cell', () => {
  expect(peopleCsv([{ ...person, firstName: '=HYPERLINK("x")', lastName: 'Byron, A.' }])).toContain(`"'=HYPERLINK(""x"")","Byron, A.",+12025550123`);
});
