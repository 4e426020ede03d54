import { expect, test, vi } from 'vitest';

vi.hoisted(() => Object.assign(process.env, { DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'https://sms.example.com', LOG_LEVEL: 'silent' }));

import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { docsPage, docsScript } from './docs.ts';
import { handle } from './app.ts';
import { smsExample } from './examples.ts';

type Operation = { operationId: string; security?: unknown[]; parameters?: { name: string; in: string; required?: boolean }[]; responses: Record<string, unknown>; requestBody?: { content: Record<string, { schema: object }> } };
const document = (await (await handle(new Request('http://localhost/api/openapi.json'))).json()) as { openapi: string; servers: { url: string }[]; paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, object> } };
const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));

/** product.md §3, as far as this release answers it. */
const rows = [
  'post /profile/signin', 'post /broadcast', 'post /repository/create/email_broadcast', 'get /broadcast', 'get /broadcast/{id}', 'patch /broadcast/{id}', 'delete /broadcast/{id}',
  'post /broadcast/{id}/preview', 'post /broadcast/{id}/send', 'post /broadcast/{id}/pause', 'post /broadcast/{id}/resume', 'post /broadcast/{id}/release', 'patch /broadcast/{id}/budget', 'post /broadcast/{id}/retry', 'post /broadcast/{id}/cancel', 'get /broadcast/{id}/deliveries', 'get /broadcast/{id}/deliveries.csv', 'get /broadcast/{id}/report',
  'post /broadcast/{id}/test', 'post /broadcast/{id}/approval', 'post /broadcast/approvals/{approvalId}/decision',
  'get /org-management/services/{service}/agreement', 'post /org-management/services/{service}/agreement/accept',
  'get /crm/inbox/conversations', 'get /crm/inbox/messages', 'post /crm/chat-message/create',
  'get /crm/activity', 'get /crm/contacts', 'post /crm/contacts', 'get /crm/contacts/{id}', 'patch /crm/contacts/{id}', 'delete /crm/contacts/{id}', 'post /crm/contacts/{id}/erase', 'get /crm/contacts/{id}/may-message', 'get /crm/contacts/{id}/consent', 'post /crm/contacts/import',
  'get /broadcast/templates', 'post /broadcast/templates', 'get /broadcast/templates/{id}', 'patch /broadcast/templates/{id}', 'delete /broadcast/templates/{id}', 'post /broadcast/templates/{id}/submit', 'post /broadcast/templates/{id}/refresh', 'post /broadcast/templates/{id}/duplicate', 'post /broadcast/templates/sync',
  'get /automation/keywords', 'post /automation/keywords', 'post /automation/keywords/try', 'get /automation/keywords/{id}', 'patch /automation/keywords/{id}', 'delete /automation/keywords/{id}',
  'get /crm/opt-outs', 'post /crm/opt-outs',
  'get /crm/lists', 'post /crm/lists', 'get /crm/lists/{list}', 'patch /crm/lists/{list}', 'delete /crm/lists/{list}', 'get /crm/lists/{list}/members', 'post /crm/lists/{list}/members', 'delete /crm/lists/{list}/members',
  'get /crm/filters', 'post /crm/filters', 'post /crm/filters/count', 'get /crm/filters/{id}', 'patch /crm/filters/{id}', 'delete /crm/filters/{id}', 'post /crm/contacts/tags',
  'post /upstream/save-integration', 'post /upstream/test/twilio', 'get /phone/numbers', 'get /phone/available', 'post /phone/numbers', 'post /phone/numbers/add', 'post /phone/voice/register-device', 'post /phone/voice/heartbeat', 'get /phone/voice/events', 'patch /phone/numbers/{id}', 'get /usage/stats', 'get /usage/breakdown', 'get /usage/forecast', 'get /usage/reconciliation', 'get /usage/history/bulk-sms',
  'get /api/health', 'get /api/health/live', 'get /api/health/ready',
];

test('the document is OpenAPI 3.1 of this installation and has every row of the REST surface, no more', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(document.servers).toEqual([{ url: 'https://sms.example.com' }]);
  expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(rows.toSorted());
});

test('every row has an id of its own, declares its path parameters and can answer well and badly', () => {
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  for (const { path, operation } of operations) {
    const declared = (operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name);
    expect(declared, path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
    expect(Object.keys(operation.responses).some((status) => status.startsWith('2')), path).toBe(true);
    expect(path.startsWith('/api/') || '422' in operation.responses, path).toBe(true);
  }
});

test('only sign-in and health do without a token', () => {
  const open = operations.filter(({ operation }) => operation.security?.length === 0).map(({ path }) => path);
  expect(open.toSorted()).toEqual(['/api/health', '/api/health/live', '/api/health/ready', '/profile/signin']);
});

test('every reference resolves and every schema compiles as JSON Schema 2020-12', () => {
  const ajv = addFormats.default(new Ajv2020({ strict: false }));
  ajv.addSchema({ $id: 'openapi', components: document.components });
  const text = JSON.stringify(document.paths).replaceAll('"#/components/', '"openapi#/components/');
  const schemas: object[] = [];
  JSON.parse(text, (key, value: unknown) => { if (key === 'schema' && typeof value === 'object' && value) schemas.push(value); return value; });
  expect(schemas.length).toBeGreaterThan(100);
  for (const schema of schemas) expect(() => ajv.compile(schema)).not.toThrow();
});

test('the described body of a broadcast takes the example and refuses another channel', () => {
  const schema = document.paths['/broadcast']!.post!.requestBody!.content['application/json']!.schema;
  const check = new Ajv2020({ strict: false }).compile(schema);
  expect(check({ data: smsExample })).toBe(true);
  expect(check({ data: { ...smsExample, channel: 'fax' } })).toBe(false);
  expect(check(smsExample)).toBe(false);
});

test('the described send takes a moment with its zone, an hour in the zone of each recipient and a fixed audience', () => {
  const { schema } = document.paths['/broadcast/{id}/send']!.post!.requestBody!.content['application/json']!;
  const check = addFormats.default(new Ajv2020({ strict: false })).compile(schema);
  expect(check({ data: { scheduledAt: '2027-03-08T09:00:00-05:00', timeZone: 'America/New_York', fixAudience: true } })).toBe(true);
  expect(check({ data: { localSendAt: '2027-03-08T09:00', fixAudience: true } })).toBe(true);
  expect(check({ data: { localSendAt: 'tomorrow at nine' } })).toBe(false);
});

test('the reference page loads from this server only', async () => {
  const page = docsPage();
  const html = await page.text();
  expect([...html.matchAll(/(?:src|href)="([^"]+)"/g)].every((match) => /^\/(?!\/)/.test(match[1]!))).toBe(true);
  expect(html).not.toMatch(/https?:\/\//);
  expect(html).toContain("script-src 'self'; ");
  const script = await docsScript();
  expect(script.headers.get('content-type')).toContain('text/javascript');
  expect((await script.arrayBuffer()).byteLength).toBeGreaterThan(1_000_000);
});
