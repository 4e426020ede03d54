import { csvText } from '#components/format/csv.ts';
import type { AudiencePersonView } from '#server/domain/audience/schema.ts';

const columns = ['first_name', 'last_name', 'phone', 'email', 'opted_out', 'contact_id'];

/** A file of people that a spreadsheet opens and the import reads back. */
export const peopleCsv = (people: readonly AudiencePersonView[]): string =>
  csvText([columns, ...people.map((person) => [person.firstName, person.lastName, person.phone, person.email, person.optedOut ? 'yes' : 'no', person.contactId].map((cell) => cell ?? ''))]);
