import { maxColumns, wrongFile } from '#server/domain/contact-import/csv-file.ts';
import { fieldNamePattern } from '#server/domain/contact/schema.ts';
import { readPhone } from '#server/domain/contact/phone.ts';
import { isEmail } from '#server/domain/contact/values.ts';
import { invalidField } from '#server/errors.ts';

/** A column of the file, where its values go (null: nowhere), and why. */
export type Column = { name: string; mappedTo: string | null; reason: string };

const plainTargets = ['phone', 'email', 'firstName', 'lastName', 'timeZone', 'consentSource', 'consentAt', 'tags', 'optedOut'] as const;
type PlainTarget = (typeof plainTargets)[number];

// Header names without case, accents, blanks and punctuation. For the phone the better source of a mobile number stands first.
const headers: Record<PlainTarget, readonly string[]> = {
  phone: ['mobile', 'mobilephone', 'mobilenumber', 'mobilephonenumber', 'cell', 'cellphone', 'cellnumber', 'handy', 'handynummer', 'mobil', 'mobilnummer', 'mobiltelefon', 'movil', 'celular', 'portable', 'gsm', 'msisdn',
    'phone', 'phonenumber', 'phoneno', 'phonee164', 'e164', 'telephone', 'telephonenumber', 'tel', 'telefon', 'telefonnummer', 'telefono', 'telefone', 'telefoon', 'whatsapp', 'whatsappnumber', 'whatsappphone'],
  email: ['email', 'emailaddress', 'mail', 'emailadresse', 'mailadresse', 'correo', 'correoelectronico', 'courriel', 'adresseemail'],
  firstName: ['firstname', 'first', 'givenname', 'forename', 'fname', 'vorname', 'prenom', 'nombre'],
  lastName: ['lastname', 'last', 'surname', 'familyname', 'lname', 'nachname', 'familienname', 'nomdefamille', 'apellido', 'apellidos'],
  timeZone: ['timezone', 'tz', 'zeitzone'],
  consentSource: ['consentsource', 'consent', 'optinsource'],
  consentAt: ['consentdate', 'consentat', 'consenttime', 'consentedat', 'optindate', 'optinat', 'optintime', 'subscribedat', 'datumdereinwilligung', 'einwilligungsdatum'],
  tags: ['tags', 'tag', 'labels', 'schlagworte', 'etiquetas', 'etiquettes'],
  optedOut: ['optedout', 'optout', 'unsubscribed', 'donotcontact', 'donottext', 'dnc', 'suppressed', 'abgemeldet'],
};

/** The first rows, by which a column is recognised whose name says nothing. */
export type Beginning = { rows: readonly (readonly string[])[]; country: string };

/**
 * Names and maps the columns: as `mapping` says, the others by their names, a phone or e-mail column also by its values. What nothing fits becomes a
 * field of the contact, or with a dot (order.trackingNumber) data of this person in the list. Consent is only ever mapped, never assumed.
 * @throws Problem validation_failed on `csv` or `mapping`
 */
export function mapColumns(header: readonly string[], mapping: Record<string, string | null>, hasList: boolean, beginning: Beginning): Column[] {
  const names = nameColumns(header);
  refuseWrongMapping(names, mapping, hasList);
  const taken = new Set(Object.values(mapping));
  const isErrorFile = errorColumns.every((name) => names.includes(name));
  const best = bestColumns(names.filter((name) => !(name in mapping)), taken);
  for (const target of best.values()) taken.add(target);
  const byValues = recognised(names, (name) => name in mapping || best.has(name), taken, beginning);
  for (const target of byValues.values()) taken.add(target);
  return names.map((name, index): Column => {
    if (Object.hasOwn(mapping, name)) return { name, mappedTo: mapping[name] ?? null, reason: 'You chose this.' };
    const named = best.get(name);
    if (named) return { name, mappedTo: named, reason: 'By its name.' };
    const valued = byValues.get(name);
    if (valued) return { name, mappedTo: valued, reason: valued === 'phone' ? 'Its values look like phone numbers.' : 'Its values look like e-mail addresses.' };
    if (header[index] === '') return { name, mappedTo: null, reason: 'It has no name.' };
    if (isErrorFile && errorColumns.includes(name)) return { name, mappedTo: null, reason: 'It tells what was wrong before.' };
    const mappedTo = freeTarget(name, index, taken, hasList);
    taken.add(mappedTo);
    return { name, mappedTo, reason: mappedTo.startsWith('data.') ? 'Its name has a dot: data of each person in the list.' : 'Its name is not known here: a field of its own.' };
  });
}

/** Columns whose names say nothing and whose values say it all. A bare row of digits may be an order number: it is not taken for a phone. */
function recognised(names: readonly string[], isMapped: (name: string) => boolean, taken: ReadonlySet<string | null>, { rows, country }: Beginning): Map<string, string> {
  const found = new Map<string, string>();
  const looks = { phone: (value: string) => /^\+|^\(|[\s.-]/.test(value) && !/[a-z]/i.test(value) && readPhone(value, country).phone !== null, email: isEmail };
  for (const target of ['phone', 'email'] as const) {
    if (taken.has(target)) continue;
    const name = names.find((each, index) => {
      const values = isMapped(each) || found.has(each) ? [] : rows.flatMap((cells) => cells[index] || []);
      return values.length > 0 && values.filter(looks[target]).length >= values.length * 0.8;
    });
    if (name) found.set(name, target);
  }
  return found;
}

/** What the error file adds to the columns of the file; a corrected error file is imported without them. */
export const errorColumns = ['row', 'problem', 'how_to_fix'];

function nameColumns(header: readonly string[]): string[] {
  if (header.length > maxColumns) throw wrongFile(`The file has ${header.length} columns; ${maxColumns} are possible. Remove those that you do not need.`);
  if (header.some((cell) => isEmail(cell) || /^\+?[\d\s().\-/]{7,}$/.test(cell))) throw wrongFile('The first row looks like a person, not like column names. Add a row of names at the top, like: phone, first name.');
  const names = header.map((cell, index) => cell || `Column ${index + 1}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw wrongFile(`Two columns are called ‘${twice}’ (columns ${names.indexOf(twice) + 1} and ${names.lastIndexOf(twice) + 1}). Rename one of them.`);
  return names;
}

function refuseWrongMapping(names: readonly string[], mapping: Record<string, string | null>, hasList: boolean): void {
  const seen = new Map<string, string>();
  for (const [column, target] of Object.entries(mapping)) {
    if (!names.includes(column)) throw invalidField('mapping', `The file has no column ‘${column}’. Its columns are: ${names.join(', ')}.`);
    if (target === null) continue;
    if (!isTarget(target)) throw invalidField('mapping', `‘${target}’ is nothing a column can go to. Use ${plainTargets.join(', ')}, fields.<name> or data.<path>.`);
    if (target.startsWith('data.') && !hasList) throw invalidField('mapping', `‘${column}’ goes to ${target}, which belongs to a list. Choose a list, or map it to a field.`);
    if (seen.has(target)) throw invalidField('mapping', `‘${seen.get(target)}’ and ‘${column}’ both go to ${target}. Choose one of them.`);
    seen.set(target, column);
  }
}

const isName = (text: string) => fieldNamePattern.test(text);

function isTarget(target: string): boolean {
  if (target.startsWith('fields.')) return isName(target.slice('fields.'.length));
  if (target.startsWith('data.')) return isPath(target.slice('data.'.length));
  return plainTargets.some((plain) => plain === target);
}

const isPath = (path: string) => path.split('.').length <= 5 && path.split('.').every(isName);

/** The column whose name says best that it holds this target. */
function bestColumns(names: readonly string[], taken: ReadonlySet<string | null>): Map<string, string> {
  const best = new Map<string, string>();
  for (const target of plainTargets) {
    if (taken.has(target)) continue;
    const ranked = names.map((name) => ({ name, rank: headers[target].indexOf(plain(name)) })).filter(({ rank }) => rank >= 0).toSorted((a, b) => a.rank - b.rank);
    if (ranked[0]) best.set(ranked[0].name, target);
  }
  return best;
}

const withoutAccents = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss');
const plain = (name: string) => withoutAccents(name).toLowerCase().replace(/[^a-z0-9]/g, '');

function freeTarget(name: string, index: number, taken: ReadonlySet<string | null>, hasList: boolean): string {
  const path = name.replace(/^data\./, '');
  if (hasList && path.includes('.') && isPath(path) && !name.startsWith('fields.') && !taken.has(`data.${path}`)) return `data.${path}`;
  const stem = fieldName(name.replace(/^fields\./, ''), index);
  let field = stem;
  // A field may not hide one of the contact's own: {{phone}} is always the number that is written to.
  for (let n = 2; !isName(field) || taken.has(`fields.${field}`) || plainTargets.some((target) => target === field); n++) field = `${stem}${n}`;
  return `fields.${field}`;
}

/** "Order ID" → orderId, "CITY" → city, "orderId" stays; a name without Latin letters → column3. */
function fieldName(name: string, index: number): string {
  const words = withoutAccents(name).split(/[^A-Za-z0-9]+/).filter(Boolean);
  const joined = words.map((word, n) => (n === 0 ? lowerFirst(word) : word[0]!.toUpperCase() + (isShouted(word) ? word.slice(1).toLowerCase() : word.slice(1)))).join('').slice(0, 40);
  if (joined === '') return `column${index + 1}`;
  return /^\d/.test(joined) ? `_${joined}` : joined;
}

const isShouted = (word: string) => word === word.toUpperCase();
const lowerFirst = (word: string) => (isShouted(word) ? word.toLowerCase() : word[0]!.toLowerCase() + word.slice(1));
