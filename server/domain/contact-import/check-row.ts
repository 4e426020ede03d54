import type { Column } from '#server/domain/contact-import/columns.ts';
import type { CsvRow } from '#server/domain/contact-import/csv-file.ts';
import { readDate } from '#server/domain/contact-import/dates.ts';
import type { Finding } from '#server/domain/contact-import/schema.ts';
import { readPhone } from '#server/domain/contact/phone.ts';
import { isEmail } from '#server/domain/contact/values.ts';
import { isTimeZone } from '#server/domain/time-zone/schema.ts';

/** One row of the file, as the database takes it: names are columns of contact_upload_row. */
export type StagedRow = {
  row: number; cells: string[]; findings: Finding[] | null; phone: string | null; email: string | null; first_name: string | null; last_name: string | null; time_zone: string | null;
  consent_source: string | null; consent_at: string | null; opted_out: boolean; tags: string[]; fields: Record<string, string>; data: Record<string, unknown>;
};

export type RowRules = { columns: readonly Column[]; country: string; refuseLandlines: boolean; now: Date };
type Words = Pick<Finding, 'kind' | 'problem' | 'howToFix'> | null;

/** Reads one row by the mapping. All that is wrong with it is said at once, so that nobody has to try twice. */
export function checkRow({ row, cells }: CsvRow, rules: RowRules): StagedRow {
  const { columns } = rules;
  const findings: Finding[] = [];
  const person: StagedRow = { row, cells, findings: null, phone: null, email: null, first_name: null, last_name: null, time_zone: null, consent_source: null, consent_at: null, opted_out: false, tags: [], fields: {}, data: {} };
  if (cells.slice(columns.length).some((cell) => cell !== '')) {
    findings.push({ kind: 'ragged', column: null, value: shorten(cells.at(-1) ?? ''), problem: `The row has ${cells.length} values, but there are ${columns.length} columns.`, howToFix: 'Put a value that holds the separator into quotation marks.' });
  }
  columns.forEach(({ name, mappedTo }, index) => {
    const value = cells[index] ?? '';
    if (mappedTo === null || value === '') return;
    const words = errorValue(value, name) ?? place(person, mappedTo, value, rules, name);
    if (words) findings.push({ ...words, column: name, value: shorten(value) });
  });
  const nobody = unreachable(person, columns, findings);
  if (nobody) findings.push(nobody);
  return findings.length > 0 ? { ...person, findings } : person;
}

/** Somebody must be known by something. */
function unreachable(person: StagedRow, columns: readonly Column[], findings: readonly Finding[]): Finding | null {
  const phone = columns.find((column) => column.mappedTo === 'phone');
  const email = columns.find((column) => column.mappedTo === 'email');
  if (!phone && !email) return { kind: 'unmapped', column: null, value: '', problem: 'No column is chosen for the phone number.', howToFix: 'Choose the column that holds it.' };
  if (person.phone !== null || person.email !== null || findings.some(({ column }) => column !== null && (column === phone?.name || column === email?.name))) return null;
  const problem = phone ? `There is no phone number${email ? ' and no e-mail address' : ''}.` : 'There is no e-mail address.';
  return { kind: 'nobody', column: (phone ?? email)?.name ?? null, value: '', problem, howToFix: 'Enter a number with its country code, like +1 202 555 0123, or remove the row.' };
}

const errorValue = (value: string, column: string): Words =>
  /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|NV|WERT!|BEZUG!)$/i.test(value) ? { kind: 'spreadsheet_error', problem: `‘${value}’ in ${column} is an error of the spreadsheet, not a value.`, howToFix: 'Correct the formula in the spreadsheet and export again.' } : null;

const limits = { firstName: 100, lastName: 100, consentSource: 200 } as const;
const columnOf = { firstName: 'first_name', lastName: 'last_name', consentSource: 'consent_source' } as const;

function place(person: StagedRow, target: string, value: string, rules: RowRules, column: string): Words {
  switch (target) {
    case 'phone': {
      const reading = readPhone(value, rules.country, rules);
      person.phone = reading.phone;
      return reading.phone === null ? { kind: reading.kind, problem: reading.problem, howToFix: reading.howToFix } : null;
    }
    case 'email': person.email = value; return isEmail(value) ? null : { kind: 'email', problem: `‘${shorten(value)}’ is not an e-mail address.`, howToFix: 'Correct it, or empty the cell.' };
    case 'timeZone': person.time_zone = value; return isTimeZone(value) ? null : { kind: 'time_zone', problem: `‘${shorten(value)}’ is not a time zone.`, howToFix: 'Use a name like America/New_York, or empty the cell.' };
    case 'optedOut': return placeOptOut(person, value);
    case 'consentAt': return placeDate(person, value, rules);
    case 'tags': return placeTags(person, value);
    case 'firstName': case 'lastName': case 'consentSource': person[columnOf[target]] = value; return tooLong(value, limits[target], column);
    default: putAt(target.startsWith('data.') ? person.data : person.fields, target.split('.').slice(1), value); return tooLong(value, 2000, column);
  }
}

function placeOptOut(person: StagedRow, value: string): Words {
  const isYes = /^(1|true|yes|y|x|ja|oui|s[ií]|stop|opted[ _-]?out|unsubscribed)$/i.test(value);
  const isNo = /^(0|false|no|n|nein|non|-|opted[ _-]?in|subscribed)$/i.test(value);
  person.opted_out = isYes;
  return isYes || isNo ? null : { kind: 'opted_out', problem: `‘${shorten(value)}’ does not say whether this person opted out.`, howToFix: 'Write yes or no.' };
}

function placeDate(person: StagedRow, value: string, { country, now }: RowRules): Words {
  const reading = readDate(shorten(value), country);
  if (reading.at === null) return { kind: 'date', problem: reading.problem, howToFix: reading.howToFix };
  person.consent_at = reading.at.toISOString();
  // A day is its noon: today's may still be to come.
  const isAhead = reading.at.getTime() > now.getTime() + 86_400_000;
  return isAhead ? { kind: 'date', problem: `The date ‘${value}’ lies in the future; nobody can have agreed then.`, howToFix: 'Correct it, or empty the cell.' } : null;
}

function placeTags(person: StagedRow, value: string): Words {
  person.tags = [...new Set(value.split(/[,;|]/).map((tag) => tag.trim().toLowerCase()).filter(Boolean))];
  const long = person.tags.find((tag) => tag.length > 50);
  if (long) return { kind: 'too_long', problem: `The tag ‘${shorten(long)}’ has ${long.length} characters; 50 are possible.`, howToFix: 'Shorten it. Commas stand between tags.' };
  return person.tags.length > 50 ? { kind: 'too_long', problem: `There are ${person.tags.length} tags; 50 are possible.`, howToFix: 'Remove some.' } : null;
}

const tooLong = (value: string, most: number, column: string): Words =>
  value.length > most ? { kind: 'too_long', problem: `The value in ${column} has ${value.length} characters; ${most} are possible.`, howToFix: 'Shorten it.' } : null;

/** { order: { trackingNumber: … } } from order.trackingNumber. Paths were checked for names that an object must not have. */
function putAt(target: Record<string, unknown>, path: readonly string[], value: string): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length === 0) { target[name] = value; return; }
  const inner = target[name];
  const next: Record<string, unknown> = typeof inner === 'object' && inner !== null ? { ...inner } : {};
  putAt(next, rest, value);
  target[name] = next;
}

const shorten = (value: string) => (value.length > 60 ? `${value.slice(0, 60)}…` : value);
