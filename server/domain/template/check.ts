import { and, eq, lte } from 'drizzle-orm';
import { templateVersions } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { contentClient } from '#server/domain/template/keys.ts';
import { recordListing } from '#server/domain/template/read-account.ts';
import { Problem } from '#server/errors.ts';
import { log } from '#server/log.ts';
import { listContents } from '#server/twilio/content.ts';

/** After a Twilio that did not answer. Milliseconds. */
const AGAIN = 2 * 60_000;

/** P59: reads what is due, all of it by one listing of the account. Nothing due: nothing is asked. */
export async function checkTemplates(ctx: Context): Promise<void> {
  const at = ctx.now();
  const due = and(eq(templateVersions.organizationId, ctx.organizationId), lte(templateVersions.nextCheckAt, at));
  const [one] = await ctx.transaction((tx) => tx.select({ id: templateVersions.id }).from(templateVersions).where(due).limit(1));
  if (!one) return;
  // Put off first: whatever happens now, it is not asked for again at once.
  await ctx.transaction((tx) => tx.update(templateVersions).set({ nextCheckAt: new Date(at.getTime() + AGAIN) }).where(due));
  const listing = await readListing(ctx);
  if (listing) await ctx.transaction((tx) => recordListing(tx, ctx, listing, 'poll', at));
}

/** Null when Twilio cannot be asked. */
async function readListing(ctx: Context) {
  try {
    const contents = await listContents(await contentClient(ctx));
    if (contents.ok) return contents.value;
    log.warn({ organizationId: ctx.organizationId, status: contents.status, code: contents.code }, 'templates were not read; it is done again');
    return null;
  } catch (error) {
    if (error instanceof Problem && error.code === 'twilio_not_configured') return null;
    throw error;
  }
}
