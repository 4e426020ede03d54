import * as z from 'zod';
import type { Context } from '#server/context.ts';
import { requirePlain } from '#server/api/plain-input.ts';
import { notFound, Problem, type ProblemDetail } from '#server/errors.ts';

export type Method = 'get' | 'post' | 'patch' | 'delete';

/** How the answer is wrapped: one thing, one page of things, nothing at all, a CSV file that streams, or server-sent events. */
export type Shape = 'item' | 'page' | 'nothing' | 'file' | 'events';

type Common<Schema extends z.ZodObject> = {
  method: Method;
  /** As OpenAPI writes it: /broadcast/{id}. */
  path: string;
  /** Other paths with the same effect. */
  aliases?: string[];
  tag: string;
  summary: string;
  description?: string;
  /** The verb's own schema. Path parameters, query, `data` and the headers below are merged into it. */
  input: Schema;
  /** Field of the input to the header that gives it. */
  fromHeaders?: Record<string, string>;
  /** May the body be left out? Only then does a POST without one pass. */
  isBodyOptional?: boolean;
  /** Bytes; 1 MB unless told. */
  bodyLimit?: number;
  output?: z.ZodType;
  shape?: Shape;
  status?: 200 | 201 | 202 | 204;
  examples?: Record<string, unknown>;
};

/** One row of the REST surface with a token: a path and the verb behind it. */
export type Operation = Common<z.ZodObject> & { access: 'token'; run: (ctx: Context, input: never) => Promise<unknown> };
/** One row that anybody may call. */
export type OpenOperation = Common<z.ZodObject> & { access: 'open'; run: (headers: Headers, input: never) => Promise<unknown> };

/** Keeps the type of the input between its schema and its verb. */
export const operation = <Schema extends z.ZodObject>(row: Common<Schema> & { run: (ctx: Context, input: z.output<Schema>) => Promise<unknown> }): Operation =>
  ({ ...row, access: 'token' });
export const openOperation = <Schema extends z.ZodObject>(row: Common<Schema> & { run: (headers: Headers, input: z.output<Schema>) => Promise<unknown> }): OpenOperation =>
  ({ ...row, access: 'open' });

export const pathParameters = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');

/** Has a body, as opposed to a query. */
export const hasBody = (row: Pick<Operation, 'method' | 'input' | 'path' | 'fromHeaders'>): boolean => row.method !== 'get' && bodyFields(row).length > 0;

/** Fields of the input that neither the path nor a header gives. */
export const bodyFields = ({ input, path, fromHeaders }: Pick<Operation, 'input' | 'path' | 'fromHeaders'>): string[] => {
  const elsewhere = new Set([...pathParameters(path), ...Object.keys(fromHeaders ?? {})]);
  return Object.keys(input.shape).filter((field) => !elsewhere.has(field));
};

/**
 * The input of the verb, parsed. Path and headers win over the body.
 * @throws Problem not_found for an id that cannot exist · validation_failed with each field named.
 */
export function parseInput(row: Operation | OpenOperation, given: { path: Record<string, string>; headers: Headers; fields: Record<string, unknown> }): unknown {
  const fromHeaders = Object.entries(row.fromHeaders ?? {}).flatMap(([field, name]) => {
    const value = given.headers.get(name);
    return value === null ? [] : [[field, value] as const];
  });
  if (Object.values(given.path).some((value) => value.includes('\u0000'))) throw notFound(nounOf(row));
  const input = { ...given.fields, ...Object.fromEntries(fromHeaders), ...given.path };
  requirePlain(input);
  const parsed = row.input.safeParse(input);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  if (issues.some((issue) => String(issue.path[0]) in given.path)) throw notFound(nounOf(row));
  throw new Problem('validation_failed', summaryOf(issues), { details: issues.map((issue) => detailOf(row, issue, input)) });
}

const nounOf = (row: Operation | OpenOperation) => row.tag.toLowerCase().replace(/s$/, '');

const summaryOf = (issues: z.core.$ZodIssue[]) =>
  issues.length === 1 && issues[0] ? `${fieldName(issues[0])}: ${issues[0].message}` : `${issues.length} fields do not fit. Each is named in details.`;

function detailOf(row: Pick<Operation, 'fromHeaders'>, issue: z.core.$ZodIssue, input: unknown): ProblemDetail {
  const header = row.fromHeaders?.[String(issue.path[0])];
  const isMissing = issue.path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], input) === undefined;
  return { field: header ?? fieldName(issue), code: isMissing ? 'required' : issue.code, message: issue.message };
}

const fieldName = (issue: z.core.$ZodIssue) => issue.path.map(String).join('.') || 'data';

/**
 * The fields of a body `{ "data": {…} }` (P19).
 * @throws Problem malformed_request
 */
export function unwrapBody(text: string, isOptional: boolean): Record<string, unknown> {
  if (text.trim() === '' && isOptional) return {};
  const body = parseJson(text);
  const data = isRecord(body) ? body.data : undefined;
  if (isRecord(data)) return data;
  // An empty object is no body; a field outside of `data` must not be lost (a send would go out now instead of at its scheduledAt).
  if (isOptional && isRecord(body) && Object.keys(body).length === 0) return {};
  throw new Problem('malformed_request', 'Wrap the body in an object: { "data": { … } }.', { details: [{ field: 'data', code: 'required', message: 'data is missing or no object.' }] });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('malformed_request', text.trim() === '' ? 'The body is empty. Send { "data": { … } }.' : 'The body is no JSON. Check commas and quotes.');
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

