import { invalidField } from '#server/errors.ts';

const MOST_LEVELS = 32;
/** superjson refuses to write these: a row that held one could not be read again. */
const REFUSED_NAMES = ['__proto__', 'constructor', 'prototype'];

type Place = { value: unknown; name: string; level: number };

/**
 * Lets plain JSON through, whatever the schema behind it says: texts that Postgres can store (no U+0000, no half of a surrogate pair, in names
 * neither), up to 32 levels, and nothing that only superjson carries. Walks without recursion, because the depth is the sender's choice.
 * @throws Problem validation_failed naming the field
 */
export function requirePlain(input: unknown): void {
  const left: Place[] = [{ value: input, name: '', level: 0 }];
  for (let place = left.pop(); place; place = left.pop()) {
    const fault = faultOf(place);
    if (fault) throw invalidField(place.name.slice(0, 200).replaceAll('\u0000', '').toWellFormed() || 'data', fault);
    if (typeof place.value !== 'object' || place.value === null) continue;
    for (const [key, value] of Object.entries(place.value)) {
      if (REFUSED_NAMES.includes(key)) throw invalidField(place.name || 'data', `‘${key}’ cannot be a name here. Choose another one.`);
      if (!isStorable(key)) throw invalidField(place.name || 'data', 'A name in it holds a character that is no text (U+0000, or half of a pair). Remove it.');
      left.push({ value, name: place.name ? `${place.name}.${key}` : key, level: place.level + 1 });
    }
  }
}

const isStorable = (text: string) => text.isWellFormed() && !text.includes('\u0000');

function faultOf({ value, level }: Place): string | null {
  if (level > MOST_LEVELS) return `This is nested deeper than ${MOST_LEVELS} levels.`;
  switch (typeof value) {
    case 'string': return isStorable(value) ? null : 'This holds a character that is no text (U+0000, or half of a pair). Remove it.';
    case 'object': return value === null || Array.isArray(value) || isRecord(value) ? null : 'Send plain JSON: texts, numbers, lists and objects.';
    case 'number': case 'boolean': case 'undefined': return null;
    default: return 'Send plain JSON: texts, numbers, lists and objects.';
  }
}

const isRecord = (value: object) => Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null;
