import { and, eq, gte } from 'drizzle-orm';
import { twilioUsages } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { reconcileUsage } from '#server/domain/ledger/reconcile-usage.ts';
import type { Reconciliation } from '#server/domain/ledger/schema.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { Problem } from '#server/errors.ts';
import { readDailyUsage, type DailyUsage } from '#server/twilio/usage.ts';

/** Days that are read anew each time: Twilio corrects its records for some weeks. */
export const USAGE_DAYS = 35;

/**
 * Reads Twilio's usage records of the last 35 days, replaces what was read before and compares.
 * @throws Problem twilio_not_configured; twilio_failed when Twilio does not answer: what was read before stays
 */
export async function readUsage(ctx: Context): Promise<Reconciliation> {
  requireRole(ctx, 'marketer');
  const keys = await ctx.transaction((tx) => openCredentials(tx, ctx.organizationId));
  const to = ctx.now().toISOString().slice(0, 10);
  const from = new Date(Date.parse(to) - (USAGE_DAYS - 1) * 86_400_000).toISOString().slice(0, 10);
  const read = await ask(() => readDailyUsage(keys, from, to));
  await ctx.transaction(async (tx) => {
    await tx.delete(twilioUsages).where(and(eq(twilioUsages.organizationId, ctx.organizationId), gte(twilioUsages.day, from)));
    // A row for today tells when was read last, also when Twilio had nothing to tell.
    const none: DailyUsage = { day: to, category: 'sms-outbound', messages: 0, price: '0', currency: read[0]?.currency ?? 'USD' };
    const records = read.some(({ day, category }) => day === to && category === none.category) ? read : [...read, none];
    await tx.insert(twilioUsages).values(records.map((record) => ({ ...record, organizationId: ctx.organizationId, readAt: ctx.now() })));
  });
  return reconcileUsage(ctx);
}

async function ask<T>(read: () => Promise<T>): Promise<T> {
  try { return await read(); } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    throw new Problem('twilio_failed', `Twilio did not give its usage records${typeof code === 'number' ? ` (error ${code})` : ''}. What was read before stays; try again in some minutes.`);
  }
}
