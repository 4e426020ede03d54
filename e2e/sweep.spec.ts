import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import type { TemplateView, VersionView } from '#server/domain/template/schema.ts';
import { DEMO, expect, expectAccessible, MESSAGE, ok, okPage, organization, PASSWORD, restOf, signIn, test, type Organization, type Rest } from './fixtures.ts';

const SCREENSHOTS = fileURLToPath(new URL('../.cache/screenshots/', import.meta.url));
const WIDTHS = [1280, 375];
/** 1280 × 1024 at 400 % zoom (WCAG 1.4.10). */
const ZOOMED = { width: 320, height: 256 };

test.describe.configure({ mode: 'parallel' });
// A recording of every step of some fifty pages costs more than the steps.
test.use({ trace: 'off' });
mkdirSync(SCREENSHOTS, { recursive: true });

for (const theme of ['light', 'dark'] as const) {
  test(`journey 51: every page in ${theme}, wide, narrow and at 400 % zoom: accessible, nothing sideways, no complaint in the console, a title of its own`, async ({ page, request, complaints }) => {
    test.setTimeout(600_000);
    complaints.expected = /^$/;
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const titles = new Map<string, string>();
    const look = (name: string, path: string) => lookAt(page, { name, path, theme, titles, complaints: complaints.list });

    await look('sign-in', '/sign-in');
    await look('sign-up', '/sign-up');
    await signIn(page, DEMO);
    const rest = await restOf(request, DEMO.email, DEMO.password);
    for (const [name, path] of Object.entries(await pagesOf(rest, theme))) await look(name, path);

    const fresh = await organization(`Fresh ${theme}`, { brandScore: 10, people: 300, hasAccepted: true, whatsApp: true });
    const { id } = await ok<BroadcastView>(fresh.rest('POST', '/broadcast', { broadcastName: 'On its way', channel: 'sms', content: MESSAGE, selectedLists: ['friends'] }));
    await page.context().clearCookies();
    await signIn(page, { email: fresh.email, password: PASSWORD });
    await look('home-empty', '/');
    await look('deliveries-empty', '/deliveries');
    await look('inbox-empty', '/inbox');
    await look('spend-empty', '/spend');
    await look('automations-empty', '/automations');
    await ok(fresh.rest('POST', `/broadcast/${id}/send`));
    await look('live', `/broadcasts/${id}`);
    await look('home-sending', '/');
    await ok(fresh.rest('POST', `/broadcast/${id}/cancel`));
    await look('report-stopped', `/broadcasts/${id}`);
    await look('report-whatsapp', `/broadcasts/${await sentOnWhatsApp(fresh)}`);
  });
}

/** A template is approved and goes to everybody; answers the broadcast once it is sent. */
async function sentOnWhatsApp({ rest }: Organization): Promise<string> {
  const template = await ok<VersionView>(rest('POST', '/broadcast/templates', { name: 'order_shipped', content: { body: 'Hello {{firstName}}, your order has left our house.' }, variables: { firstName: { sample: 'Ann', fallback: 'there' } } }));
  await ok(rest('POST', `/broadcast/templates/${template.id}/submit`));
  await expect.poll(async () => (await ok<VersionView>(rest('POST', `/broadcast/templates/${template.id}/refresh`))).status, { timeout: 90_000 }).toBe('approved');
  const { contentSid } = await ok<VersionView>(rest('GET', `/broadcast/templates/${template.id}`));
  const { id } = await ok<BroadcastView>(rest('POST', '/broadcast', { broadcastName: 'Shipped', channel: 'whatsapp', templateSid: contentSid, selectedLists: ['friends'] }));
  await ok(rest('POST', `/broadcast/${id}/send`));
  await expect.poll(async () => (await ok<BroadcastView>(rest('GET', `/broadcast/${id}`))).status, { timeout: 90_000 }).toBe('sent');
  return id;
}

/** Addresses of the demo organisation, one of each kind of page. */
async function pagesOf(rest: Rest, theme: string): Promise<Record<string, string>> {
  const { data: [sent] } = await okPage<BroadcastView>(rest('GET', '/broadcast?status=sent&ps=1'));
  const draft = await ok<BroadcastView>(rest('POST', '/broadcast', { broadcastName: `March promo (${theme})`, channel: 'sms', content: MESSAGE, selectedLists: ['sms-promotions'] }));
  const empty = await ok<BroadcastView>(rest('POST', '/broadcast', { broadcastName: `Nothing yet (${theme})`, channel: 'sms', content: '', selectedLists: [] }));
  const template = await ok<{ id: string }>(rest('POST', '/broadcast/templates', {
    name: `swept_${theme}_${Date.now()}`, content: { type: 'card', header: 'Order {{order.id}}', body: '{{firstName}}, *20% off* your {{order.id}} {{lastName}}', footer: 'Reply STOP 👋', buttons: [{ type: 'url', title: 'Track', url: 'https://acme.app/{{order.id}}' }, { type: 'quick_reply', title: 'Thanks' }] },
  }));
  const { data: [contact] } = await okPage<{ id: string }>(rest('GET', '/crm/contacts?ps=1'));
  const { data: [filter] } = await okPage<{ id: string }>(rest('GET', '/crm/filters?ps=1'));
  const { data: [failed] } = await okPage<{ id: string }>(rest('GET', `/broadcast/${sent?.id}/deliveries?status=undelivered&ps=1`));
  const { data: conversations } = await okPage<ConversationView>(rest('GET', '/crm/inbox/conversations?view=all&ps=50'));
  const [talk, chat] = [conversations.find(({ window }) => window === null), conversations.find(({ window }) => window !== null)];
  const { data: [rule] } = await okPage<{ id: string }>(rest('GET', '/automation/keywords?ps=1'));
  const { data: families } = await okPage<TemplateView>(rest('GET', '/broadcast/templates?ps=50'));
  const family = families.find(({ languages }) => languages.some(({ usable }) => usable !== null));
  const templateSid = family?.languages.find(({ usable }) => usable !== null)?.usable?.contentSid;
  const whatsapp = await ok<BroadcastView>(rest('POST', '/broadcast', { broadcastName: `Shipped (${theme})`, channel: 'whatsapp', content: 'Hello again, {{firstName}}', templateSid, selectedLists: ['sms-promotions'] }));
  return {
    'templates': '/templates', 'template': `/templates/${family?.id}`, 'editor-whatsapp': `/broadcasts/${whatsapp.id}`, 'review-whatsapp': `/broadcasts/${whatsapp.id}/review`,
    'inbox': '/inbox?view=all', 'inbox-closed': '/inbox?view=closed&sort=time_left', ...(talk ? { 'inbox-talk': `/inbox?view=all&c=${talk.id}` } : {}), ...(chat ? { 'inbox-chat': `/inbox?view=all&c=${chat.id}`, 'inbox-details': `/inbox?view=all&c=${chat.id}&panel=details` } : {}),
    'automations': '/automations', 'automation': `/automations/${rule?.id}`, 'automation-new': '/automations/new?example=join',
    'home': '/', 'broadcasts': '/broadcasts', 'calendar': '/broadcasts/calendar', 'editor': `/broadcasts/${draft.id}`, 'editor-empty': `/broadcasts/${empty.id}`, 'review': `/broadcasts/${draft.id}/review`, 'review-blocked': `/broadcasts/${empty.id}/review`,
    'report': `/broadcasts/${sent?.id}`, 'contacts': '/contacts', 'contacts-none-found': '/contacts?search=zzzz', 'contact': `/contacts/${contact?.id}`, 'lists': '/lists', 'list': '/lists/sms-promotions',
    'template-editor': `/templates/${template.id}/edit`, 'filters': '/filters', 'filter': `/filters/${filter?.id}`, 'import': '/contacts/import', 'opt-outs': '/opt-outs', 'deliveries': '/deliveries', 'delivery': `/deliveries?open=${failed?.id}`, 'spend': '/spend', 'developers': '/developers',
    'senders': '/senders', 'sender-new': '/senders/new', 'settings-twilio': '/settings/twilio', 'settings-sending': '/settings/sending', 'settings-agreement': '/settings/agreement', 'settings-devices': '/settings/devices', 'settings-organization': '/settings/organization',
  };
}

type Look = { name: string; path: string; theme: string; titles: Map<string, string>; complaints: string[] };

/** One page at all widths; what is wrong with it is collected, so that one run tells everything. */
async function lookAt(page: Page, { name, path, theme, titles, complaints }: Look) {
  const before = complaints.length;
  await page.setViewportSize({ width: WIDTHS[0] ?? 1280, height: 860 });
  await page.goto(path);
  await expect(page.locator('h1').first()).toBeAttached();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width > 600 ? 860 : 812 });
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
    const isWhole = !['live', 'home-sending', 'delivery'].includes(name);
    await page.screenshot({ path: `${SCREENSHOTS}${name}-${theme}-${width}.png`, fullPage: isWhole, animations: 'disabled' });
    await expectNothingSideways(page, path, width);
    await test.step(`${name} at ${width}`, () => expectAccessible(page)).catch((error: unknown) => { expect.soft(String(error), `${path} at ${width} in ${theme}`).toBe(''); });
  }
  await page.setViewportSize(ZOOMED);
  // Charts measure their place once the page has its new width.
  await expect.configure({ soft: true }).poll(() => overflowing(page), { message: `${path} at 400 % zoom: what does not fit` }).toEqual([]);
  const title = (await page.title()).replace(/^\d+% · /, '');
  const twin = [...titles].find(([other, seen]) => seen === title && isOther(other, name));
  expect.soft(twin?.[0], `“${title}” is the title of ${name} and of another page`).toBeUndefined();
  titles.set(name, title);
  expect.soft(complaints.splice(before), `complaints of ${path}`).toEqual([]);
}

async function expectNothingSideways(page: Page, path: string, width: number) {
  const sideways = await page.evaluate(() => new Promise<number>((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => { resolve((document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth); }));
  }));
  expect.soft(sideways, `${path} at ${width}: pixels too wide`).toBeLessThanOrEqual(0);
}

/** What reaches beyond the right edge, and neither scrolls nor ends within a box of its own. */
async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => new Promise<string[]>((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const width = document.documentElement.clientWidth;
      const isKept = (element: Element | null): boolean => element !== null && (getComputedStyle(element).overflowX !== 'visible' || isKept(element.parentElement));
      const found = [...document.querySelectorAll('body *')].filter((element) => { const box = element.getBoundingClientRect(); return box.width > 1 && box.right > width + 1 && !isKept(element.parentElement); });
      const page = document.documentElement.scrollWidth > width ? [`the page, by ${document.documentElement.scrollWidth - width} px`] : [];
      resolve([...page, ...found.slice(0, 5).map((element) => `${element.tagName.toLowerCase()} “${element.textContent.slice(0, 40)}”`)]);
    }));
  }));
}

/** "home" and "home-empty" are one page in two states. */
const kindOf = (name: string) => (name === 'delivery' ? 'deliveries' : name === 'live' ? 'report' : name.split('-')[0]);
const isOther = (one: string, other: string) => kindOf(one) !== kindOf(other) || one.startsWith('settings') || one.startsWith('sign');
