import { OpenAPIHono } from '@hono/zod-openapi';
import { requestId } from 'hono/request-id';
import type { Context as HonoContext } from 'hono';
import { readBody } from '#server/api/bounded-body.ts';
import { eventStream, type EventSource } from '#server/api/event-stream.ts';
import { fileResponse } from '#server/api/file-response.ts';
import { failure, json } from '#server/api/rest/answer.ts';
import { audienceOperations } from '#server/api/rest/audience.ts';
import { automationOperations } from '#server/api/rest/automation.ts';
import { broadcastOperations } from '#server/api/rest/broadcast.ts';
import { contactOperations } from '#server/api/rest/contact.ts';
import { conversationOperations } from '#server/api/rest/conversation.ts';
import { deviceOperations } from '#server/api/rest/device.ts';
import { addSecurity, documentOf, register } from '#server/api/rest/document.ts';
import { addHealth } from '#server/api/rest/health.ts';
import { hasBody, parseInput, pathParameters, unwrapBody, type OpenOperation, type Operation } from '#server/api/rest/operation.ts';
import { numberOperations } from '#server/api/rest/number.ts';
import { organizationOperations, profileOperations } from '#server/api/rest/organization.ts';
import { optOutOperations } from '#server/api/rest/opt-out.ts';
import { templateOperations } from '#server/api/rest/template.ts';
import { bearer } from '#server/auth.ts';
import type { DeliveryFile } from '#server/domain/delivery/export.ts';
import { Problem } from '#server/errors.ts';

export type Variables = { Variables: { requestId: string } };
type Row = Operation | OpenOperation;

const MEGABYTE = 1024 * 1024;

/** Every row of the REST surface that is a path and a verb. The first that fits answers, so /broadcast/templates stands before /broadcast/{id}. */
export const operations: Row[] = [...profileOperations, ...templateOperations, ...broadcastOperations, ...organizationOperations, ...numberOperations, ...contactOperations, ...optOutOperations, ...audienceOperations, ...conversationOperations, ...deviceOperations, ...automationOperations];

const app = new OpenAPIHono<Variables>();
app.use(requestId());
app.onError((error, c) => failure(error, c.get('requestId')));
app.notFound((c) => failure(new Problem('not_found', `There is no ${c.req.method} ${c.req.path}. All paths are listed at /api/docs.`), c.get('requestId')));
addSecurity(app.openAPIRegistry);
for (const row of operations) mount(row);
addHealth(app);
app.get('/api/openapi.json', (c) => c.json(documentOf(app)));

/** The one REST application, behind every catch-all route. */
export const handle = (request: Request): Response | Promise<Response> => app.fetch(request);

function mount(row: Row) {
  register(app.openAPIRegistry, row);
  for (const path of [row.path, ...(row.aliases ?? [])]) {
    app.on(row.method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) => answer(row, c));
  }
}

/** In this order: who asks, what they send, the verb. So a stranger learns nothing from a wrong body, and none of it is read. */
async function answer(row: Row, c: HonoContext<Variables>): Promise<Response> {
  const { headers } = c.req.raw;
  if (row.access === 'open') return wrapped(row, await row.run(headers, (await inputOf(row, c)) as never));
  const ctx = await bearer(headers);
  const result = await row.run(ctx, (await inputOf(row, c)) as never);
  if (row.shape === 'events') return eventStream(result as EventSource, async () => { await bearer(headers); }, c.req.raw.signal); // rows of this shape run a watch
  return wrapped(row, result);
}

async function inputOf(row: Row, c: HonoContext<Variables>) {
  const path = Object.fromEntries(pathParameters(row.path).map((name) => [name, c.req.param(name) ?? '']));
  const fields = row.method === 'get' ? c.req.query() : hasBody(row) ? unwrapBody(await textOf(row, c), row.isBodyOptional ?? false) : {};
  return parseInput(row, { path, headers: c.req.raw.headers, fields });
}

function wrapped(row: Row, result: unknown) {
  if (row.shape === 'file') return fileResponse(result as DeliveryFile); // rows of this shape run an export
  if (row.shape === 'nothing') return new Response(null, { status: row.status ?? 204 });
  return json(row.shape === 'page' ? result : { data: result }, row.status ?? 200);
}

const textOf = async (row: Row, c: HonoContext<Variables>) => new TextDecoder().decode(await readBody(c.req.raw, row.bodyLimit ?? MEGABYTE));
