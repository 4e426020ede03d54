import { Problem, type ProblemDetail } from '#server/errors.ts';
import { faultOf, log } from '#server/log.ts';

export type ErrorBody = { statusCode: number; code: string; message: string; details: ProblemDetail[]; requestId: string };

const headers = { 'cache-control': 'no-store' };

export const json = (body: unknown, status: number): Response => Response.json(body, { status, headers });

/** A refusal carries its request's id in the header too: the answer of an error handler replaces the headers that were set before. */
const refusal = (body: ErrorBody): Response => Response.json(body, { status: body.statusCode, headers: { ...headers, 'x-request-id': body.requestId } });

/**
 * The one translation of a failure for programs: a Problem as it says, with its data beside it (e.g. acceptUrl of a 402). Anything else is our
 * fault: it is logged under the request's id and tells nothing outside.
 */
export function failure(error: unknown, requestId: string): Response {
  if (!(error instanceof Problem)) return unexpected(error, requestId);
  const body: ErrorBody = { statusCode: error.status, code: error.code, message: error.message, details: error.details, requestId };
  const answer = refusal({ ...body, ...error.data, ...body });
  if (error.status === 401) answer.headers.set('www-authenticate', 'Bearer');
  if (typeof error.data.retryAfter === 'number') answer.headers.set('retry-after', String(Math.max(1, Math.ceil(error.data.retryAfter))));
  return answer;
}

function unexpected(error: unknown, requestId: string) {
  log.error({ requestId, ...faultOf(error) }, 'request failed');
  const message = 'Something went wrong on our side. Try again; if it stays, name the requestId to the operator of this installation.';
  return refusal({ statusCode: 500, code: 'internal_error', message, details: [], requestId });
}
