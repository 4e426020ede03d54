import { devices } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { isMine } from '#server/domain/device/row.ts';
import { deviceInput, type DeviceInput } from '#server/domain/device/schema.ts';
import { notFound } from '#server/errors.ts';

/** A device of mine hears nothing more: its pushes stop, its stream ends. @throws Problem not_found */
export async function removeDevice(ctx: Context, input: DeviceInput): Promise<{ removed: true }> {
  const { deviceId } = deviceInput.parse(input);
  const gone = await ctx.transaction((tx) => tx.delete(devices).where(isMine(ctx, deviceId)).returning({ id: devices.id }));
  if (gone.length === 0) throw notFound('device');
  return { removed: true };
}
