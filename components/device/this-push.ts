const PATIENCE = 2_000; // ms; a browser whose push service does not answer must not keep anybody from signing in or out

/** After signing out: the server has dropped this browser already; the browser drops its subscription, and what lies on the screen. */
export const endPush = (): Promise<void> => patiently(async (registration) => {
  for (const shown of await registration.getNotifications()) shown.close();
  const subscription = await registration.pushManager.getSubscription();
  await subscription?.unsubscribe();
});

/** After signing in where an earlier sign-in ran out: a device that is this person's, in this browser, hears of messages again. */
export const resumePush = (): Promise<void> => patiently(async ({ pushManager }) => {
  const push = (await pushManager.getSubscription())?.toJSON();
  if (!push) return;
  const input = { oldEndpoint: push.endpoint, push: { endpoint: push.endpoint, keys: push.keys } };
  await fetch('/api/trpc/device.renew', { method: 'POST', keepalive: true, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ json: input }) });
});

/** Only where notifications were turned on. Never throws. */
async function patiently(act: (registration: ServiceWorkerRegistration) => Promise<void>): Promise<void> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return;
  const registration = await Promise.race([navigator.serviceWorker.getRegistration('/').catch(() => undefined), patience()]);
  if (registration) await Promise.race([act(registration).catch(() => {}), patience()]);
}

const patience = () => new Promise<undefined>((resolve) => { setTimeout(() => resolve(undefined), PATIENCE); });
