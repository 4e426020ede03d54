import type { OpenAPIHono } from '@hono/zod-openapi';
import * as z from 'zod';
import packageJson from '#package.json' with { type: 'json' };
import { bodyFields, hasBody, pathParameters, type OpenOperation, type Operation } from '#server/api/rest/operation.ts';
import { env } from '#server/env.ts';
import { problemStatus } from '#server/errors.ts';

type Registry = OpenAPIHono['openAPIRegistry'];

const errorBody = z.object({
  statusCode: z.number().int(),
  code: z.enum([...Object.keys(problemStatus), 'internal_error']),
  message: z.string(),
  details: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })),
  requestId: z.string(),
}).meta({ id: 'Error' });
const agreementError = errorBody.extend({ service: z.string(), agreementVersion: z.string(), acceptUrl: z.string() });

const errorWords: Record<number, string> = {
  400: 'Malformed JSON, or no `data`', 401: 'No token, or one that is expired or not good', 402: 'The agreement is not accepted yet', 403: 'Your role does not allow it, or you are no member',
  404: 'Unknown, or of another organisation', 409: 'Its state does not allow it, or somebody else changed it', 422: 'Something does not fit; `details` names the fields',
  429: 'Too many requests; `Retry-After` says when to come back', 502: 'Twilio failed',
};

/** Describes one row in the document, from the same schemas that check its input. */
export function register(registry: Registry, row: Operation | OpenOperation): void {
  for (const path of [row.path, ...(row.aliases ?? [])]) {
    registry.registerPath({
      method: row.method, path, tags: [row.tag], summary: row.summary, operationId: operationId(row.method, path),
      ...(row.description ? { description: row.description } : {}),
      ...(path === row.path ? {} : { deprecated: true }),
      security: row.access === 'open' ? [] : [{ token: [] }],
      request: requestOf(row),
      responses: { [row.status ?? 200]: successOf(row), ...errorsOf(row) },
    });
  }
}

/** OpenAPI 3.1, generated from what is mounted. */
export function documentOf(app: Pick<OpenAPIHono, 'getOpenAPI31Document' | 'openAPIRegistry'>) {
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Hailer', version: packageJson.version, license: { name: packageJson.license },
      description: 'SMS and WhatsApp broadcasts through your own Twilio account. Bodies are wrapped in `{ "data": … }`, answers too; lists come with `total`, `hasNext`, `page` and `pageSize` and take `p` and `ps` (up to 200).',
    },
    servers: [{ url: env().PUBLIC_URL }],
  });
}

/** The one way to sign requests; registered with the first row. */
export const addSecurity = (registry: Registry): void => {
  registry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From POST /profile/signin.' });
};

function requestOf(row: Operation | OpenOperation) {
  const names = pathParameters(row.path);
  const query = bodyFields(row);
  return {
    ...(names.length > 0 ? { params: z.object(Object.fromEntries(names.map((name) => [name, field(row, name)]))) } : {}),
    ...(row.method === 'get' && query.length > 0 ? { query: z.object(Object.fromEntries(query.map((name) => [name, field(row, name)]))) } : {}),
    ...headersOf(row),
    ...(hasBody(row) ? { body: bodyOf(row) } : {}),
  };
}

function headersOf(row: Operation | OpenOperation) {
  const own = Object.entries(row.fromHeaders ?? {}).map(([name, header]) => [header, field(row, name)] as const);
  const orgid = row.access === 'open' ? [] : [['orgid', z.uuid().optional().meta({ description: 'Organisation to work in, for people who have several.' })] as const];
  return own.length + orgid.length > 0 ? { headers: z.object(Object.fromEntries([...own, ...orgid])) } : {};
}

function bodyOf(row: Operation | OpenOperation) {
  const data = z.object(Object.fromEntries(bodyFields(row).map((name) => [name, field(row, name)])));
  const examples = row.examples && Object.fromEntries(Object.entries(row.examples).map(([name, value]) => [name, { value: { data: value } }]));
  return {
    required: !row.isBodyOptional,
    content: { 'application/json': { schema: z.object({ data: row.isBodyOptional ? data.optional() : data }), ...(examples ? { examples } : {}) } },
  };
}

function successOf(row: Operation | OpenOperation) {
  if (row.shape === 'file') return { description: row.summary, content: { 'text/csv': { schema: z.string() } } };
  if (row.shape === 'events') return { description: row.summary, content: { 'text/event-stream': { schema: row.output ?? z.string() } } };
  if (row.shape === 'nothing' || !row.output) return { description: 'Done' };
  return { description: row.summary, content: { 'application/json': { schema: row.shape === 'page' ? row.output : z.object({ data: row.output }) } } };
}

function errorsOf(row: Operation | OpenOperation) {
  const isSend = row.path.endsWith('/send');
  const statuses = [...(hasBody(row) ? [400] : []), 401, ...(isSend ? [402] : []), 403, 404, ...(row.method === 'get' ? [] : [409]), 422, 429];
  return Object.fromEntries(statuses.map((status) => [status, {
    description: errorWords[status] ?? 'Error', content: { 'application/json': { schema: status === 402 ? agreementError : errorBody } },
  }]));
}

function field(row: Operation | OpenOperation, name: string): z.ZodType {
  const found = row.input.shape[name];
  if (!found) throw new Error(`${row.path}: the input has no field ${name}`);
  return found as z.ZodType;
}

const operationId = (method: string, path: string) =>
  method + path.split('/').filter(Boolean).map((part) => part.replace(/[^A-Za-z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
