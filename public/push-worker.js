// The service worker of this application. It shows what the server pushes (server/domain/device/push-service.ts) and leads to it when somebody clicks.
// It stores nothing and intercepts no request. It is registered when somebody turns notifications on in Settings → Devices, never before.

self.addEventListener('install', () => { void self.skipWaiting(); });
self.addEventListener('activate', (event) => { event.waitUntil(self.clients.claim()); });

self.addEventListener('push', (event) => { event.waitUntil(show(event.data)); });
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url));
});
self.addEventListener('pushsubscriptionchange', (event) => { event.waitUntil(renew(event)); });

async function show(data) {
  const { title, body, tag, id, url, deviceId } = payloadOf(data);
  const [shown] = await self.registration.getNotifications({ tag });
  // A new message of the same conversation rings again; the same message once more, after a lost answer, does not.
  const isNew = shown?.data?.id !== id;
  await self.registration.showNotification(title, { body, tag, renotify: isNew, silent: isNew ? null : true, icon: '/icon-192.png', badge: '/badge-96.png', data: { id, url } });
  if (deviceId) await call('device.heartbeat', { deviceId });
}

// Browsers end a subscription whose pushes show nothing.
function payloadOf(data) {
  try { return { tag: 'message', ...data.json() }; } catch { return { title: 'New message', body: '', tag: 'message', id: '', url: '/inbox' }; }
}

/** Goes to the tab that shows it already, else to an inbox that is open, else to a new tab. */
async function open(path) {
  const url = new URL(path ?? '/inbox', self.location.origin);
  if (url.origin !== self.location.origin) return;
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const same = tabs.find((tab) => tab.url === url.href);
  if (same) return void (await same.focus());
  const near = tabs.find((tab) => new URL(tab.url).pathname === url.pathname);
  if (near && (await move(near, url.href))) return;
  await self.clients.openWindow(url.href);
}

async function move(tab, href) {
  try { await tab.focus(); return Boolean(await tab.navigate(href)); } catch { return false; } // a tab from before this worker cannot be moved by it
}

/** The browser replaced its subscription: the server learns of the new one, or this browser hears nothing any more. */
async function renew({ oldSubscription, newSubscription }) {
  if (!oldSubscription) return;
  const fresh = newSubscription ?? (await self.registration.pushManager.subscribe(oldSubscription.options));
  const { endpoint, keys } = fresh.toJSON();
  await call('device.renew', { oldEndpoint: oldSubscription.endpoint, push: { endpoint, keys } });
}

/** A mutation with the session of this browser; somebody who is signed out is refused, and that is all. */
async function call(procedure, input) {
  try {
    await fetch(`/api/trpc/${procedure}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ json: input }) });
  } catch { /* offline: the next one tells */ }
}
