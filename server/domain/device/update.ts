import { devices } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { deviceColumns, isMine, readMine, viewOf } from '#server/domain/device/row.ts';
import { updateDeviceInput, type DeviceView, type UpdateDeviceInput } from '#server/domain/device/schema.ts';
import { invalidField, notFound } from '#server/errors.ts';

/** Changes what the input names. @throws Problem not_found, validation_failed when the quiet times would lack an end or a zone */
export async function updateDevice(ctx: Context, input: UpdateDeviceInput): Promise<DeviceView> {
  const { deviceId, ...changes } = updateDeviceInput.parse(input);
  return ctx.transaction(async (tx) => {
    const before = await readMine(tx, ctx, deviceId);
    if (Object.values(changes).every((value) => value === undefined)) return viewOf(ctx, before);
    requireQuietTimes({ ...before, ...changes });
    const [row] = await tx.update(devices).set(changes).where(isMine(ctx, deviceId)).returning(deviceColumns(ctx));
    if (!row) throw notFound('device');
    return viewOf(ctx, row);
  });
}

type QuietTimes = { quietFrom?: string | null | undefined; quietUntil?: string | null | undefined; timeZone?: string | null | undefined };

function requireQuietTimes({ quietFrom, quietUntil, timeZone }: QuietTimes) {
  if (!quietFrom && !quietUntil) return;
  if (!quietUntil) throw invalidField('quietUntil', 'Enter when the quiet time ends, like 07:30, or leave both empty.', 'required');
  if (!quietFrom) throw invalidField('quietFrom', 'Enter when the quiet time begins, like 19:00, or leave both empty.', 'required');
  if (quietFrom === quietUntil) throw invalidField('quietUntil', 'The quiet time must end at another time than it begins. To get no pushes at all, turn both events off.', 'equal');
  if (!timeZone) throw invalidField('timeZone', 'Choose the time zone by whose clock it is quiet.', 'required');
}
