import { and, eq } from 'drizzle-orm';
import { senders } from '#db/schema/index.ts';
import { channels } from '#server/channels/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { setHelpInput, type SetHelpInput } from '#server/domain/sender/schema.ts';
import { notFound, Problem } from '#server/errors.ts';

/**
 * P43, D13: what one number answers to HELP, and who does: Twilio with the text that is pasted there, or we. Where messages go through a service Twilio
 * answers by itself, so we may only when that was switched off there; otherwise people would get two answers.
 * @throws Problem forbidden, not_found, validation_failed
 */
export async function setHelp(ctx: Context, given: SetHelpInput): Promise<{ id: string; helpText: string | null; helpBy: 'provider' | 'us' }> {
  requireRole(ctx, 'admin');
  const { id, helpText, helpBy, isTwilioOff } = setHelpInput.parse(given);
  return ctx.transaction(async (tx) => {
    const isIt = and(eq(senders.organizationId, ctx.organizationId), eq(senders.id, id));
    const [sender] = await tx.select({ channel: senders.channel, helpBy: senders.helpBy }).from(senders).where(isIt).for('update');
    if (!sender) throw notFound('sender');
    if (helpBy === 'us' && sender.helpBy !== 'us' && channels[sender.channel].usesService && !isTwilioOff) {
      throw new Problem('validation_failed', 'Twilio answers HELP for this number by itself. Have Twilio support switch that off first and confirm it here, or people get two answers.', {
        details: [{ field: 'isTwilioOff', code: 'required', message: 'Confirm that Twilio does not answer HELP for this number.' }],
      });
    }
    const [changed] = await tx.update(senders).set({ helpText, helpBy }).where(isIt).returning({ id: senders.id, helpText: senders.helpText, helpBy: senders.helpBy });
    return changed!;
  });
}
