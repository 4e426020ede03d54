import { and, desc, eq } from 'drizzle-orm';
import { devices } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { deviceColumns, requirePerson, viewOf } from '#server/domain/device/row.ts';
import type { DeviceView } from '#server/domain/device/schema.ts';

/** My devices in this organisation, seen last first. */
export async function listDevices(ctx: Context): Promise<DeviceView[]> {
  const isOwn = and(eq(devices.organizationId, ctx.organizationId), eq(devices.userId, requirePerson(ctx)));
  const found = await ctx.transaction((tx) => tx.select(deviceColumns(ctx)).from(devices).where(isOwn).orderBy(desc(devices.lastSeenAt), devices.id));
  return found.map((row) => viewOf(ctx, row));
}
