import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { devicePushes, devices } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { MOST_TRIES, type Claim } from '#server/domain/device/claim-pushes.ts';
import type { PushOutcome } from '#server/domain/device/push-service.ts';

/** What became of one push: the device shows it, and a try that may still succeed is free again. */
export async function recordPush(ctx: Context, seq: number, claim: Claim, outcome: PushOutcome): Promise<void> {
  const isOver = outcome.kind !== 'later' || claim.tries >= MOST_TRIES;
  await ctx.transaction(async (tx) => {
    await tx.update(devicePushes).set(isOver ? { doneAt: ctx.now() } : { claimedUntil: sql`clock_timestamp()` })
      .where(and(eq(devicePushes.organizationId, ctx.organizationId), eq(devicePushes.deviceId, claim.deviceId), eq(devicePushes.seq, seq)));
    await noteOutcome(tx, ctx, claim, outcome);
  });
}

type Pushed = Pick<Claim, 'deviceId' | 'pushEndpoint' | 'capabilities'>;

/**
 * Notes on the device how its last push went. A subscription that the browser has ended is removed, and with it a device that was nothing else; unless
 * the browser has given it a new one meanwhile.
 */
export async function noteOutcome(tx: Tx, ctx: Context, { deviceId, pushEndpoint, capabilities }: Pushed, outcome: PushOutcome): Promise<void> {
  const isStill = and(eq(devices.organizationId, ctx.organizationId), eq(devices.id, deviceId), eq(devices.pushEndpoint, pushEndpoint ?? ''));
  if (outcome.kind === 'gone' && capabilities.length === 0) await tx.delete(devices).where(isStill);
  else await tx.update(devices).set(changesOf(ctx, outcome)).where(isStill);
}

function changesOf(ctx: Context, outcome: PushOutcome) {
  switch (outcome.kind) {
    case 'taken': return { lastPushedAt: ctx.now(), lastPushError: null };
    case 'gone': return { pushEndpoint: null, sealedPushKeys: null, lastPushError: 'Its subscription ended.' };
    default: return { lastPushError: outcome.error };
  }
}
