import { vi } from 'vitest';

vi.hoisted(() => Object.assign(process.env, { DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'http://localhost:3000', TWILIO_BASE_URL: 'http://127.0.0.1:9', LOG_LEVEL: 'silent' }));

import { and, asc, eq } from 'drizzle-orm';
import { acceptAgreement, createOrganization, createSender, twilioSid } from '#db/factories.ts';
import { inSystem, type Db } from '#db/index.ts';
import * as t from '#db/schema/index.ts';
import { createContext, type Context } from '#server/context.ts';
import { agreementText } from '#server/domain/agreement/texts.ts';
import { seal } from '#server/domain/twilio-account/seal.ts';

export const OURS = '+14155551234';

/** An organisation that may answer: connected, agreed, with one number. */
export async function answering(db: Db): Promise<Context> {
  const { id: organizationId, owner } = await createOrganization(db);
  await createSender(db, organizationId, { address: OURS, isSystem: true });
  await acceptAgreement(db, organizationId, owner.id, agreementText('bulk-sms').version);
  const sealed = (field: 'apiKeySecret' | 'authToken') => seal('secret', { organizationId, field });
  await inSystem(db, (tx) => tx.insert(t.twilioAccounts).values({
    organizationId, accountSid: twilioSid('AC'), apiKeySid: twilioSid('SK'), sealedApiKeySecret: sealed('apiKeySecret'), sealedAuthToken: sealed('authToken'), messagingServiceSid: twilioSid('MG'), status: 'connected',
  }));
  return createContext(db, organizationId, { kind: 'user', userId: owner.id, role: 'owner', address: null });
}

/** A message of theirs as the webhook keeps it. */
export async function wrote({ db, organizationId }: Context, from: string, body: string, { to = OURS, createdAt }: { to?: string; createdAt?: Date } = {}): Promise<string> {
  return inSystem(db, async (tx) => {
    const pair = { organizationId, channel: from.startsWith('whatsapp:') ? 'whatsapp' as const : 'sms' as const, sender: to, recipient: from };
    const [contact] = await tx.select().from(t.contacts).where(and(eq(t.contacts.organizationId, organizationId), eq(t.contacts.phone, from)));
    await tx.insert(t.conversations).values({ ...pair, contactId: contact?.id ?? null, lastInboundAt: new Date() }).onConflictDoNothing();
    const [conversation] = await tx.select().from(t.conversations).where(and(eq(t.conversations.organizationId, organizationId), eq(t.conversations.sender, to), eq(t.conversations.recipient, from)));
    const [message] = await tx.insert(t.chatMessages).values({ organizationId, conversationId: conversation!.id, direction: 'inbound', sid: twilioSid('SM'), body, ...(createdAt && { createdAt }) }).returning();
    return message!.id;
  });
}

/** What we answered, oldest first. */
export const answersOf = ({ db, organizationId }: Context) => inSystem(db, (tx) => tx.select().from(t.chatMessages)
  .where(and(eq(t.chatMessages.organizationId, organizationId), eq(t.chatMessages.direction, 'outbound'))).orderBy(asc(t.chatMessages.createdAt)));
export const runsOf = ({ db, organizationId }: Context) => inSystem(db, (tx) => tx.select().from(t.ruleRuns).where(eq(t.ruleRuns.organizationId, organizationId)).orderBy(asc(t.ruleRuns.at)));
export const contactOf = async ({ db, organizationId }: Context, phone: string) => (await inSystem(db, (tx) => tx.select().from(t.contacts).where(and(eq(t.contacts.organizationId, organizationId), eq(t.contacts.phone, phone)))))[0];
