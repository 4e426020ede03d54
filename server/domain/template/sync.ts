import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { templateVersions } from '#db/schema/index.ts';
import { positionsOf } from '#server/channels/whatsapp/mapping.ts';
import { requireRole, type Context } from '#server/context.ts';
import { fromContentTypes } from '#server/domain/template/content-types.ts';
import { familyNamed, nextNumber } from '#server/domain/template/draft.ts';
import { answered, contentClient } from '#server/domain/template/keys.ts';
import { recordListing } from '#server/domain/template/read-account.ts';
import { readCategory, recordTemplateStatus, statusOf } from '#server/domain/template/record-status.ts';
import type { SyncView } from '#server/domain/template/schema.ts';
import { listContents, type Approval, type ContentState } from '#server/twilio/content.ts';

type Submitted = ContentState & { approval: Approval };

/** P56: takes in the templates that exist in the account, and reads the state of all that are known. @throws Problem twilio_not_configured, twilio_failed */
export async function syncTemplates(ctx: Context): Promise<SyncView> {
  requireRole(ctx, 'marketer');
  const at = ctx.now();
  const contents = answered(await listContents(await contentClient(ctx)), 'The templates were not read');
  return ctx.transaction(async (tx) => {
    const changed = await recordListing(tx, ctx, contents, 'sync', at);
    const known = new Set((await tx.select({ sid: templateVersions.contentSid }).from(templateVersions).where(eq(templateVersions.organizationId, ctx.organizationId))).map(({ sid }) => sid));
    const submitted = contents.filter((content): content is Submitted => content.approval !== null && content.approval.name !== '' && statusOf(content.approval.status) !== null);
    // In the order of their versions, so that name_v2 comes after name.
    const fresh = submitted.filter(({ sid }) => !known.has(sid)).toSorted((a, b) => partsOf(a.approval.name).number - partsOf(b.approval.name).number || a.sid.localeCompare(b.sid));
    for (const content of fresh) await takeIn(tx, ctx, content, at);
    return { found: submitted.length, added: fresh.length, changed, checkedAt: at.toISOString() };
  });
}

/** order_shipped_v2 is the second version of order_shipped. */
function partsOf(externalName: string): { name: string; number: number } {
  const [, name, number] = /^(.+)_v([1-9]\d{0,3})$/.exec(externalName) ?? [];
  return name && Number(number) > 1 ? { name, number: Number(number) } : { name: externalName, number: 1 };
}

/** A version with the numbers that it has; nobody has said yet what they mean. */
async function takeIn(tx: Tx, ctx: Context, { sid, language, types, variables: given, approval }: Submitted, at: Date): Promise<void> {
  // Keys with letters are allowed at Twilio; what no answer may have as a key is not.
  const variables = Object.fromEntries(Object.entries(given).filter(([key]) => /^\w{1,16}$/.test(key) && !(key in Object.prototype)));
  const { name, number } = partsOf(approval.name);
  const template = await familyNamed(tx, ctx, name);
  const content = fromContentTypes(types);
  const category = readCategory(approval.category) ?? 'utility';
  const [version] = await tx.insert(templateVersions).values({
    organizationId: ctx.organizationId, templateId: template.id, language, number: await freeNumber(tx, ctx, template.id, language, number), status: 'received', category, content,
    variables: Object.fromEntries(Object.entries(variables).map(([key, sample]) => [key, { sample, fallback: '' }])), positions: positionsIn(content, variables),
    contentSid: sid, externalName: approval.name, isSynced: true,
  }).returning();
  await recordTemplateStatus(tx, ctx, version!, { status: statusOf(approval.status)!, category, reason: approval.reason, source: 'sync', at }); // only those with a state that we know come here
}

async function freeNumber(tx: Tx, ctx: Context, templateId: string, language: string, wanted: number): Promise<number> {
  const [taken] = await tx.select({ id: templateVersions.id }).from(templateVersions)
    .where(and(eq(templateVersions.organizationId, ctx.organizationId), eq(templateVersions.templateId, templateId), eq(templateVersions.language, language), eq(templateVersions.number, wanted)));
  return taken ? nextNumber(tx, ctx, templateId, language) : wanted;
}

/** As many as the greatest number, each unmapped. */
function positionsIn(content: ReturnType<typeof fromContentTypes>, variables: Record<string, string>): string[] {
  const numbers = [...positionsOf(content), ...Object.keys(variables)].map(Number).filter((number) => Number.isInteger(number) && number > 0 && number <= 100);
  return Array.from({ length: Math.max(0, ...numbers) }, () => '');
}
