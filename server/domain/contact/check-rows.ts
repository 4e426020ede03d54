import type { Column } from '#server/domain/contact/columns.ts';
import type { CsvRow } from '#server/domain/contact/csv-file.ts';
import { readPhone } from '#server/domain/contact/phone.ts';
import { isEmail, isTimeZone } from '#server/domain/contact/values.ts';

/** One person of the file, as the database takes it: names are columns. */
export type ImportRow = {
  row: number; phone: string; email: string | null; first_name: string | null; last_name: string | null; time_zone: string | null;
  consent_source: string | null; opted_out: boolean; fields: Record<string, string>; data: Record<string, unknown>;
};
export type Refused = { row: number; value: string; problem: string; howToFix: string; cells: string[] };

type Finding = { value: string; problem: string; howToFix: string };

/** Reads one row by the mapping. All that is wrong with it is said at once, so that nobody has to try twice. */
export function checkRow({ row, cells }: CsvRow, columns: readonly Column[], country: string): { person: ImportRow } | { refused: Refused } {
  const findings: Finding[] = [];
  const person: ImportRow = { row, phone: '', email: null, first_name: null, last_name: null, time_zone: null, consent_source: null, opted_out: false, fields: {}, data: {} };
  if (cells.slice(columns.length).some((cell) => cell !== '')) {
    findings.push({ value: cells.at(-1) ?? '', problem: `The row has ${cells.length} values, but there are ${columns.length} columns.`, howToFix: 'Put a value that holds the separator into quotation marks.' });
  }
  columns.forEach(({ name, mappedTo }, index) => {
    const value = cells[index] ?? '';
    if (mappedTo === null || (value === '' && mappedTo !== 'phone')) return;
    const finding = errorValue(value, name) ?? place(person, mappedTo, value, country, name);
    if (finding) findings.push({ value: shorten(value), ...finding });
  });
  if (!columns.some((column) => column.mappedTo === 'phone')) findings.push({ value: '', problem: 'No column is chosen for the phone number.', howToFix: 'Choose the column that holds it.' });
  const [first] = findings;
  if (!first) return { person };
  return { refused: { row, value: first.value, problem: findings.map((found) => found.problem).join(' '), howToFix: findings.map((found) => found.howToFix).join(' '), cells } };
}

type Words = Omit<Finding, 'value'> | null;

const errorValue = (value: string, column: string): Words =>
  /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|NV|WERT!|BEZUG!)$/i.test(value) ? { problem: `‘${value}’ in ${column} is an error of the spreadsheet, not a value.`, howToFix: 'Correct the formula in the spreadsheet and export again.' } : null;

const limits = { firstName: 100, lastName: 100, consentSource: 200 } as const;
const columnOf = { firstName: 'first_name', lastName: 'last_name', consentSource: 'consent_source' } as const;

function place(person: ImportRow, target: string, value: string, country: string, column: string): Words {
  switch (target) {
    case 'phone': {
      const reading = readPhone(value, country);
      if (reading.phone === null) return reading;
      person.phone = reading.phone;
      return null;
    }
    case 'email': person.email = value; return isEmail(value) ? null : { problem: `‘${shorten(value)}’ is not an e-mail address.`, howToFix: 'Correct it, or empty the cell.' };
    case 'timeZone': person.time_zone = value; return isTimeZone(value) ? null : { problem: `‘${shorten(value)}’ is not a time zone.`, howToFix: 'Use a name like America/New_York, or empty the cell.' };
    case 'optedOut': return placeOptOut(person, value);
    case 'firstName': case 'lastName': case 'consentSource': person[columnOf[target]] = value; return tooLong(value, limits[target], column);
    default: putAt(target.startsWith('data.') ? person.data : person.fields, target.split('.').slice(1), value); return tooLong(value, 2000, column);
  }
}

function placeOptOut(person: ImportRow, value: string): Words {
  const isYes = /^(1|true|yes|y|x|ja|oui|s[ií]|stop|opted[ _-]?out|unsubscribed)$/i.test(value);
  const isNo = /^(0|false|no|n|nein|non|-|opted[ _-]?in|subscribed)$/i.test(value);
  person.opted_out = isYes;
  return isYes || isNo ? null : { problem: `‘${shorten(value)}’ does not say whether this person opted out.`, howToFix: 'Write yes or no.' };
}

const tooLong = (value: string, most: number, column: string): Words =>
  value.length > most ? { problem: `The value in ${column} has ${value.length} characters; ${most} are possible.`, howToFix: 'Shorten it.' } : null;

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
