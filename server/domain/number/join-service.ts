import { and, eq, ne } from 'drizzle-orm';
import { inSystem } from '#db/index.ts';
import { senders } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { refusal } from '#server/domain/number/twilio-words.ts';
import { listSenders } from '#server/domain/sender/list.ts';
import type { SenderView } from '#server/domain/sender/schema.ts';
import { checkTwilio } from '#server/domain/twilio-account/check.ts';
import { openCredentials, type TwilioCredentials } from '#server/domain/twilio-account/credentials.ts';
import { Problem } from '#server/errors.ts';
import { addToService, type BoughtNumber } from '#server/twilio/numbers.ts';

export type KeysWithService = TwilioCredentials & { messagingServiceSid: string };

/** The keys, and the messaging service that numbers join. @throws Problem twilio_not_configured */
export async function keysWithService(ctx: Context): Promise<KeysWithService> {
  const keys = await ctx.transaction((tx) => openCredentials(tx, ctx.organizationId));
  const { messagingServiceSid } = keys;
  if (!messagingServiceSid) throw new Problem('twilio_not_configured', 'No messaging service is named, and numbers send through one. Enter its SID in Settings → Twilio first.');
  return { ...keys, messagingServiceSid };
}

/** A number belongs to one organisation: the one whose service it is in. @throws Problem already_exists */
export async function requireUnclaimed(ctx: Context, sid: string): Promise<void> {
  const others = and(eq(senders.providerSid, sid), eq(senders.isInService, true), ne(senders.organizationId, ctx.organizationId));
  const [claimed] = await inSystem(ctx.db, (tx) => tx.select({ id: senders.id }).from(senders).where(others).limit(1));
  if (claimed) throw new Problem('already_exists', 'This number is used by another organisation on this installation. A number belongs to one; give it up there first.');
}

/** Puts a number of the account into the service and reads everything anew; answers the sender as it is now. */
export async function joinService(ctx: Context, keys: KeysWithService, { sid, phoneNumber }: BoughtNumber): Promise<SenderView> {
  const joined = await addToService(keys, keys.messagingServiceSid, sid);
  if (!joined.ok && joined.code !== 21710) throw refusal(joined, phoneNumber, `${phoneNumber} is yours, but Twilio did not put it into the messaging service`);
  await checkTwilio(ctx); // hears what people write, reads registration and cap
  const sender = (await listSenders(ctx)).find(({ address }) => address === phoneNumber);
  if (!sender) throw new Problem('twilio_failed', `${phoneNumber} is yours and in the service, but Twilio does not show it yet. Press Check in Settings → Twilio in a minute.`);
  return sender;
}
