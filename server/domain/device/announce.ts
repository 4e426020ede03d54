import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { chatMessages, deviceEvents, organizations } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import type { DeviceEventKind } from '#server/domain/device/schema.ts';

/**
 * Puts an event on the list that devices read, once per message, and answers its number; null when the message is gone. Numbers are given under the lock
 * of the organisation's row, which lasts until the commit: whoever has read number n never meets a smaller one later, so a stream resumes without gaps.
 */
export async function announce(tx: Tx, ctx: Context, kind: DeviceEventKind, messageId: string): Promise<number | null> {
  const { organizationId } = ctx;
  const [message] = await tx.select({ id: chatMessages.id }).from(chatMessages).where(and(eq(chatMessages.organizationId, organizationId), eq(chatMessages.id, messageId)));
  if (!message) return null;
  const known = await find(tx, organizationId, kind, messageId);
  if (known !== null) return known;
  const [counter] = await tx.update(organizations).set({ lastDeviceEvent: sql`${organizations.lastDeviceEvent} + 1` }).where(eq(organizations.id, organizationId)).returning({ seq: organizations.lastDeviceEvent });
  if (!counter) return null;
  const [added] = await tx.insert(deviceEvents).values({ organizationId, seq: counter.seq, kind, messageId }).onConflictDoNothing().returning({ seq: deviceEvents.seq });
  return added?.seq ?? find(tx, organizationId, kind, messageId);
}

async function find(tx: Tx, organizationId: string, kind: DeviceEventKind, messageId: string) {
  const [event] = await tx.select({ seq: deviceEvents.seq }).from(deviceEvents)
    .where(and(eq(deviceEvents.organizationId, organizationId), eq(deviceEvents.messageId, messageId), eq(deviceEvents.kind, kind)));
  return event?.seq ?? null;
}
