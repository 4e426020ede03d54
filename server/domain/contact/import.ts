import type { Context } from '#server/context.ts';
import type { ImportContactsInput, ImportResult } from '#server/domain/contact/schema.ts';

export async function importContacts(ctx: Context, input: ImportContactsInput): Promise<ImportResult> {
  void ctx; void input; throw new Error('importContacts: not built yet');
}
