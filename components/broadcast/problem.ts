import { TRPCClientError } from '@trpc/client';
import type { AppRouter } from '#server/api/root.ts';
import type { ProblemCode } from '#server/errors.ts';

const isRefusal = (error: unknown): error is TRPCClientError<AppRouter> => error instanceof TRPCClientError;

/** Why the server refused, as a code; nothing when it was not reached or failed. */
export function problemCode(error: unknown): ProblemCode | null {
  return isRefusal(error) ? error.data?.problem?.code ?? null : null;
}

/** Words for a person: the server's own when it answered, else that it did not. */
export function problemMessage(error: unknown): string {
  if (isRefusal(error) && error.data) return error.message;
  return 'The server could not be reached. Check your connection and try again.';
}
