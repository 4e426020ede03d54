import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from './index.ts';
import * as t from './schema/index.ts';

const SENDER = '+14155551234';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Minutes before now, and what was said; `ours`: we answered, `note`: for colleagues. */
type Said = { ago: number; text: string; by?: 'ours' | 'note' };
type Scene = {
  channel: 'sms' | 'whatsapp';
  /** A contact by its number, or somebody who is none. */
  phone: string; profileName?: string;
  said: Said[]; unread?: number; isMine?: boolean; isClosed?: boolean; soundsLikeOptOut?: boolean; answers?: string;
};

/** What people wrote in the last days, so that the inbox has something of everything. `phone` gives the number of the i-th contact; the first of 41 opted out. */
const scenes = (phone: (i: number) => string): Scene[] => [
  { channel: 'sms', phone: phone(1), answers: 'Weekend offer', unread: 1, said: [{ ago: 25, text: 'Does BOOT15 work for the kids’ boots too?' }] },
  { channel: 'whatsapp', phone: phone(4), unread: 2, said: [{ ago: 23 * 60 + 6, text: 'Hi! My order has not arrived yet.' }, { ago: 23 * 60 + 5, text: 'The tracking number is TN-10004.' }] },
  { channel: 'sms', phone: phone(2), isMine: true, said: [{ ago: 190, text: 'Can I return the jacket in the shop?' }, { ago: 180, text: 'Yes, within 30 days, with the receipt.', by: 'ours' }, { ago: 178, text: 'Comes by on Friday, jacket is size M.', by: 'note' }, { ago: 170, text: 'Great, thank you!' }] },
  { channel: 'sms', phone: phone(6), unread: 1, soundsLikeOptOut: true, said: [{ ago: 55, text: 'Please take me off your list, I moved away.' }] },
  { channel: 'whatsapp', phone: '+12065550177', profileName: 'Zoë 🌲', unread: 1, said: [{ ago: 8, text: 'Hello, do you repair tents?' }] },
  { channel: 'whatsapp', phone: phone(5), isMine: true, said: [{ ago: 3 * 24 * 60, text: 'Which size should I take?' }] },
  { channel: 'sms', phone: phone(41), said: [{ ago: 12 * 24 * 60, text: 'STOP' }] },
  { channel: 'sms', phone: phone(7), isClosed: true, said: [{ ago: 2 * 24 * 60, text: 'Are you open on Sunday?' }, { ago: 2 * 24 * 60 - 20, text: 'From 10 to 4.', by: 'ours' }] },
];

/** Conversations of the demo. Returns the WhatsApp people with the seconds since they wrote: the simulator must know them too. */
export async function seedInbox(tx: Tx, organizationId: string, { userId, accountSid, phone }: { userId: string; accountSid: string; phone: (i: number) => string }): Promise<Array<{ person: string; secondsAgo: number }>> {
  const now = Date.now();
  const all = scenes(phone);
  for (const scene of all) await seedScene(tx, organizationId, scene, { userId, accountSid, now });
  await tx.insert(t.quickReplies).values([
    { organizationId, name: 'Opening hours', text: 'We are open Monday to Saturday from 9 to 6, on Sunday from 10 to 4.', createdBy: userId },
    { organizationId, name: 'Returns', text: 'You can return anything within 30 days, in the shop or by mail, with the receipt.', createdBy: userId },
  ]);
  return all.filter(({ channel }) => channel === 'whatsapp').map(({ phone: number, said }) => ({ person: `whatsapp:${number}`, secondsAgo: said.at(-1)!.ago * 60 }));
}

async function seedScene(tx: Tx, organizationId: string, scene: Scene, { userId, accountSid, now }: { userId: string; accountSid: string; now: number }) {
  const [contact] = await tx.select({ id: t.contacts.id }).from(t.contacts).where(and(eq(t.contacts.organizationId, organizationId), eq(t.contacts.phone, scene.phone)));
  const [cause] = scene.answers ? await tx.select({ id: t.broadcasts.id }).from(t.broadcasts).where(and(eq(t.broadcasts.organizationId, organizationId), eq(t.broadcasts.name, scene.answers))) : [];
  const prefix = scene.channel === 'whatsapp' ? 'whatsapp:' : '';
  const at = (said: Said) => new Date(now - said.ago * MINUTE);
  const theirs = scene.said.filter(({ by }) => by === undefined);
  const spoken = scene.said.filter(({ by }) => by !== 'note');
  const [conversation] = await tx.insert(t.conversations).values({
    organizationId, channel: scene.channel, sender: prefix + SENDER, recipient: prefix + scene.phone, contactId: contact?.id ?? null, profileName: scene.profileName ?? null,
    lastInboundAt: at(theirs.at(-1)!), lastMessageAt: at(spoken.at(-1)!), unread: scene.unread ?? 0, assignedTo: scene.isMine ? userId : null, closedAt: scene.isClosed ? new Date(now - DAY) : null,
  }).returning();
  const of = { organizationId, conversationId: conversation!.id };
  for (const said of scene.said) {
    const common = { ...of, body: said.text, createdAt: at(said) };
    if (said.by === 'note') await tx.insert(t.chatMessages).values({ ...common, kind: 'note', direction: 'outbound', authorId: userId });
    else if (said.by === 'ours') await seedAnswer(tx, { ...common, recipient: conversation!.recipient, contactId: contact?.id ?? null, userId, accountSid });
    else {
      const [message] = await tx.insert(t.chatMessages).values({ ...common, direction: 'inbound', sid: sql`'SM' || md5(gen_random_uuid()::text)`, causeBroadcastId: cause?.id ?? null, rulesRunAt: at(said) }).returning({ id: t.chatMessages.id });
      if (scene.soundsLikeOptOut) await tx.update(t.conversations).set({ suggestedOptOutId: message!.id }).where(and(eq(t.conversations.organizationId, organizationId), eq(t.conversations.id, conversation!.id)));
    }
  }
}

type Answer = { organizationId: string; conversationId: string; body: string; createdAt: Date; recipient: string; contactId: string | null; userId: string; accountSid: string };

/** An SMS answer with its delivery and its charge. */
async function seedAnswer(tx: Tx, { organizationId, conversationId, body, createdAt, recipient, contactId, userId, accountSid }: Answer) {
  const [broadcast] = await tx.insert(t.broadcasts).values({
    organizationId, name: 'Answer', channel: 'sms', status: 'sent', purpose: 'reply', content: body, senderPhone: SENDER, recipientMethod: 'numbers', total: 1, lastSeq: 1, claimedSeq: 1,
    estimate: '0.0083', currency: 'USD', createdBy: userId, createdAt, updatedAt: createdAt, startedAt: createdAt, finishedAt: createdAt,
  }).returning();
  const sid = sql`'SM' || md5(${broadcast!.id}::text)`;
  const priced = { organizationId, broadcastId: broadcast!.id, seq: 1 };
  await tx.insert(t.deliveries).values({
    ...priced, contactId, recipient, status: 'delivered', method: 'sms', segments: 1, attempts: 1, providerMessageId: sid, sender: SENDER, estimate: '0.0083', price: '0.0083', priceUnit: 'USD',
    handedAt: createdAt, sentAt: createdAt, deliveredAt: new Date(createdAt.getTime() + 2_000),
  });
  await tx.execute(sql`
    insert into attempt (organization_id, token, broadcast_id, seq, n, pace_id, account_sid, recipient, body, segments, method, sender, estimate, state, worker_id, intent_at, lease_until, sid, http_status, answered_at, resolved_by)
    select d.organization_id, md5('token' || d.provider_message_id), d.broadcast_id, 1, 1, coalesce((select id from pace where organization_id = d.organization_id limit 1), d.broadcast_id), ${accountSid},
      d.recipient, ${body}, 1, 'sms', d.sender, d.estimate, 'accepted', 'seed', d.handed_at, d.handed_at, d.provider_message_id, 201, d.handed_at, 'response' from broadcast_delivery d where d.broadcast_id = ${broadcast!.id}`);
  await tx.insert(t.ledgerEntries).values({ ...priced, sid, channel: 'sms', amount: '0.0083', currency: 'USD', segments: 1, country: 'US', sender: SENDER, day: createdAt.toISOString().slice(0, 10), createdAt });
  await tx.insert(t.chatMessages).values({ organizationId, conversationId, direction: 'outbound', body, authorId: userId, broadcastId: broadcast!.id, createdAt });
}
