import { and, eq, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { devices } from '#db/schema/index.ts';
import { userId, type Context } from '#server/context.ts';
import { HEARTBEAT_TTL, type DeviceView, type PushSubscriptionInput } from '#server/domain/device/schema.ts';
import { open, seal } from '#server/domain/twilio-account/seal.ts';
import { notFound, Problem } from '#server/errors.ts';

export type DeviceRow = typeof devices.$inferSelect;
/** `isSignedIn`: the sign-in that it belongs to is neither revoked nor over; nothing is pushed to one that is not. */
export type KnownDevice = DeviceRow & { isSignedIn: boolean };

/** All columns, for select and returning. */
export const deviceColumns = (ctx: Context) => ({
  ...getTableColumns(devices),
  isSignedIn: sql<boolean>`exists (select from session s where s.id = device.session_id and s.revoked_at is null and s.expires_at > ${ctx.now().toISOString()}::timestamptz)`,
});

/** By which sign-in we hear of a device now; work without one changes nothing. */
export const sessionOf = ({ actor }: Context): { sessionId?: string } => (actor.kind === 'user' && actor.sessionId ? { sessionId: actor.sessionId } : {});

/** Whose devices they are. @throws Problem forbidden for work without a person */
export function requirePerson(ctx: Context): string {
  const id = userId(ctx);
  if (id === null) throw new Problem('forbidden', 'Devices belong to people. Sign in as one.');
  return id;
}

/** A device of one's own: those of colleagues are nobody's business. */
export const isMine = (ctx: Context, deviceId: string): SQL | undefined =>
  and(eq(devices.organizationId, ctx.organizationId), eq(devices.userId, requirePerson(ctx)), eq(devices.id, deviceId));

/** @throws Problem not_found for one that is not there or not one's own */
export async function readMine(tx: Tx, ctx: Context, deviceId: string): Promise<KnownDevice> {
  const [row] = await tx.select(deviceColumns(ctx)).from(devices).where(isMine(ctx, deviceId));
  if (!row) throw notFound('device');
  return row;
}

/** When a device stops counting as there, unless it is heard of before. */
export const expiryOf = (lastSeenAt: Date): Date => new Date(lastSeenAt.getTime() + HEARTBEAT_TTL * 1_000);
export const isPresent = (ctx: Context, lastSeenAt: Date): boolean => expiryOf(lastSeenAt) > ctx.now();

export function viewOf(ctx: Context, row: KnownDevice): DeviceView {
  const { id, name, platform, capabilities, events, quietFrom, quietUntil, timeZone, quietEvents, showsText, lastPushError } = row;
  return {
    id, name, platform, capabilities, events, quietFrom, quietUntil, timeZone, quietEvents, showsText, lastPushError,
    isSignedIn: row.isSignedIn, isPushed: row.pushEndpoint !== null && row.isSignedIn, isPresent: isPresent(ctx, row.lastSeenAt),
    lastSeenAt: row.lastSeenAt.toISOString(), expiresAt: expiryOf(row.lastSeenAt).toISOString(), lastPushedAt: row.lastPushedAt?.toISOString() ?? null, createdAt: row.createdAt.toISOString(),
  };
}

/** The columns of a subscription; its keys are sealed. */
export const columnsOf = (organizationId: string, { endpoint, keys }: PushSubscriptionInput) =>
  ({ pushEndpoint: endpoint, sealedPushKeys: seal(JSON.stringify(keys), { organizationId, field: 'pushKeys' }), lastPushError: null });

/** The subscription of a row; null when it has none, or one whose seal no longer opens. */
export function subscriptionOf({ organizationId, pushEndpoint, sealedPushKeys }: Pick<DeviceRow, 'organizationId' | 'pushEndpoint' | 'sealedPushKeys'>): PushSubscriptionInput | null {
  if (pushEndpoint === null || sealedPushKeys === null) return null;
  try {
    return { endpoint: pushEndpoint, keys: JSON.parse(open(sealedPushKeys, { organizationId, field: 'pushKeys' })) as PushSubscriptionInput['keys'] }; // sealed by columnsOf
  } catch { return null; }
}
