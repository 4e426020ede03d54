import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { templates, templateVersions } from '#db/schema/index.ts';
import { toNumbered } from '#server/channels/whatsapp/mapping.ts';
import type { Context } from '#server/context.ts';
import { notFound, Problem } from '#server/errors.ts';

export type TemplateRow = typeof templates.$inferSelect;
export type VersionRow = typeof templateVersions.$inferSelect;
export type OneVersion = { version: VersionRow; template: TemplateRow };

/** A submit that was not heard of for so long died. Milliseconds; longer than its calls may take together. */
export const SUBMIT_LEASE = 60_000;

export const whereVersion = (ctx: Context, id: string) => and(eq(templateVersions.organizationId, ctx.organizationId), eq(templateVersions.id, id));

/** A version with its family. @throws Problem not_found, also for another organisation's and for one that was deleted */
export async function findVersion(tx: Tx, ctx: Context, id: string, { lock = false } = {}): Promise<OneVersion> {
  const query = tx.select().from(templateVersions).where(and(whereVersion(ctx, id), isNull(templateVersions.deletedAt)));
  const [version] = await (lock ? query.for('update') : query);
  if (!version) throw notFound('template');
  const [template] = await tx.select().from(templates).where(and(eq(templates.organizationId, ctx.organizationId), eq(templates.id, version.templateId)));
  return { version, template: template! }; // foreign key
}

/** The same, locked until the transaction ends. */
export const lockVersion = (tx: Tx, ctx: Context, id: string): Promise<OneVersion> => findVersion(tx, ctx, id, { lock: true });

/** The newest version of a family in one language. */
export async function newestVersion(tx: Tx, ctx: Context, templateId: string, language: string): Promise<VersionRow | undefined> {
  const [newest] = await tx.select().from(templateVersions).where(and(
    eq(templateVersions.organizationId, ctx.organizationId), eq(templateVersions.templateId, templateId), eq(templateVersions.language, language), isNull(templateVersions.deletedAt),
  )).orderBy(desc(templateVersions.number)).limit(1);
  return newest;
}

/** Is it on its way to Twilio at this moment? */
export const isBeingSubmitted = (ctx: Context, { status, submittedAt }: VersionRow): boolean =>
  status === 'draft' && submittedAt !== null && ctx.now().getTime() - submittedAt.getTime() < SUBMIT_LEASE;

/** @throws Problem invalid_state while a submit is under way, or when one ended without an answer: its words may be at Twilio already */
export function requireAtRest(ctx: Context, version: VersionRow): void {
  if (isBeingSubmitted(ctx, version)) throw new Problem('invalid_state', 'This template is being submitted at this moment. Wait until it is done.');
  if (version.status === 'draft' && version.contentSid !== null) {
    throw new Problem('invalid_state', 'The last submit of this template ended without an answer of Twilio. Submit it again, or check it now; then it can be changed.');
  }
}

/** The expression of each position: of a draft those of its text, afterwards what the submit fixed. */
export const positionsIn = ({ status, content, positions }: VersionRow): string[] => (status === 'draft' ? toNumbered(content).positions : positions);

/** The category that counts: Meta's, when it differs from what was asked for. */
export const categoryOf = ({ category, grantedCategory }: VersionRow) => grantedCategory ?? category;
