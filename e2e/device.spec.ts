import type { BrowserContext, CDPSession, Page, Worker } from '@playwright/test';
import { fakeBrowser, pushesAt, type FakeBrowser } from '#server/domain/device/push-service.fixture.ts';
import { address, expect, expectAccessibleEverywhere, handingOn, inDatabase, open, organization, PASSWORD, person, signIn, simulator, test, type Organization } from './fixtures.ts';

// What is real here: the page, the click, the registration of /push-worker.js and the worker itself with its handlers for push, click and a changed
// subscription; the session that it calls the server with; the message from the simulated phone, the signed webhook, the job, the encryption and the
// signature of the push, its way over a socket to a push service (the fake one of e2e/stack.ts, in place of Google's or Mozilla's), and its decryption
// with the subscription's private key. The very bytes that come out are handed to the worker by the DevTools protocol (ServiceWorker.deliverPushMessage).
//
// What is not: Chromium's headless shell has no push service and no notification centre. So PushManager.subscribe gives a subscription whose keys the
// test holds, Notification.permission says what a browser with a person in front of it would say, and the worker's showNotification is taken down
// instead of drawn; a click is an event made by hand, and with it focus() and openWindow(), for which browsers want a real one.

type Shown = { title: string; body: string; tag: string; renotify: boolean; data: { id: string; url: string } };
const ada = person(0);
const SOON = { timeout: 60_000 };

test.describe.configure({ mode: 'parallel', timeout: 240_000 });

test('P77: notifications are turned on by a click, a message is pushed, its notification leads to the conversation', async ({ page, context }) => {
  const shop = await handingOn(await organization('Push Shop', { people: 3, hasAccepted: true }));
  const browser = fakeBrowser();
  await beBrowserOf(context, browser, 'default');
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, '/settings/devices');
  await expect(page.getByRole('heading', { name: 'No devices yet' })).toBeVisible();
  await expectAccessibleEverywhere(page);
  expect(await registrations(page), 'no worker before somebody asked for it').toBe(0);

  await page.getByRole('button', { name: 'Turn on notifications' }).click();
  const device = page.getByRole('row').filter({ hasText: 'This one' });
  await expect(device).toContainText('None yet');
  await expect(page.getByText('Clicking a notification opens the conversation.')).toBeVisible();
  expect(await registrations(page)).toBe(1);
  await expectAccessibleEverywhere(page);

  await test.step('a test push reaches the push service, and only this browser reads it', async () => {
    await device.getByRole('button', { name: 'Test' }).click();
    await expect(page.getByText('Test sent')).toBeVisible();
    const [push] = await pushesAt(address('E2E_PUSH'), browser.path);
    expect(push?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', 'x-push-host': 'push.example.com' });
    expect(push?.headers.authorization).toMatch(/^vapid t=/);
    expect(browser.read(push!)).toMatchObject({ title: 'A test from Hailer', url: '/settings/devices' });
    await expect(device).not.toContainText('None yet');
  });

  const { worker, deliver } = await workerOf(context, page);
  await open(page, '/inbox');
  const text = 'Do you open on Sundays?';
  await writes(shop, text);
  await test.step('somebody writes: the worker shows who and the first words, and the server learns that it arrived', async () => {
    await expect.poll(async () => (await pushesAt(address('E2E_PUSH'), browser.path)).length, SOON).toBe(2);
    const push = (await pushesAt(address('E2E_PUSH'), browser.path))[1]!;
    expect(push.body.toString('latin1')).not.toContain('Sundays');
    await silent(browser);
    await deliver(JSON.stringify(browser.read(push)));
    await expect.poll(() => shownBy(worker)).toMatchObject([{ title: `${ada.firstName} ${ada.lastName}`, body: text, renotify: true }]);
    await expect.poll(() => secondsSilent(browser)).toBeLessThan(3_000);
    await deliver(JSON.stringify(browser.read(push)));
    await expect.poll(async () => (await shownBy(worker)).map(({ renotify }) => renotify), 'the same once more rings no second time').toEqual([true, false]);
  });

  await test.step('a click opens the conversation in the inbox that is open; without one in a new tab', async () => {
    await click(worker);
    await expect(page).toHaveURL(/\/inbox\?c=[0-9a-f-]{36}$/);
    await expect(page.getByText(text).last()).toBeVisible();
    const url = page.url();
    expect(await openedBy(worker)).toBeNull();
    await open(page, '/settings/devices');
    await click(worker);
    expect(await openedBy(worker)).toBe(url);
  });

  await test.step('the browser changes its subscription: the worker tells the server, and pushes go to the new one', async () => {
    const next = fakeBrowser();
    await changeSubscription(worker, browser, next);
    await writes(shop, 'Hello?');
    await expect.poll(async () => (await pushesAt(address('E2E_PUSH'), next.path)).map(next.read), SOON).toMatchObject([{ body: 'Hello?' }]);
    expect(await pushesAt(address('E2E_PUSH'), browser.path)).toHaveLength(2);

    await fetch(address('E2E_PUSH') + next.path, { method: 'DELETE' });
    await page.reload();
    await page.getByRole('row').filter({ hasText: 'This one' }).getByRole('button', { name: 'Test' }).click();
    await expect(page.getByText('The browser has ended this subscription; it was removed.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'No devices yet' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Turn on notifications' })).toBeVisible();
  });
});

test('a device is left in peace at its quiet time, tells no names, and is removed', async ({ page, context }) => {
  const shop = await handingOn(await organization('Quiet Shop', { people: 1, hasAccepted: true }));
  const browser = fakeBrowser();
  await beBrowserOf(context, browser, 'default');
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, '/settings/devices');
  await page.getByRole('button', { name: 'Turn on notifications' }).click();
  const device = page.getByRole('row').filter({ hasText: 'This one' });
  await device.getByRole('button', { name: /^Settings of/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Front desk');
  await dialog.getByLabel('From').fill('21:00');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Enter when the quiet time ends');
  await expectAccessibleEverywhere(page);
  await dialog.getByLabel('Until').fill('07:30');
  await dialog.getByLabel('Holds for messages').uncheck();
  await dialog.getByLabel('Show who wrote and the first words').uncheck();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(device).toContainText('Front desk');
  await expect(device).toContainText('21:00–07:30');
  await writes(shop, 'My secret');
  await expect.poll(async () => (await pushesAt(address('E2E_PUSH'), browser.path)).map(browser.read), SOON).toMatchObject([{ title: 'New message', body: '' }]);

  await device.getByRole('button', { name: /^Remove / }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { name: 'No devices yet' })).toBeVisible();
});

test('signing out ends the notifications of this browser; one whose sign-in ran out has them again when the person comes back', async ({ page, context }) => {
  const shop = await handingOn(await organization('Leaving Shop', { people: 1, hasAccepted: true }));
  const browser = fakeBrowser();
  await beBrowserOf(context, browser, 'default');
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, '/settings/devices');
  await page.getByRole('button', { name: 'Turn on notifications' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'This one' })).toBeVisible();

  await inDatabase((sql) => sql`update session set expires_at = now() - interval '1 second' where id in (select session_id from device where push_endpoint = ${browser.subscription.endpoint})`);
  await writes(shop, 'Nobody is here');
  await expect.poll(() => eventsOf(browser), SOON).toBe(1);
  await open(page, '/sign-in');
  await page.getByLabel('E-mail').fill(shop.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  await expect.poll(() => isSignedIn(browser)).toBe(true);
  await writes(shop, 'Somebody is here');
  await expect.poll(async () => (await pushesAt(address('E2E_PUSH'), browser.path)).map(browser.read), SOON).toMatchObject([{ body: 'Somebody is here' }]);

  await open(page, '/settings/devices');
  await page.getByRole('button', { name: /^Account: / }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  expect(await isSignedIn(browser), 'the server has dropped the device').toBeNull();
  expect(await page.evaluate(() => localStorage.getItem('test.subscription')), 'the browser has dropped its subscription').toBe('ended');
});

test('a browser that blocks notifications says how to change it, and offers no button that could not work', async ({ page, context }) => {
  const shop = await organization('Blocked Shop');
  await beBrowserOf(context, fakeBrowser(), 'denied');
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, '/settings/devices');
  await expect(page.getByText('This browser blocks notifications of this site')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Turn on notifications' })).toHaveCount(0);
  await expect(page.getByText(/home screen/)).toHaveCount(0);
  await expectAccessibleEverywhere(page);
});

/** A message from Ada's phone. */
const writes = ({ twilio }: Organization, body: string) => simulator('inbound', { from: ada.phone, to: twilio.numbers[0]?.phoneNumber, body });

/** As a browser with a person in front of it, who allows notifications when asked. */
async function beBrowserOf(context: BrowserContext, { subscription }: FakeBrowser, permission: NotificationPermission) {
  await context.addInitScript(([given, first]) => {
    let now = first;
    Object.defineProperty(Notification, 'permission', { get: () => now });
    Notification.requestPermission = async () => { now = 'granted'; return now; };
    const state = (next?: 'on' | 'ended') => { if (next) localStorage.setItem('test.subscription', next); return localStorage.getItem('test.subscription'); };
    const options = { applicationServerKey: null };
    const unsubscribe = async () => { state('ended'); return true; };
    const subscription = { ...given, options, unsubscribe, toJSON: () => given } as unknown as PushSubscription; // as much of one as the page uses
    PushManager.prototype.getSubscription = async () => (state() === 'on' ? subscription : null);
    PushManager.prototype.subscribe = async () => { state('on'); return subscription; };
  }, [subscription, permission] as const);
}

const registrations = (page: Page) => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);

type WorkerState = { shown: Shown[]; opened: string | null };

/** The registered worker, with a notification centre that takes down; and the way in for pushes. */
async function workerOf(context: BrowserContext, page: Page): Promise<{ worker: Worker; deliver: (data: string) => Promise<void> }> {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  await worker.evaluate(() => {
    const state: WorkerState = { shown: [], opened: null };
    const scope = self as unknown as { state: WorkerState; clients: { openWindow: (url: string) => Promise<null> }; WindowClient: { prototype: { focus: () => Promise<unknown> } } };
    scope.state = state;
    ServiceWorkerRegistration.prototype.showNotification = async (title, options) => { state.shown.push({ title, ...options } as Shown); };
    ServiceWorkerRegistration.prototype.getNotifications = async ({ tag } = {}) => state.shown.filter((one) => one.tag === tag) as unknown as Notification[];
    scope.WindowClient.prototype.focus = async function focus() { return this; };
    scope.clients.openWindow = async (url) => { state.opened = url; return null; };
  });
  const devTools = await context.newCDPSession(page);
  const registrationId = await registrationIn(devTools);
  const origin = address('E2E_URL');
  return { worker, deliver: async (data) => { await devTools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data }); } };
}

async function registrationIn(devTools: CDPSession): Promise<string> {
  const found = new Promise<string>((resolve) => {
    devTools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: all }) => { const [first] = all; if (first) resolve(first.registrationId); });
  });
  await devTools.send('ServiceWorker.enable');
  return found;
}

const shownBy = (worker: Worker) => worker.evaluate(() => (self as unknown as { state: WorkerState }).state.shown);
const openedBy = (worker: Worker) => worker.evaluate(() => (self as unknown as { state: WorkerState }).state.opened);

/** A click on the newest notification, until its handler is done. */
const click = (worker: Worker) => worker.evaluate(async () => {
  const { data } = (self as unknown as { state: WorkerState }).state.shown.at(-1)!;
  let pending: Promise<unknown> | undefined;
  const fields = { notification: { data, close() {} }, waitUntil: (work: Promise<unknown>) => { pending = work; } };
  self.dispatchEvent(Object.defineProperties(new Event('notificationclick'), Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }]))));
  await pending;
});

const changeSubscription = (worker: Worker, before: FakeBrowser, after: FakeBrowser) => worker.evaluate(async ([oldOne, newOne]) => {
  let pending: Promise<unknown> | undefined;
  const fields = { oldSubscription: oldOne, newSubscription: { ...newOne, toJSON: () => newOne }, waitUntil: (work: Promise<unknown>) => { pending = work; } };
  self.dispatchEvent(Object.defineProperties(new Event('pushsubscriptionchange'), Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }]))));
  await pending;
}, [before.subscription, after.subscription] as const);

/** Whether the sign-in of its device goes on; null without a device. */
const isSignedIn = async ({ subscription }: FakeBrowser) => {
  const [row] = await inDatabase((sql) => sql<Array<{ isLive: boolean }>>`select exists (select from session s where s.id = d.session_id and s.revoked_at is null and s.expires_at > now()) as "isLive" from device d where push_endpoint = ${subscription.endpoint}`);
  return row?.isLive ?? null;
};

/** How many messages its organisation's devices were told of. */
const eventsOf = async ({ subscription }: FakeBrowser) => (await inDatabase((sql) => sql`select from device_event e join device d on d.organization_id = e.organization_id where d.push_endpoint = ${subscription.endpoint}`)).length;

/** As if nothing had been heard of the device for an hour. */
const silent = ({ subscription }: FakeBrowser) => inDatabase((sql) => sql`update device set last_seen_at = now() - interval '1 hour' where push_endpoint = ${subscription.endpoint}`);
const secondsSilent = async ({ subscription }: FakeBrowser) => {
  const [row] = await inDatabase((sql) => sql<Array<{ seconds: number }>>`select extract(epoch from now() - last_seen_at)::float8 as seconds from device where push_endpoint = ${subscription.endpoint}`);
  return row?.seconds ?? Infinity;
};
