import { sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { FilterCondition } from '#server/domain/audience/schema.ts';
import { isOfCountry } from '#server/domain/contact/country.ts';
import { fieldNamePattern } from '#server/domain/contact/schema.ts';
import { invalidField } from '#server/errors.ts';

type FieldCondition = Extract<FilterCondition, { kind: 'field' }>;
type Columns = Record<'phone' | 'email' | 'firstName' | 'lastName' | 'timeZone' | 'fields', AnyPgColumn>;

const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/**
 * One condition on a field of the contact. No value counts as an empty text; texts are compared without regard to case.
 * @throws Problem validation_failed for an unknown field, a missing value, or an operator that countries do not have
 */
export function fieldWhere(contact: Columns, { field, operator, value }: FieldCondition, at: string): SQL {
  if (field === 'country') return countryWhere(contact, { operator, value }, at);
  const text = textOf(contact, field, at);
  if (operator === 'empty') return sql`${text} = ''`;
  if (operator === 'not_empty') return sql`${text} <> ''`;
  const wanted = requireValue(value, at);
  switch (operator) {
    case 'is': return equals(text, value, wanted);
    case 'is_not': return sql`not (${equals(text, value, wanted)})`;
    case 'contains': return sql`strpos(lower(${text}), lower(${wanted}::text)) > 0`;
    case 'starts_with': return sql`starts_with(lower(${text}), lower(${wanted}::text))`;
    case 'greater': return ordered(text, value, wanted, sql`>`);
    case 'less': return ordered(text, value, wanted, sql`<`);
  }
}

function textOf(contact: Columns, field: string, at: string): SQL {
  if (field === 'firstName' || field === 'lastName' || field === 'email' || field === 'phone' || field === 'timeZone') return sql`coalesce(${contact[field]}, '')`;
  const name = field.startsWith('fields.') ? field.slice('fields.'.length) : '';
  if (!fieldNamePattern.test(name)) throw invalidField(`${at}.field`, `There is no field ‘${field}’. Choose one of the list, or write fields. before a field of your own.`);
  return sql`coalesce(${contact.fields} ->> ${name}::text, '')`;
}

function requireValue(value: FieldCondition['value'], at: string): string {
  const text = value === undefined ? '' : String(value);
  if (text.trim() === '') throw invalidField(`${at}.value`, 'Enter a value to compare with, or choose “is empty”.', 'required');
  return text;
}

/** A number equals however it is written: 5 and 5.0. */
function equals(text: SQL, value: FieldCondition['value'], wanted: string): SQL {
  return typeof value === 'number' ? sql`${numberOf(text)} is not distinct from ${wanted}::numeric` : sql`lower(${text}) = lower(${wanted}::text)`;
}

/** Numbers among numbers; else by the letters, without those who have no value. Nobody is in neither order. */
function ordered(text: SQL, value: FieldCondition['value'], wanted: string, operator: SQL): SQL {
  if (typeof value === 'number' || NUMBER.test(wanted)) return sql`coalesce(${numberOf(text)} ${operator} ${wanted}::numeric, false)`;
  return sql`(${text} <> '' and ${text} collate "C" ${operator} ${wanted}::text collate "C")`;
}

/** Null for what is no number: the case keeps the cast from ever meeting one. */
const numberOf = (text: SQL) => sql`(case when ${text} ~ ${NUMBER.source}::text then (${text})::numeric end)`;

function countryWhere(contact: Columns, { operator, value }: Pick<FieldCondition, 'operator' | 'value'>, at: string): SQL {
  if (operator === 'empty') return sql`${contact.phone} is null`;
  if (operator === 'not_empty') return sql`${contact.phone} is not null`;
  if (operator !== 'is' && operator !== 'is_not') throw invalidField(`${at}.operator`, 'A country can only be or not be the one that you choose.');
  const isOf = sql`coalesce(${isOfCountry(contact.phone, requireValue(value, at).toUpperCase())}, false)`;
  return operator === 'is' ? isOf : sql`not (${isOf})`;
}
