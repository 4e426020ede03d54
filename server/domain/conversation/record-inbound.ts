import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { chatMessages, contacts, conversations, senders } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { sameSubscriber } from '#server/domain/contact/same-subscriber.ts';
import { keywordOf, type OptOutType } from '#server/domain/opt-out/keyword.ts';
import { clearOptOuts, recordOptOuts } from '#server/domain/opt-out/record.ts';

/** As the channel names the addresses: theirs and ours. `optOutType`: as Twilio understood a word of the service's own list. */
export type Inbound = { sid: string; from: string; to: string; body: string; media: Array<{ url: string; contentType: string }>; optOutType: OptOutType | null };

/**
 * P75: keeps a message that somebody wrote, once per MessageSid, whatever is repeated; it opens their window anew (P72), and a
 * keyword of theirs is obeyed (P38). False when the address is none of
 * the organisation's senders: then nothing is kept (D2).
 */
export async function recordInbound(ctx: Context, { sid, from, to, body, media, optOutType }: Inbound): Promise<boolean> {
  return ctx.transaction(async (tx) => {
    const [sender] = await tx.select({ channel: senders.channel }).from(senders).where(and(eq(senders.organizationId, ctx.organizationId), eq(senders.address, to)));
    if (!sender) return false;
    const pair = { organizationId: ctx.organizationId, channel: sender.channel, sender: to, recipient: from };
    await tx.insert(conversations).values({ ...pair, contactId: await contactOf(tx, ctx, from) }).onConflictDoNothing();
    const isPair = and(eq(conversations.organizationId, ctx.organizationId), eq(conversations.sender, to), eq(conversations.recipient, from));
    const [conversation] = await tx.select({ id: conversations.id, contactId: conversations.contactId }).from(conversations).where(isPair).for('update');
    const [kept] = await tx.insert(chatMessages).values({ organizationId: ctx.organizationId, conversationId: conversation!.id, direction: 'inbound', sid, body: body.replaceAll('\u0000', ''), media })
      .onConflictDoNothing().returning({ id: chatMessages.id });
    if (!kept) return true; // a repeat
    await tx.update(conversations).set({
      lastInboundAt: sql`greatest(${conversations.lastInboundAt}, clock_timestamp())`, contactId: conversation!.contactId ?? (await contactOf(tx, ctx, from)), updatedAt: ctx.now(),
    }).where(isPair);
    await obeyKeyword(tx, ctx, from, keywordOf(body) ?? optOutType);
    return true;
  });
}

/** P38: on WhatsApp nobody else does it: Twilio blocks only what goes through a service. */
async function obeyKeyword(tx: Tx, ctx: Context, from: string, keyword: OptOutType | null) {
  if (keyword === 'STOP') await recordOptOuts(tx, ctx, sameSubscriber(from), 'keyword');
  if (keyword === 'START') await clearOptOuts(tx, ctx, sameSubscriber(from));
}

/** The contact with this number; a stranger, and somebody without a visible number, has none. */
async function contactOf(tx: Tx, ctx: Context, address: string): Promise<string | null> {
  const phone = /^(?:[a-z]+:)?(\+\d{6,15})$/.exec(address)?.[1];
  if (!phone) return null;
  const [contact] = await tx.select({ id: contacts.id }).from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.phone, phone)));
  return contact?.id ?? null;
}
