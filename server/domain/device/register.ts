import { and, count, eq, ne } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { devices } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { requireSubscription } from '#server/domain/device/require-subscription.ts';
import { columnsOf, deviceColumns, isMine, requirePerson, sessionOf, viewOf } from '#server/domain/device/row.ts';
import { registerDeviceInput, type DeviceView, type RegisterDeviceInput } from '#server/domain/device/schema.ts';
import { notFound, Problem } from '#server/errors.ts';

const MOST = 20; // devices of one person in one organisation

/**
 * P77: a device of mine that wants to know of messages; with `deviceId` one that is known already. A subscription belongs to one device: whoever signs in
 * to the same browser takes it over. It hears nothing any more once this sign-in is over.
 * @throws Problem not_found, validation_failed, invalid_state with too many devices
 */
export async function registerDevice(ctx: Context, input: RegisterDeviceInput): Promise<DeviceView> {
  const { deviceId, name, platform, capabilities, push } = registerDeviceInput.parse(input);
  if (push) requireSubscription(push);
  const { organizationId } = ctx;
  const values = { name, platform, capabilities, lastSeenAt: ctx.now(), ...sessionOf(ctx), ...(push && columnsOf(organizationId, push)) };
  return ctx.transaction(async (tx) => {
    const known = deviceId ?? (push && (await findByEndpoint(tx, ctx, push.endpoint)));
    if (push) await tx.delete(devices).where(and(eq(devices.organizationId, organizationId), eq(devices.pushEndpoint, push.endpoint), known === undefined ? undefined : ne(devices.id, known)));
    const row = known === undefined ? await add(tx, ctx, values) : await change(tx, ctx, known, values);
    return viewOf(ctx, row);
  });
}

type Values = Pick<typeof devices.$inferInsert, 'name' | 'platform' | 'capabilities' | 'lastSeenAt' | 'sessionId'>;

async function findByEndpoint(tx: Tx, ctx: Context, endpoint: string): Promise<string | undefined> {
  const [found] = await tx.select({ id: devices.id }).from(devices).where(and(eq(devices.organizationId, ctx.organizationId), eq(devices.userId, requirePerson(ctx)), eq(devices.pushEndpoint, endpoint)));
  return found?.id;
}

async function change(tx: Tx, ctx: Context, deviceId: string, values: Values) {
  const [row] = await tx.update(devices).set(values).where(isMine(ctx, deviceId)).returning(deviceColumns(ctx));
  if (!row) throw notFound('device');
  return row;
}

async function add(tx: Tx, ctx: Context, values: Values) {
  const owner = { organizationId: ctx.organizationId, userId: requirePerson(ctx) };
  const [mine] = await tx.select({ count: count() }).from(devices).where(and(eq(devices.organizationId, owner.organizationId), eq(devices.userId, owner.userId)));
  if ((mine?.count ?? 0) >= MOST) throw new Problem('invalid_state', `You have ${MOST} devices already. Remove one that you no longer use in Settings → Devices.`);
  const [row] = await tx.insert(devices).values({ ...values, ...owner }).returning(deviceColumns(ctx));
  if (!row) throw new Error('The device was not written.');
  return row;
}
