import { templateVersions } from '#db/schema/index.ts';
import { samplesByPosition, toNumbered } from '#server/channels/whatsapp/mapping.ts';
import { isBlocking, templateFaults } from '#server/channels/whatsapp/rules.ts';
import { requireRole, type Context } from '#server/context.ts';
import { toContentTypes } from '#server/domain/template/content-types.ts';
import { answered, contentClient, isRefusal } from '#server/domain/template/keys.ts';
import { recordTemplateStatus, readCategory, statusOf } from '#server/domain/template/record-status.ts';
import { isBeingSubmitted, lockVersion, SUBMIT_LEASE, whereVersion, type OneVersion, type VersionRow } from '#server/domain/template/row.ts';
import type { VersionInput, VersionView } from '#server/domain/template/schema.ts';
import { viewVersion } from '#server/domain/template/view.ts';
import { Problem } from '#server/errors.ts';
import type { TwilioClient } from '#server/twilio/client.ts';
import { createContent, deleteContent, fetchApproval, listContents, submitApproval, type Approval, type NewContent } from '#server/twilio/content.ts';

/**
 * P57: numbers the text, makes the Content at Twilio and asks for Meta's approval. What each call brought is stored before the next one, and a submit that
 * died is taken up where it stopped: the Content is found by its name, the approval is asked for once. From here on the words never change.
 * @throws Problem validation_failed with each broken rule and its place, or with Twilio's words; twilio_failed without an answer, then submit again
 */
export async function submitTemplate(ctx: Context, { id }: VersionInput): Promise<VersionView> {
  requireRole(ctx, 'marketer');
  const client = await contentClient(ctx);
  const claimed = await claim(ctx, id);
  try {
    const contentSid = claimed.version.contentSid ?? (await makeContent(ctx, client, claimed));
    const at = ctx.now();
    const approval = await askApproval(ctx, client, claimed, contentSid);
    return await ctx.transaction(async (tx) => {
      const { version, template } = await lockVersion(tx, ctx, id);
      const status = statusOf(approval.status) ?? 'received';
      return viewVersion(tx, ctx, await recordTemplateStatus(tx, ctx, version, { status, category: readCategory(approval.category), reason: approval.reason, source: 'submit', at }), template);
    });
  } catch (error) {
    await release(ctx, claimed.version);
    throw error;
  }
}

type Claimed = OneVersion & { externalName: string; wasTried: boolean; request: NewContent };

/** Takes the draft for this submit alone, fixes its name and positions, and writes down that Twilio will be asked. */
async function claim(ctx: Context, id: string): Promise<Claimed> {
  return ctx.transaction(async (tx) => {
    const { version, template } = await lockVersion(tx, ctx, id);
    if (version.status !== 'draft') throw new Problem('invalid_state', `This version was submitted before; it is ${version.status}. Change it: that makes a new version, which can be submitted.`, { data: { status: version.status } });
    if (isBeingSubmitted(ctx, version)) throw new Problem('invalid_state', 'This template is being submitted at this moment. Wait until it is done.');
    requireRules(version, template.name);
    const { content, positions } = toNumbered(version.content);
    const externalName = version.number === 1 ? template.name : `${template.name}_v${version.number}`;
    const [after] = await tx.update(templateVersions).set({ externalName, positions, submittedAt: ctx.now(), nextCheckAt: new Date(ctx.now().getTime() + SUBMIT_LEASE) }).where(whereVersion(ctx, id)).returning();
    const request = { friendlyName: friendlyName(externalName, version), language: version.language, variables: samplesByPosition(positions, version.variables), types: toContentTypes({ ...content, type: ownType(content.type) }) };
    return { version: after!, template, externalName, wasTried: version.externalName !== null, request };
  });
}

function requireRules({ content, variables, language, category }: VersionRow, name: string) {
  const faults = templateFaults({ name, language, category, content, variables }).filter(isBlocking);
  if (faults.length === 0) return;
  const details = faults.map(({ code, message, place }) => ({ field: place.index === null ? place.part : `${place.part}.${place.index}`, code, message }));
  throw new Problem('validation_failed', faults.length === 1 ? faults[0]!.message : `${faults.length} rules of Meta are broken. Each is named in details.`, { details, data: { faults: faults.map(({ code, severity, place, message }) => ({ code, severity, place, message })) } });
}

function ownType(type: VersionRow['content']['type']) {
  if (type !== 'other') return type;
  throw new Problem('validation_failed', 'This template was made elsewhere, in a form that cannot be written here. Choose another type, or make it in the Twilio Console.', { details: [{ field: 'type', code: 'unsupported', message: 'Choose another type.' }] });
}

/** Readable in the Twilio Console, and one of its kind: a submit that died is found by it. */
const friendlyName = (externalName: string, { language, id }: VersionRow) => `${externalName.slice(0, 200)} ${language} ${markOf(id)}`;
const markOf = (id: string) => id.slice(0, 8);

/** One Content, however often it is tried: what an earlier try left behind is used when it has these very words, and taken away otherwise. */
async function makeContent(ctx: Context, client: TwilioClient, { version, wasTried, request }: Claimed): Promise<string> {
  const left = wasTried ? answered(await listContents(client), 'The template was not submitted').filter((content) => content.friendlyName.endsWith(` ${markOf(version.id)}`)) : [];
  const same = left.find((content) => content.language === request.language && holds(content.types, request.types) && holds(content.variables, request.variables));
  for (const { sid, approval } of left) if (sid !== same?.sid && (approval?.status ?? 'unsubmitted') === 'unsubmitted') await deleteContent(client, sid);
  const contentSid = same?.sid ?? answered(await createContent(client, request), 'The template was not submitted').sid;
  await ctx.transaction((tx) => tx.update(templateVersions).set({ contentSid }).where(whereVersion(ctx, version.id)));
  return contentSid;
}

/** Is what was asked for in what Twilio has? It may add fields of its own. */
function holds(has: unknown, asked: unknown): boolean {
  if (typeof asked !== 'object' || asked === null) return has === asked;
  return typeof has === 'object' && has !== null && Object.entries(asked).every(([name, value]) => holds(Object.entries(has).find(([key]) => key === name)?.[1], value));
}

/** Asked for once: a content that is at Meta already says so. What Twilio refuses leaves no content behind, so the draft can be mended. */
async function askApproval(ctx: Context, client: TwilioClient, { version, externalName }: Claimed, contentSid: string): Promise<Approval> {
  const known = version.contentSid === null ? null : answered(await fetchApproval(client, contentSid), 'The template was not submitted');
  if (known && statusOf(known.status)) return known;
  const asked = await submitApproval(client, contentSid, { name: externalName, category: version.category });
  if (isRefusal(asked)) {
    await deleteContent(client, contentSid);
    await ctx.transaction((tx) => tx.update(templateVersions).set({ contentSid: null }).where(whereVersion(ctx, version.id)));
  }
  return answered(asked, 'The template was not submitted');
}

/** The draft is free again; should it be at Meta after all, the next check finds it. */
async function release(ctx: Context, { id }: VersionRow): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { version } = await lockVersion(tx, ctx, id);
    if (version.status === 'draft') await tx.update(templateVersions).set({ submittedAt: null, nextCheckAt: version.contentSid === null ? null : ctx.now() }).where(whereVersion(ctx, id));
  });
}
