import { TRPCClientError } from '@trpc/client';
import type { FieldError } from '#components/ui/error-summary.tsx';
import type { AppRouter } from '#server/api/root.ts';

/** What a refused mutation says, field by field where it names fields. Ids of the controls are the names of the fields. */
export function formErrors(error: unknown): FieldError[] {
  if (!(error instanceof TRPCClientError)) return [{ message: 'Something failed in this page. Reload it and try again.' }];
  const { data, message } = error as TRPCClientError<AppRouter>;
  if (!data) return [{ message: 'The server could not be reached. Check your connection and try again.' }];
  if (data.problem?.details.length) return data.problem.details.map((detail) => ({ field: detail.field, message: detail.message }));
  const invalid: Record<string, string[] | undefined> = data.invalid ?? {};
  const listed = Object.entries(invalid).flatMap(([field, messages]) => (messages?.[0] ? [{ field, message: messages[0] }] : []));
  return listed.length > 0 ? listed : [{ message }];
}
