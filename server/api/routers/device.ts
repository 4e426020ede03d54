import { memberProcedure, router, userProcedure } from '#server/api/trpc.ts';
import { database } from '#server/database.ts';
import { heartbeatDevice } from '#server/domain/device/heartbeat.ts';
import { listDevices } from '#server/domain/device/list.ts';
import { registerDevice } from '#server/domain/device/register.ts';
import { removeDevice } from '#server/domain/device/remove.ts';
import { renewSubscription } from '#server/domain/device/renew.ts';
import { deviceInput, registerDeviceInput, renewDeviceInput, updateDeviceInput } from '#server/domain/device/schema.ts';
import { testPush } from '#server/domain/device/test-push.ts';
import { updateDevice } from '#server/domain/device/update.ts';
import { readPushKey } from '#server/domain/device/vapid.ts';

export const deviceRouter = router({
  list: memberProcedure.query(({ ctx }) => listDevices(ctx)),
  pushKey: memberProcedure.query(() => readPushKey()),
  register: memberProcedure.input(registerDeviceInput).mutation(({ ctx, input }) => registerDevice(ctx, input)),
  heartbeat: memberProcedure.input(deviceInput).mutation(({ ctx, input }) => heartbeatDevice(ctx, input)),
  update: memberProcedure.input(updateDeviceInput).mutation(({ ctx, input }) => updateDevice(ctx, input)),
  remove: memberProcedure.input(deviceInput).mutation(({ ctx, input }) => removeDevice(ctx, input)),
  test: memberProcedure.input(deviceInput).mutation(({ ctx, input }) => testPush(ctx, input)),
  /** Called by the service worker, in whatever organisation the person works now. */
  renew: userProcedure.input(renewDeviceInput).mutation(({ ctx, input }) => renewSubscription(database(), ctx.session, input)),
});
