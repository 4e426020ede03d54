import { and, eq } from 'drizzle-orm';
import { chatMessages } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { isUuid } from '#server/domain/uuid.ts';
import { notFound, Problem } from '#server/errors.ts';
import { fetchMedia, type MediaFile, type MediaReading } from '#server/twilio/media.ts';

const words: Record<Extract<MediaReading, { ok: false }>['reason'], string> = {
  gone: 'Twilio does not have this file any more.',
  too_large: 'This file is too large to be shown here. Open it in the Twilio Console.',
  unreachable: 'Twilio did not hand over this file. Try again in a moment.',
};

/**
 * A file that somebody sent us, from Twilio, for any member of the organisation. `kind` is what Twilio said when the message came; what it says now may differ.
 * @throws Problem not_found, twilio_not_configured, twilio_failed
 */
export async function readMedia(ctx: Context, { messageId, index }: { messageId: string; index: number }): Promise<MediaFile & { kind: string }> {
  if (!isUuid(messageId)) throw notFound('message');
  const { media, credentials } = await ctx.transaction(async (tx) => {
    const [message] = await tx.select({ media: chatMessages.media }).from(chatMessages)
      .where(and(eq(chatMessages.organizationId, ctx.organizationId), eq(chatMessages.id, messageId), eq(chatMessages.direction, 'inbound')));
    const found = message?.media[index];
    if (!found) throw notFound('file');
    return { media: found, credentials: await openCredentials(tx, ctx.organizationId) };
  });
  const reading = await fetchMedia(credentials, media.url);
  if (reading.ok) return { ...reading.file, kind: media.contentType };
  throw new Problem(reading.reason === 'gone' ? 'not_found' : 'twilio_failed', words[reading.reason]);
}
