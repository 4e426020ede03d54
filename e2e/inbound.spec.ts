import type { Page } from '@playwright/test';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { address, arrivals, expect, expectAccessibleEverywhere, handingOn, inDatabase, MESSAGE, ok, okPage, open, organization, PASSWORD, person, signIn, simulator, test, type Organization } from './fixtures.ts';

test.describe.configure({ mode: 'parallel', timeout: 300_000 });

const SOON = { timeout: 60_000 };
type Sent = { body: string; direction: string; from: string | null; to: string };

test('P38-P41, D10: STOP while 1,000 messages go out: nothing is handed over after it, the timeline tells; START brings them back', async ({ page }) => {
  const PEOPLE = 1_000;
  const shop = await shopOf('Stop Midway', { brandScore: 10, people: PEOPLE });
  const { id } = await ok<BroadcastView>(shop.rest('POST', '/broadcast', { broadcastName: 'To a thousand', channel: 'sms', content: MESSAGE, selectedLists: ['friends'] }));
  await ok(shop.rest('POST', `/broadcast/${id}/send`));
  await expect.poll(async () => (await arrivals(shop.twilio)).count, SOON).toBeGreaterThan(20);

  // Whoever is still far from their turn writes STOP now.
  const waiting = await inDatabase((sql) => sql<{ recipient: string }[]>`select recipient from broadcast_delivery d join broadcast b on b.id = d.broadcast_id where b.id = ${id} and d.status = 'queued' and d.seq > b.claimed_seq order by d.seq desc limit 25`);
  const left = waiting.map(({ recipient }) => recipient);
  expect(left).toHaveLength(25);
  for (const phone of left) await writes(shop, phone, 'STOP');
  await expect.poll(async () => (await ok<BroadcastView>(shop.rest('GET', `/broadcast/${id}`))).status, { timeout: 240_000 }).toBe('sent');
  const { to } = await arrivals(shop.twilio);
  expect(to.filter((phone) => left.includes(phone))).toEqual([]);
  expect(new Set(to).size).toBe(PEOPLE - left.length);
  const skipped = await okPage<{ recipient: string; errorReason: string | null }>(shop.rest('GET', `/broadcast/${id}/deliveries?status=skipped&ps=200`));
  expect(skipped.data.map(({ recipient }) => recipient).toSorted()).toEqual(left.toSorted());

  await test.step('their page tells why, and START is their own way back', async () => {
    const [contact] = await inDatabase((sql) => sql<{ id: string }[]>`select c.id from contact c join organization o on o.id = c.organization_id where o.name = 'Stop Midway' and c.phone = ${left[0] ?? ''} order by c.created_at desc limit 1`);
    await signIn(page, { email: shop.email, password: PASSWORD });
    await open(page, `/contacts/${contact?.id}`);
    await expect(page.getByText('They wrote “STOP”.', { exact: false }).first()).toBeVisible();
    await writes(shop, left[0] ?? '', 'START');
    await open(page, `/contacts/${contact?.id}`);
    await expect(page.getByText('They wrote “START”.', { exact: false }).first()).toBeVisible();
    expect(await inDatabase((sql) => sql`select opted_out from contact where id = ${contact?.id ?? ''}`)).toEqual([{ opted_out: false }]);
  });
});

test('P42, P43, D13: two numbers answer HELP with two texts, once each; a number of Twilio’s is answered by Twilio alone', async ({ page }) => {
  const shop = await shopOf('Help Texts', { people: 2, whatsApp: true });
  const [number, whatsApp] = [shop.twilio.numbers[0]?.phoneNumber ?? '', shop.twilio.whatsAppSenders[0]?.senderId ?? ''];
  const { phone } = person(0);
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, '/settings/twilio');

  await test.step('at first Twilio answers for the number, and its words name nobody', async () => {
    const answer = answerOf(page, number);
    await expect(answer.getByText('Answered by Twilio')).toBeVisible();
    await expect(answer.getByText('it does not name Help Texts', { exact: false })).toBeVisible();
    await expectAccessibleEverywhere(page);
    await writes(shop, phone, 'HELP', number);
    expect((await received(shop, phone)).map(({ body }) => body)).toEqual([expect.stringContaining('Reply STOP to unsubscribe')]);
  });

  await test.step('to answer in its place somebody must confirm that Twilio is silent', async () => {
    await answerOf(page, number).getByRole('button', { name: 'Edit the answer' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Text' }).fill('Help Texts: call 555 0100. Reply STOP to leave.');
    await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('call 555 0100');
    await expect(dialog.getByText('1 segment')).toBeVisible();
    await dialog.getByRole('radio', { name: /^Hailer/ }).check();
    await expectAccessibleEverywhere(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByText('Confirm that Twilio does not answer HELP for this number.').first()).toBeVisible();
    await dialog.getByRole('checkbox', { name: /Twilio does not answer HELP/ }).check();
    await simulator('config', { accountSid: shop.twilio.accountSid, autoReplies: { HELP: null } });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await expect(answerOf(page, number).getByText('Answered by Hailer')).toBeVisible();
  });

  await test.step('the WhatsApp sender has words of its own', async () => {
    await answerOf(page, whatsApp).getByRole('button', { name: 'Edit the answer' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Text' }).fill('Help Texts on WhatsApp. STOP ends it.');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect(answerOf(page, whatsApp).getByText('Help Texts on WhatsApp. STOP ends it.')).toBeVisible();
  });

  await test.step('each answers once, also when the webhook is told three times', async () => {
    await simulator('inbound', { from: phone, to: number, body: 'help', times: 3 });
    await simulator('inbound', { from: `whatsapp:${phone}`, to: whatsApp, body: 'INFO', times: 3 });
    await expect.poll(async () => (await received(shop, phone)).map(({ from, body }) => [from, body]).slice(1), SOON).toEqual([[number, 'Help Texts: call 555 0100. Reply STOP to leave.']]);
    await expect.poll(async () => (await received(shop, `whatsapp:${phone}`)).map(({ from, body }) => [from, body]), SOON).toEqual([[whatsApp, 'Help Texts on WhatsApp. STOP ends it.']]);
    // One more question later: had a second answer been on its way, it would be here before the one to this.
    await writes(shop, phone, 'HELP', number);
    await expect.poll(async () => (await received(shop, phone)).length, SOON).toBe(3);
  });
});

test('P75, P76: a picture that somebody sends is seen by members of the organisation, and by nobody else', async ({ page, browser }) => {
  const shop = await shopOf('Pictures', { people: 2 });
  const { phone } = person(1);
  await simulator('inbound', { from: phone, to: shop.twilio.numbers[0]?.phoneNumber, body: 'Look', files: [{ contentType: 'image/png' }] });
  const [message] = await inDatabase((sql) => sql<{ id: string }[]>`select m.id from chat_message m join organization o on o.id = m.organization_id where o.name = 'Pictures' order by m.created_at desc limit 1`);
  const path = `/inbox/media/${message?.id}/0`;
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, '/settings/twilio');
  // As the page would show it: with the session, from our own pages.
  const size = await page.evaluate((url) => new Promise<number>((resolve, reject) => {
    const picture = new Image();
    picture.addEventListener('load', () => resolve(picture.naturalWidth));
    picture.addEventListener('error', () => reject(new Error('no picture')));
    picture.src = url;
  }), path);
  expect(size).toBeGreaterThan(100);
  const answer = await page.request.get(path);
  expect([answer.status(), answer.headers()['content-type'], answer.headers()['x-content-type-options']]).toEqual([200, 'image/png', expect.stringContaining('nosniff')]);
  expect(answer.headers()['content-security-policy']).toContain('sandbox');
  const stranger = await browser.newContext();
  expect((await stranger.request.get(address('E2E_URL') + path)).status()).toBe(401);
  await stranger.close();
});

/** The part of the settings about one sender; a number and its WhatsApp sender have the same heading. */
const answerOf = (page: Page, sender: string) => page.getByRole('list', { name: 'Senders' }).getByRole('listitem')
  .filter({ has: page.getByRole('heading', { level: 3, name: new RegExp(sender.replace(/\D/g, '').split('').join('\\D*')) }) })
  .filter(sender.startsWith('whatsapp:') ? { hasText: 'WhatsApp sender' } : { hasNotText: 'WhatsApp sender' }).getByRole('region', { name: /^Answer to HELP/ });

/** What reached this phone, oldest first. */
const received = async ({ twilio }: Organization, to: string): Promise<Sent[]> =>
  (await simulator<{ messages: Sent[] }>(`messages?accountSid=${twilio.accountSid}&to=${encodeURIComponent(to)}`)).messages.toReversed();

/** A person writes; the simulated Twilio has told us when this returns. */
const writes = ({ twilio }: Organization, from: string, body: string, to = twilio.numbers[0]?.phoneNumber ?? '') => simulator('inbound', { from, to, body });

/** An organisation whose messages all get through, and whose Messaging Service hands on what people write. */
const shopOf = async (name: string, wishes: { whatsApp?: boolean; brandScore?: number; people: number }): Promise<Organization> => handingOn(await organization(name, { hasAccepted: true, ...wishes }));
