import { deliveryStatuses } from '#server/domain/broadcast/states.ts';
import { methods, type Method } from '#server/channels/channel.ts';
import { countryNumbers, type CountryNumbers } from '#server/domain/delivery/country-numbers.ts';
import { invalidField, type Problem } from '#server/errors.ts';

export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** A moment, or a wall-clock time (yyyy-mm-ddThh:mm) in the organisation's zone. */
export type Moment = { at: string } | { local: string };

/** What somebody typed into the box of the log, taken apart. `text` is what no operator claims: a number, the end of one, a name or a SID. */
export type SearchQuery = {
  text: string; statuses: DeliveryStatus[]; codes: number[]; reasons: string[]; broadcast: string | null;
  to: CountryNumbers | { prefix: string } | null; from: string | null; since: Moment | null; until: Moment | null;
  /** Seconds from hand-over to delivery, from `from` to below `to`. */
  took: { from: number; to: number | null } | null; response: 'reply' | 'opt_out' | null;
  /** What it went out as. */
  method: Method | null;
};

type Surroundings = { now: Date; timeZone: string };
type Operator = (query: SearchQuery, value: string, around: Surroundings) => void;

const operators: Record<string, Operator> = {
  status: (query, value) => { query.statuses.push(...value.split(',').map(readStatus)); },
  code: (query, value) => { query.codes.push(...value.split(',').map(readCode)); },
  reason: (query, value) => { query.reasons.push(...value.split(',').filter(Boolean).map((reason) => reason.toLowerCase())); },
  broadcast: (query, value) => { query.broadcast = value; },
  to: (query, value) => { query.to = readTo(value); },
  from: (query, value) => { query.from = value.replace(/[\s().-]/g, ''); },
  since: (query, value, around) => { query.since = readMoment('since', value, around, 0); },
  until: (query, value, around) => { query.until = readMoment('until', value, around, 1); },
  took: (query, value) => { query.took = readTook(value); },
  response: (query, value) => { query.response = readResponse(value); },
  method: (query, value) => { query.method = readMethod(value); },
  name: addText, sid: addText, number: addText,
};

/** Begin a number as people and Twilio write it; no operators. */
const partsOfNumbers = ['whatsapp', 'tel'];

/**
 * Takes `status:undelivered code:30007 to:US since:yesterday broadcast:"March promo"` and free text apart.
 * @throws Problem validation_failed on `search` for an operator or a value that does not exist, with those that do
 */
export function parseSearch(search: string, around: Surroundings): SearchQuery {
  const query: SearchQuery = { text: '', statuses: [], codes: [], reasons: [], broadcast: null, to: null, from: null, since: null, until: null, took: null, response: null, method: null };
  for (const [whole, name, quoted, plain] of search.matchAll(/(?:([a-z]+):(?:"([^"]*)"?|(\S*)))|\S+/gi)) {
    const operator = name?.toLowerCase();
    if (operator === undefined || partsOfNumbers.includes(operator)) { addText(query, whole.replaceAll('"', '')); continue; }
    if (!Object.hasOwn(operators, operator)) throw refuse(`There is no operator ‘${operator}:’. There are ${Object.keys(operators).slice(0, 10).map((each) => `${each}:`).join(', ')}. Put text with a colon in quotes.`);
    const value = (quoted ?? plain ?? '').trim();
    if (value === '') throw refuse(`Nothing stands after ‘${operator}:’. ${examples[operator] ?? ''}`.trim());
    operators[operator]!(query, value, around);
  }
  return query;
}

const examples: Record<string, string> = {
  status: 'Write for example status:undelivered.', code: 'Write for example code:30007.', to: 'Write for example to:US or to:+1415.', since: 'Write for example since:yesterday, since:7d or since:2026-11-01.',
  until: 'Write for example until:2026-11-30.', broadcast: 'Write for example broadcast:"March promo".', from: 'Write for example from:+14155550100.', reason: 'Write for example reason:opted_out.',
  took: 'Write for example took:>60s or took:5s-10s.', response: 'Write response:opt_out or response:reply.', method: 'Write method:template, method:freeform or method:sms.',
};

const refuse = (message: string): Problem => invalidField('search', message);

function addText(query: SearchQuery, value: string) {
  query.text = query.text === '' ? value : `${query.text} ${value}`;
}

function readStatus(word: string): DeliveryStatus {
  const status = deliveryStatuses.find((each) => each === word.toLowerCase());
  if (!status) throw refuse(`There is no state ‘${word}’. The states are ${deliveryStatuses.join(', ')}.`);
  return status;
}

function readCode(text: string): number {
  if (!/^[1-9]\d{3,5}$/.test(text)) throw refuse(`‘${text}’ is no code of Twilio. A code has four to six digits: code:30007.`);
  return Number(text);
}

function readTo(value: string): SearchQuery['to'] {
  if (/^\+?\d[\d\s().-]*$/.test(value)) return { prefix: `+${value.replace(/\D/g, '')}` };
  const country = countryNumbers(value.toUpperCase());
  if (!country) throw refuse(`There is no country ‘${value}’. Write two letters like to:US, or the beginning of a number like to:+1415.`);
  return country;
}

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** >60s, or 5s-10s; a number without a unit is of seconds. */
function readTook(value: string): { from: number; to: number | null } {
  const [, first, unit, second, lastUnit] = /^>?(\d{1,6})([smhd]?)(?:-(\d{1,6})([smhd]?))?$/i.exec(value) ?? [];
  const isOpen = value.startsWith('>');
  if (first === undefined || isOpen === (second !== undefined)) throw refuse(`‘${value}’ is no span of time. Write for example took:>60s or took:5s-10s.`);
  const secondsOf = (text: string, of: string | undefined) => Number(text) * SECONDS[(of || 's').toLowerCase()]!;
  return { from: secondsOf(first, unit), to: second === undefined ? null : secondsOf(second, lastUnit) };
}

function readResponse(value: string): 'reply' | 'opt_out' {
  if (value === 'reply' || value === 'opt_out') return value;
  throw refuse(`There is no response ‘${value}’. Write response:opt_out or response:reply.`);
}

function readMethod(value: string): Method {
  const method = methods.find((each) => each === value.toLowerCase());
  if (!method) throw refuse(`Messages go out as ${methods.join(', ')}, not as ‘${value}’. ${examples['method']}`);
  return method;
}

const UNITS: Record<string, number> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** `daysAfter` 1: a day is meant with its end. */
function readMoment(operator: string, value: string, { now, timeZone }: Surroundings, daysAfter: number): Moment {
  const back = /^(\d{1,4})([hdw])$/i.exec(value);
  if (back) return { at: new Date(now.getTime() - Number(back[1]) * UNITS[back[2]!.toLowerCase()]!).toISOString() };
  const today = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
  const word = { today: 0, yesterday: -1 }[value.toLowerCase()];
  const day = word === undefined ? /^\d{4}-\d\d-\d\d$/.exec(value)?.[0] : dayAfter(today, word);
  if (day && isDay(day)) return { local: `${dayAfter(day, daysAfter)}T00:00` };
  const [, date, time] = /^(\d{4}-\d\d-\d\d)T(([01]\d|2[0-3]):[0-5]\d)$/i.exec(value) ?? [];
  if (date && isDay(date)) return { local: `${date}T${time}` };
  throw refuse(`‘${value}’ is no time. ${operator}: takes today, yesterday, 24h, 7d, 2026-11-01 or 2026-11-01T09:30.`);
}

const isDay = (day: string) => !Number.isNaN(Date.parse(day)) && dayAfter(day, 0) === day;
const dayAfter = (day: string, days: number) => new Date(Date.parse(day) + days * UNITS.d!).toISOString().slice(0, 10);
