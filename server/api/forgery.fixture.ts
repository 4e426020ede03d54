import { createHash, createHmac } from 'node:crypto';

// What comes to Twilio's three doors and is not from Twilio, or is broken: none of it may be kept, and none may be answered with a fault of ours.

/** Whom the forger aims at. `authToken` is known to those that Twilio itself would sign, so that what follows the signature is reached too. */
export type Target = { publicUrl: string; organizationId: string; accountSid: string; authToken: string; sender: string; person: string };
export type Forgery = { what: string; path: string; headers: Record<string, string>; body: string };

/** The same numbers for the same seed (mulberry32). */
export function dice(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { below, pick: <T>(list: readonly T[]) => list[below(list.length)]!, hex: (n: number) => Array.from({ length: n }, () => below(16).toString(16)).join('') };
}
type Dice = ReturnType<typeof dice>;
type Pairs = Array<[string, string]>;
type Door = 'sms' | 'status' | 'events';

const FORM = 'application/x-www-form-urlencoded; charset=utf-8';
const doors: readonly Door[] = ['sms', 'status', 'events'];
const pathOf = (door: Door, query: string) => `/connect/webhook/twilio/${door}${query}`;
const encode = (pairs: Pairs) => new URLSearchParams(pairs).toString();

/** As Twilio signs: names sorted, values of a repeated name each once. */
function signature(token: string, url: string, pairs: Pairs): string {
  const names = [...new Set(pairs.map(([name]) => name))].toSorted((a, b) => (a < b ? -1 : 1));
  const text = names.map((name) => [...new Set(pairs.filter(([one]) => one === name).map(([, value]) => value))].toSorted().map((value) => name + value).join('')).join('');
  return createHmac('sha1', token).update(url + text, 'utf8').digest('base64');
}

function goodForm(random: Dice, { accountSid, sender, person }: Target, door: 'sms' | 'status'): Pairs {
  const sid = `SM${random.hex(32)}`;
  const both: Pairs = [['MessageSid', sid], ['SmsSid', sid], ['AccountSid', accountSid], ['ApiVersion', '2010-04-01']];
  if (door === 'status') return [...both, ['MessageStatus', random.pick(['sent', 'delivered', 'failed'])], ['SmsStatus', 'sent'], ['To', person], ['From', sender]];
  return [...both, ['SmsMessageSid', sid], ['SmsStatus', 'received'], ['NumSegments', '1'], ['NumMedia', '0'], ['Body', random.pick(['Hello', 'STOP', 'START', 'HELP', 'naïve 🚚'])], ['From', person], ['To', sender], ['FromCity', ''], ['FromCountry', 'US'], ['ToZip', '']];
}

type Making = { random: Dice; target: Target; door: 'sms' | 'status' };
type Maker = (making: Making) => { pairs: Pairs; query?: string; signed?: { token?: string; url?: string; pairs?: Pairs }; header?: string | null; body?: string };

const words = ['', '\u0000', '\ud800', '𝔘', "'; drop table contact; --", '{{7*7}}', '%00', '../../etc/passwd', '<Response><Message>x</Message></Response>', 'a'.repeat(3_000), '\r\nX-Injected: 1', '-1', '1e+309', 'null!', '[object Object]'];
const without = (pairs: Pairs, name: string) => pairs.filter(([one]) => one !== name);
const with_ = (pairs: Pairs, name: string, value: string): Pairs => [...without(pairs, name), [name, value]];
const good = ({ random, target, door }: Making) => goodForm(random, target, door);

/** By what is wrong with it. Those with `signed` left as it is carry the true signature of what they send. */
const makers: Record<string, Maker> = {
  'no signature': (making) => ({ pairs: good(making), header: null }),
  'an odd signature': (making) => ({ pairs: good(making), header: making.random.pick(['', ' ', '=', 'a'.repeat(7_000), 'AAAA', `${making.random.hex(28)}`, '\u00e9\u00e9', 'null', ',', 'sha1=x']) }),
  'another token': (making) => ({ pairs: good(making), signed: { token: making.random.hex(32) } }),
  'an empty token': (making) => ({ pairs: good(making), signed: { token: '' } }),
  'another host': ({ random, target, ...rest }) => ({ pairs: goodForm(random, target, rest.door), signed: { url: random.pick(['http://evil.example', 'https://hailer.example.evil.example', 'http://localhost.evil.example', 'ftp://hailer.example', '']) } }),
  'a parameter dropped': (making) => { const pairs = good(making); return { pairs: without(pairs, making.random.pick(pairs)[0]), signed: { pairs } }; },
  'a parameter added': (making) => { const pairs = good(making); return { pairs: [...pairs, [making.random.pick(['OptOutType', 'MediaUrl0', 'X', 'WaId']), 'START']], signed: { pairs } }; },
  'a value changed': (making) => { const pairs = good(making); const [name, value] = making.random.pick(pairs); return { pairs: with_(pairs, name, `${value}${making.random.pick(['x', '0', ' '])}`), signed: { pairs } }; },
  'a parameter in its neighbour': (making) => {
    const pairs = good(making).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const swallower = making.random.pick(making.door === 'sms' ? ['ApiVersion', 'AccountSid', 'MessageSid'] : ['AccountSid', 'MessageSid']);
    const at = pairs.findIndex(([one]) => one === swallower);
    const [[name, value], [next, rest]] = [pairs[at]!, pairs[at + 1]!];
    return { pairs: [...pairs.slice(0, at), [name, value + next + rest], ...pairs.slice(at + 2)] };
  },
  'a known parameter twice': (making) => { const pairs = good(making); const one = making.random.pick(['MessageSid', 'AccountSid', 'To']); return { pairs: [...pairs, [one, making.random.pick(words)]] }; },
  'a known parameter broken': (making) => ({ pairs: with_(good(making), making.random.pick(['MessageSid', 'AccountSid', 'To']), making.random.pick(words)) }),
  'a known parameter missing': (making) => ({ pairs: without(good(making), making.random.pick(['MessageSid', 'AccountSid', 'To'])) }),
  'somebody else’s account': (making) => ({ pairs: with_(good(making), 'AccountSid', `AC${making.random.hex(32)}`) }),
  'an organisation that is none': (making) => ({ pairs: good(making), query: `?orgid=${making.random.pick(['x', '', '00000000-0000-4000-8000-000000000000', '%00', "'", `${making.target.organizationId}0`])}` }),
  'bytes': (making) => ({ pairs: [], body: String.fromCharCode(...Array.from({ length: 1 + making.random.below(400) }, () => making.random.below(256))) }),
  'broken escapes': (making) => ({ pairs: [], body: `${encode(good(making))}&%ZZ=%&%E0%A4%A=%C3%28&=&&&;`, signed: { token: making.random.hex(32) } }),
  'far too much': (making) => ({ pairs: [], body: `Body=${'x'.repeat(66_000 + making.random.below(60_000))}` }),
  'many parameters': (making) => ({ pairs: [...good(making), ...Array.from({ length: 500 }, (_, i): [string, string] => [`P${i}`, making.random.hex(4)])], signed: { token: 'x' } }),
  'JSON in place of a form': (making) => ({ pairs: [], body: JSON.stringify(Object.fromEntries(good(making))) }),
};
const onlyInbound: Record<string, Maker> = {
  'a number that is not ours': (making) => ({ pairs: with_(good(making), 'To', `+1415${String(making.random.below(10_000_000)).padStart(7, '0')}`) }),
  'an inbound parameter broken': (making) => ({ pairs: with_(good(making), making.random.pick(['NumMedia', 'ApiVersion', 'MessagingServiceSid', 'SmsStatus']), making.random.pick(['-1', 'x y', '1e9', '2010-04-01BodySTOP', 'a'.repeat(200)])) }),
};
const onlyStatus: Record<string, Maker> = {
  'a status that is none': (making) => ({ pairs: with_(good(making), 'MessageStatus', making.random.pick(['', 'DELIVERED!', 'x'.repeat(99), '1'])) }),
};

function forgeForm(random: Dice, target: Target, door: 'sms' | 'status'): Forgery {
  const [what, maker] = random.pick([...Object.entries(makers), ...Object.entries(door === 'sms' ? onlyInbound : onlyStatus)]);
  const { pairs, query = `?orgid=${target.organizationId}`, signed = {}, header, body = encode(pairs) } = maker({ random, target, door });
  const path = pathOf(door, query);
  const value = header === undefined ? signature(signed.token ?? target.authToken, (signed.url ?? target.publicUrl) + path, signed.pairs ?? (pairs.length > 0 ? pairs : [...new URLSearchParams(body)])) : header;
  return { what: `${door}: ${what}`, path, headers: { 'content-type': random.pick([FORM, FORM, 'text/plain', 'application/json', 'multipart/form-data; boundary=x']), ...(value !== null && { 'x-twilio-signature': value }) }, body };
}

type EventMaker = (random: Dice, target: Target, good: string) => { body?: string; hashed?: string | null; token?: string; header?: null };
const event = (accountSid: string, random: Dice) => ({ type: 'com.twilio.messaging.template.approval.updated', data: { type: 'status_update', accountSid, dateUpdated: '2026-01-01T00:00:00Z', template: { sid: `HX${random.hex(32)}`, currentValue: 'APPROVED' } } });
const eventMakers: Record<string, EventMaker> = {
  'no signature': () => ({ header: null }),
  'another token': (random) => ({ token: random.hex(32) }),
  'no hash of the body': () => ({ hashed: null }),
  'the hash of another body': (_, __, body) => ({ body: `${body} `, hashed: body }),
  'somebody else’s account': (random) => ({ body: JSON.stringify([event(`AC${random.hex(32)}`, random)]) }),
  'two accounts in one body': (random, { accountSid }) => ({ body: JSON.stringify([event(accountSid, random), event(`AC${random.hex(32)}`, random)]) }),
  'no list of events': (random) => ({ body: random.pick(['', '{}', 'null', '[]', '[null]', '[{}]', '1', '"x"', '[[', '{"data":{}}', '[{"data":{"accountSid":"AC1"}}]', '[{"__proto__":{"data":1}}]', `${'['.repeat(5_000)}${']'.repeat(5_000)}`]) }),
  'far too much': (random) => ({ body: `["${'x'.repeat(1_048_000 + random.below(2_000) + 600)}"]` }),
};

function forgeEvents(random: Dice, target: Target): Forgery {
  const usual = JSON.stringify([event(target.accountSid, random)]);
  // The dear one seldom: a megabyte each.
  const [what, maker] = random.pick(random.below(50) === 0 ? Object.entries(eventMakers) : Object.entries(eventMakers).slice(0, -1));
  const { body = usual, hashed = body, token = target.authToken, header } = maker(random, target, usual);
  const hash = hashed === null ? '' : `&bodySHA256=${createHash('sha256').update(hashed, 'utf8').digest('hex')}`;
  const path = pathOf('events', `?orgid=${target.organizationId}${hash}`);
  const value = createHmac('sha1', token).update(target.publicUrl + path, 'utf8').digest('base64');
  return { what: `events: ${what}`, path, headers: { 'content-type': 'application/json', ...(header !== null && { 'x-twilio-signature': value }) }, body };
}

/** One request that must be refused. */
export function forge(random: Dice, target: Target): Forgery {
  const door = random.pick(doors);
  return door === 'events' ? forgeEvents(random, target) : forgeForm(random, target, door);
}
