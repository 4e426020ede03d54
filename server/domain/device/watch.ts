import { sql } from 'drizzle-orm';
import { rows, textArray, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { isPresent, readMine } from '#server/domain/device/row.ts';
import { HEARTBEAT_TTL, watchDeviceInput, type DeviceEventView, type WatchDeviceInput } from '#server/domain/device/schema.ts';
import { pause } from '#server/domain/pause.ts';
import { Problem } from '#server/errors.ts';

const INTERVAL = 700; // ms between two looks
const AT_ONCE = 200; // events of one look

export type DeviceStream = { /** Where it begins: the id that a reader goes on from who has heard nothing yet. */ from: string; events: AsyncGenerator<DeviceEventView> };

/**
 * The events of this organisation that the device wants, in the order in which they were committed, from `lastEventId` on or from now on. It ends when the
 * device stops sending heartbeats, or is removed.
 * @throws Problem not_found, invalid_state without a fresh heartbeat
 */
export async function watchDevice(ctx: Context, input: WatchDeviceInput, signal?: AbortSignal): Promise<DeviceStream> {
  const { deviceId, lastEventId } = watchDeviceInput.parse(input);
  const newest = await ctx.transaction(async (tx) => {
    const { lastSeenAt } = await readMine(tx, ctx, deviceId);
    if (!isPresent(ctx, lastSeenAt)) throw new Problem('invalid_state', `No heartbeat for ${HEARTBEAT_TTL} seconds. POST /phone/voice/heartbeat first, then open the stream again.`);
    return readNewest(tx, ctx);
  });
  // A number that was never given, e.g. from before a restore, must not hide what comes.
  const from = lastEventId === undefined ? newest : Math.min(Number(lastEventId), newest);
  return { from: String(from), events: follow(ctx, deviceId, from, signal) };
}

async function* follow(ctx: Context, deviceId: string, from: number, signal?: AbortSignal): AsyncGenerator<DeviceEventView> {
  let cursor = from;
  while (!signal?.aborted) {
    const found = await look(ctx, deviceId, cursor);
    if (!found) return;
    for (const event of found) { yield event; cursor = Number(event.id); }
    if (found.length < AT_ONCE) await pause(INTERVAL, signal);
  }
}

/** What came after the cursor; null when the device is not there any more. */
async function look(ctx: Context, deviceId: string, cursor: number): Promise<DeviceEventView[] | null> {
  return ctx.transaction(async (tx) => {
    const device = await readMine(tx, ctx, deviceId).catch((error: unknown) => { if (error instanceof Problem) return null; throw error; });
    return device && isPresent(ctx, device.lastSeenAt) ? readEvents(tx, ctx, device.events, cursor) : null;
  });
}

async function readNewest(tx: Tx, ctx: Context): Promise<number> {
  const [row] = await rows<{ newest: string }>(tx, sql`select last_device_event as newest from organization where id = ${ctx.organizationId}`);
  return Number(row?.newest ?? 0);
}

async function readEvents(tx: Tx, ctx: Context, kinds: string[], cursor: number): Promise<DeviceEventView[]> {
  const found = await rows<DeviceEventView>(tx, sql`
    select e.seq as id, e.kind, e.at, e.message_id as "messageId", m.conversation_id as "conversationId", c.channel, c.contact_id as "contactId", c.assigned_to as "assignedTo", r.rule_id as "ruleId"
    from device_event e
      join chat_message m on m.organization_id = e.organization_id and m.id = e.message_id
      join conversation c on c.organization_id = e.organization_id and c.id = m.conversation_id
      left join rule_run r on r.organization_id = e.organization_id and r.message_id = e.message_id and e.kind = 'notice'
    where e.organization_id = ${ctx.organizationId} and e.seq > ${cursor} and e.kind = any(${textArray(kinds)}::text[])
    order by e.seq limit ${AT_ONCE}`);
  return found.map((event) => ({ ...event, id: String(event.id), at: new Date(event.at).toISOString() }));
}
