import { devices } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { expiryOf, isMine, sessionOf } from '#server/domain/device/row.ts';
import { deviceInput, type DeviceInput, type HeartbeatView } from '#server/domain/device/schema.ts';
import { notFound } from '#server/errors.ts';

/** A device is there. It counts so for 90 seconds, and belongs to the sign-in that says it. @throws Problem not_found: it was removed, register it again */
export async function heartbeatDevice(ctx: Context, input: DeviceInput): Promise<HeartbeatView> {
  const { deviceId } = deviceInput.parse(input);
  const [row] = await ctx.transaction((tx) => tx.update(devices).set({ lastSeenAt: ctx.now(), ...sessionOf(ctx) }).where(isMine(ctx, deviceId)).returning({ id: devices.id, lastSeenAt: devices.lastSeenAt }));
  if (!row) throw notFound('device');
  return { id: row.id, lastSeenAt: row.lastSeenAt.toISOString(), expiresAt: expiryOf(row.lastSeenAt).toISOString() };
}
