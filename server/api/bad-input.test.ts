import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import fc from 'fast-check';
import superjson from 'superjson';
import { beforeAll, describe, expect, test, vi } from 'vitest';

vi.hoisted(() => Object.assign(process.env, {
  // Nothing listens there: a check of the connection ends at once.
  DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'http://localhost:3000', TWILIO_BASE_URL: 'http://127.0.0.1:9', LOG_LEVEL: 'silent',
}));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
// One sign-in computes for a third of a second; what is typed does not change that.
vi.mock('#server/domain/user/password.ts', () => ({ hashPassword: async () => 'none', verifyPassword: async () => false }));

import type { Db } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { handle, operations } from '#server/api/rest/app.ts';
import { appRouter } from '#server/api/root.ts';
import { answerOf, callRest, furnish, nameOf, operationInputs, person, procedureInputs, takesBody, type Furnished, type Input, type Person } from './doors.fixture.ts';

// Whatever is sent, the answer is never 5xx: nonsense is the sender's fault, and says so.

const { db } = await testDatabase();
(globalThis as { hailerDatabase?: Db }).hailerDatabase = db;

let mine: Furnished;
let owner: Person;
beforeAll(async () => {
  mine = await furnish(db);
  owner = await person(db, mine.organizationId, 'owner');
});

const deep = (levels: number) => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels)) as unknown;
const uuid = '00000000-0000-4000-8000-000000000000';
/** Where a value stands, it is replaced by each of these. */
const hostile: unknown[] = [
  '', ' ', '\u0000', 'a\u0000b', '\ud800', 'a\udfffb', '😀'.repeat(300), 'x'.repeat(300), '%', '%00', "'; drop table contact; --", '{{', '{% for i in (1..100000000) %}x{% endfor %}', '../../etc/passwd', '__proto__', 'constructor',
  'null', 'undefined', 'NaN', '-1', '0', '1e308', '9007199254740993', '2147483648', '99999999999999999999', '-0.5', '٣',
  uuid, `${uuid}-1`, `${uuid}-2147483648`, `${uuid}-99999999999999999999`, '0000-01-01', '9999-12-31', '2026-02-30', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59-23:59', '2026-01-01T00:00:00.123456789Z',
  -1, 0, 2 ** 31, 2 ** 53, 1e308, 0.5, true, false, null, [], [[]], {}, [null], ['\u0000'], { '\u0000': 1 }, { a: '\u0000' }, { a: '\ud800' }, JSON.parse('{"__proto__":{"a":1},"constructor":1}') as unknown, deep(50),
];
/** Values that only superjson carries. */
const exotic: unknown[] = [10n ** 30n, NaN, Infinity, -0, new Date(NaN), new Map([['a', 1]]), new Set([1]), /a/, new Error('x'), undefined, { a: 1n }, { a: new Date() }];

/** The input with one place replaced. */
function variants(input: Input, values: unknown[]): unknown[] {
  return placesOf(input ?? {}).flatMap((place) => values.map((value) => replaced(input ?? {}, place, value)));
}
function placesOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[name], ...placesOf(inner).map((place) => [name, ...place])]);
}
function replaced(value: unknown, [name, ...rest]: string[], by: unknown): unknown {
  if (name === undefined) return by;
  if (Array.isArray(value)) return value.map((inner, index) => (String(index) === name ? replaced(inner, rest, by) : inner));
  const inner = value as Record<string, unknown>;
  return { ...inner, [name]: replaced(inner[name], rest, by) };
}

type Procedure = { name: string; type: string };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>).map(([name, { _def }]): Procedure => ({ name, type: _def.type })).filter(({ type }) => type !== 'subscription');

/** Asks the tRPC door with this text as its serialized input. */
async function callTrpc({ name, type }: Procedure, text: string) {
  const url = `http://localhost:3000/api/trpc/${name}`;
  const request = type === 'query' ? new Request(`${url}?input=${encodeURIComponent(text)}`) : new Request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text });
  return answerOf(await fetchRequestHandler({ endpoint: '/api/trpc', req: request, router: appRouter, createContext: () => ({ session: owner.session }) }));
}

/** superjson itself refuses to write some names; a sender does not ask it. */
function serialized(value: unknown): string {
  try { return superjson.stringify(value); } catch { return JSON.stringify({ json: value }); }
}

const shown = (value: unknown) => JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner))?.slice(0, 300);
const faults: string[] = [];
/** product.md §3: 502 is Twilio's failure on a synchronous call, and no Twilio answers here; every other 5xx is ours. */
function judge(what: string, input: unknown, { status, text }: { status: number; text: string }) {
  if (status >= 500 && !(status === 502 && text.includes('"twilio_failed"'))) faults.push(`${status} ${what} ${shown(input)} → ${text.slice(0, 300)}`);
}
const expectNoFaults = () => expect(faults.splice(0)).toEqual([]);

describe('REST', () => {
  test.each(operations.map((row) => ({ name: nameOf(row), row })))('$name takes nonsense in every place', async ({ name, row }) => {
    for (const input of operationInputs(mine)[name]!.inputs) {
      for (const variant of variants(input, hostile)) judge(name, variant, await callRest(row, variant as Input, owner));
    }
    expectNoFaults();
  });

  test.each(operations.filter(takesBody).map((row) => ({ name: nameOf(row), row })))('$name takes any body', async ({ name, row }) => {
    const path = `http://localhost:3000${row.path.replace('{id}', mine.draftId).replace('{list}', mine.listId).replace('{service}', 'bulk-sms')}`;
    const headers = { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' };
    const send = async (body: string) => judge(name, body.slice(0, 100), await answerOf(await handle(new Request(path, { method: row.method.toUpperCase(), headers, body }))));
    for (const body of ['', '\u0000', '{', '"', '1e999', '[]', 'null', '{"data":null}', '{"data":[]}', '{"data":{}}', '\ufeff{"data":{}}', '{"data":{"__proto__":{}}}', `{"data":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, `{"data":{"fields":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}}`, `{"data":{"name":"${'x'.repeat(1_000_000)}"}}`]) await send(body);
    await fc.assert(fc.asyncProperty(fc.json({ maxDepth: 4 }), async (json) => { await send(`{"data":${json}}`); }), { numRuns: 10, seed: 7 });
    expectNoFaults();
  });

  test.each([
    ['usage of the year 0', '/usage/stats?from=0000-01-01&to=0000-01-31'], ['usage up to the year 0', '/usage/stats?to=0000-01-05'], ['usage of the year 9999', '/usage/stats?from=9999-12-01&to=9999-12-31'],
  ])('%s is refused or empty', async (_, path) => {
    const { status } = await answerOf(await handle(new Request(`http://localhost:3000${path}`, { headers: { authorization: `Bearer ${owner.token}` } })));
    expect([200, 422]).toContain(status);
  });

  test('odd paths, queries and headers', async () => {
    const get = async (path: string, headers: Record<string, string> = {}) => judge('GET', path, await answerOf(await handle(new Request(`http://localhost:3000${path}`, { headers: { authorization: `Bearer ${owner.token}`, ...headers } }))));
    for (const path of ['/broadcast/%00', '/broadcast/%E0%A4%A', '/broadcast/%', '/crm/lists/%00', '/crm/lists/%ED%A0%80', `/crm/lists/${'x'.repeat(5_000)}`, '/broadcast?p=1&p=2', '/broadcast?p[]=1', '/broadcast?search=%00', '/broadcast?search=%ED%A0%80', '/broadcast?ps=1e9', '/broadcast?p=-1', '/crm/contacts?__proto__=1', '//', '/broadcast/../crm', '/broadcast//send']) await get(path);
    for (const authorization of ['', 'Bearer', 'Bearer ', 'bearer x', 'Basic eDp5', `Bearer ${'x'.repeat(10_000)}`, 'Bearer a.b.c', 'Bearer eyJhbGciOiJub25lIn0.e30.']) await get('/broadcast', { authorization });
    for (const orgid of ['', 'x', uuid, '\u00ff', `${uuid},${uuid}`]) await get('/broadcast', { orgid });
    expectNoFaults();
  });
});

describe('tRPC', () => {
  test.each(procedures)('$name takes nonsense in every place', async (procedure) => {
    // What REST has tried on the same schema is tried here with every fifth value only.
    const isTried = Object.values(operationInputs(mine)).some((row) => row.procedure === procedure.name);
    const values = [...hostile.filter((_, index) => !isTried || index % 5 === 2), ...exotic];
    for (const input of procedureInputs(mine)[procedure.name] ?? []) {
      for (const variant of [...variants(input, values), ...values]) judge(procedure.name, variant, await callTrpc(procedure, serialized(variant)));
    }
    for (const text of ['', '\u0000', '{', 'null', '1', '[]', '{"json":1}', '{"meta":1}', '{"json":{},"meta":{"values":{"__proto__":["Date"]}}}', '{"json":{"id":"("},"meta":{"values":{"id":["regexp"]}}}', '{"json":{"id":"x"},"meta":{"values":{"id":["bigint"]}}}',
      '{"json":{"id":"x"},"meta":{"values":{"a.b.c":["Date"]}}}', '{"json":{"id":"x"},"meta":{"referentialEqualities":{"id":["__proto__.x"]}}}', `{"json":${'['.repeat(3_000)}${']'.repeat(3_000)}}`]) judge(procedure.name, text.slice(0, 100), await callTrpc(procedure, text));
    expectNoFaults();
  });
});
