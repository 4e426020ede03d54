import type { AudiencePersonView } from '#server/domain/audience/schema.ts';

const columns = ['first_name', 'last_name', 'phone', 'email', 'opted_out', 'contact_id'];

/** A file of people that a spreadsheet opens and the import reads back. */
export const peopleCsv = (people: readonly AudiencePersonView[]): string =>
  [columns, ...people.map((person) => [person.firstName, person.lastName, person.phone, person.email, person.optedOut ? 'yes' : 'no', person.contactId])]
    .map((row) => row.map((cell) => cellOf(cell ?? '')).join(',')).join('\r\n');

/** A cell that a spreadsheet would run as a formula becomes text; a phone number keeps its + and stays as it is. */
function cellOf(value: string): string {
  const isFormula = /^'*[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/.test(value) && !/^\+\d{7,15}$/.test(value);
  const safe = isFormula ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
