import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { channels } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { requireAgreement } from '#server/domain/agreement/require.ts';
import type { ConversationRow } from '#server/domain/conversation/row.ts';
import { sameSubscriber } from '#server/domain/same-subscriber.ts';
import { phoneOf } from '#server/domain/conversation/view.ts';
import { optedOutAmong } from '#server/domain/opt-out/opted-out-among.ts';
import { openAmong } from '#server/domain/sender/window.ts';
import { requireRegistered, resolveSender, type ResolvedSender } from '#server/domain/sender/resolve.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { Problem } from '#server/errors.ts';

export type AnswerKind = { purpose: 'reply' | 'help'; isTemplate: boolean };

/**
 * Everything that must hold before one answer may go out, in the order of product.md §3: agreement (402), Twilio, the sender to which they wrote, their opt-out (D13: who asks for HELP
 * gets it all the same), the window. The intent transaction asks again for what may change until then.
 * @throws Problem agreement_required, twilio_not_configured, sender_not_found, sender_not_registered, opted_out, outside_24h_window
 */
export async function requireAnswerable(tx: Tx, ctx: Context, conversation: ConversationRow, { purpose, isTemplate }: AnswerKind): Promise<ResolvedSender> {
  await requireAgreement(tx, ctx);
  const credentials = await openCredentials(tx, ctx.organizationId);
  if (channels[conversation.channel].usesService && !credentials.messagingServiceSid) throw new Problem('twilio_not_configured', 'No Messaging Service is set. Every message goes through one (it handles opt-outs). Add it in Settings → Twilio.');
  const resolved = await resolveSender(tx, ctx, conversation.channel, conversation.sender);
  requireRegistered(resolved);
  if (purpose === 'reply' && await hasOptedOut(tx, ctx, conversation)) throw optedOut();
  if (!isTemplate && !(await isWindowOpen(tx, ctx, conversation))) throw outsideWindow();
  return resolved;
}

export const optedOut = () => new Problem('opted_out', 'This person opted out, so nothing can be written to them. They can come back by writing START.');
export const outsideWindow = () => new Problem('outside_24h_window', 'More than 24 hours have passed since their last message, or they have never written: WhatsApp delivers only approved templates now. Choose a template, or wait until they write.');

/** Whoever has the number, and whoever this conversation is with: also when that is somebody else by now. */
export async function hasOptedOut(tx: Tx, ctx: Context, { recipient, sender, contactId }: ConversationRow): Promise<boolean> {
  const phones = sameSubscriber(recipient).map(phoneOf);
  if ((await optedOutAmong(tx, ctx, phones, sender)).size > 0) return true;
  const [found] = await rows<{ left: boolean }>(tx, sql`
    select exists (select 1 from contact where organization_id = ${ctx.organizationId} and id = ${contactId}::uuid and opted_out) as left`);
  return found!.left;
}

/** Whether anything may be written at this moment of the database's clock; on a channel without windows always. */
export async function isWindowOpen(tx: Tx, ctx: Context, { channel, sender, recipient }: ConversationRow): Promise<boolean> {
  const seconds = channels[channel].windowSeconds;
  return seconds === null || (await openAmong(tx, ctx, { sender, seconds }, [recipient])).has(recipient);
}
