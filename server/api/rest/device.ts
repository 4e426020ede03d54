import { operation, type Operation } from '#server/api/rest/operation.ts';
import { heartbeatDevice } from '#server/domain/device/heartbeat.ts';
import { registerDevice } from '#server/domain/device/register.ts';
import { deviceEventView, deviceInput, deviceView, heartbeatView, registerDeviceInput, watchDeviceInput } from '#server/domain/device/schema.ts';
import { watchDevice } from '#server/domain/device/watch.ts';

const tag = 'Devices';

export const deviceOperations: Operation[] = [
  operation({
    method: 'post', path: '/phone/voice/register-device', tag, summary: 'Register a device of yours that wants to know of messages',
    description: 'With `deviceId` a known one is changed. With `push` (a PushSubscription as browsers give it) it gets Web Push too.',
    input: registerDeviceInput, output: deviceView, status: 201, run: registerDevice,
  }),
  operation({
    method: 'post', path: '/phone/voice/heartbeat', tag, summary: 'Say that a device is there',
    description: 'A device counts as there for 90 seconds after its last heartbeat; then its stream ends. It belongs to the token that sent it: pushes stop when that is revoked or has expired, and go on with the next heartbeat.', input: deviceInput, output: heartbeatView, run: heartbeatDevice,
  }),
  operation({
    method: 'get', path: '/phone/voice/events', tag, summary: 'Server-sent events: somebody wrote, a keyword rule calls for a colleague',
    description: 'The device needs a fresh heartbeat. Events have ids and short facts, no texts. Send `Last-Event-ID` after a drop: what came meanwhile comes first, nothing is left out. The first event, `ready`, carries the id to go on from. The stream ends when heartbeats stop or the token is revoked.',
    input: watchDeviceInput, fromHeaders: { lastEventId: 'Last-Event-ID' }, output: deviceEventView, shape: 'events', run: watchDevice,
  }),
];
