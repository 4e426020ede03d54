import type { PushSubscriptionInput } from '#server/domain/device/schema.ts';

/** Said to the person: why notifications did not come on. */
export class NotTurnedOn extends Error {}

/**
 * Asks the person, registers the worker and subscribes at the browser's push service. Call it from a click: browsers ask only then.
 * @throws NotTurnedOn
 */
export async function subscribe(publicKey: string): Promise<PushSubscriptionInput> {
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') throw new NotTurnedOn(permission === 'denied' ? 'The browser was told to block notifications of this site.' : 'The browser’s question was closed without an answer. Turn notifications on again to be asked once more.');
  await navigator.serviceWorker.register('/push-worker.js', { scope: '/', updateViaCache: 'none' });
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  if (before && keyOf(before) !== publicKey) await before.unsubscribe(); // of another installation's key, or from before AUTH_SECRET was changed
  return plain(await fresh(pushManager, publicKey));
}

async function fresh(pushManager: PushManager, publicKey: string): Promise<PushSubscription> {
  try { return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }); } catch {
    throw new NotTurnedOn('The browser could not reach its push service. Check the connection; some browsers have push switched off in their settings.');
  }
}

function plain(subscription: PushSubscription): PushSubscriptionInput {
  const { endpoint, keys } = subscription.toJSON();
  if (!endpoint || !keys?.p256dh || !keys.auth) throw new NotTurnedOn('The browser gave no keys for encrypted notifications. Update it, or use another one.');
  return { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } };
}

/** Base64url, as the server names its key. */
function keyOf({ options: { applicationServerKey } }: PushSubscription): string {
  const letters = String.fromCharCode(...new Uint8Array(applicationServerKey ?? new ArrayBuffer(0)));
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
