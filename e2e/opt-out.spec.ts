import { readFile } from 'node:fs/promises';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import type { OptOutView } from '#server/domain/consent/schema.ts';
import { arrivals, expect, expectAccessibleEverywhere, handingOn, MESSAGE, ok, okPage, open, organization, PASSWORD, person, signIn, simulator, test, type Organization } from './fixtures.ts';

test.describe.configure({ mode: 'parallel', timeout: 300_000 });

const SOON = { timeout: 60_000 };
const writes = ({ twilio }: Organization, from: string, body: string) => simulator('inbound', { from, to: twilio.numbers[0]?.phoneNumber ?? '', body });
const ledger = (shop: Organization, query = '') => okPage<OptOutView>(shop.rest('GET', `/crm/opt-outs${query}`));

test('journey 35: STOP takes somebody off, the ledger shows their word, and START brings them back', async ({ page }) => {
  const shop = await organization('Coming Back', { people: 3, hasAccepted: true });
  await handingOn(shop);
  const { phone, firstName, lastName } = person(0);
  await writes(shop, phone, 'Stop');
  await signIn(page, { email: shop.email, password: PASSWORD });
  const table = page.getByRole('table', { name: /Who left/ });

  await test.step('their word stands in the ledger, with the way to the conversation', async () => {
    await open(page, '/opt-outs');
    await expect(table.getByRole('row')).toHaveCount(2);
    await expect(table).toContainText(`${firstName} ${lastName}`);
    await expect(table).toContainText('Opted out');
    await expect(table).toContainText('All your senders');
    await expectAccessibleEverywhere(page);
    await table.getByRole('link', { name: '“Stop”' }).click();
    await expect(page).toHaveURL(/\/inbox\?.*c=[0-9a-f-]{36}/);
  });

  await test.step('after START a broadcast reaches them', async () => {
    await writes(shop, phone, 'START');
    await open(page, '/opt-outs');
    await expect(table.getByText('Came back', { exact: true })).toBeVisible();
    const { id } = await ok<BroadcastView>(shop.rest('POST', '/broadcast', { broadcastName: 'Welcome back', channel: 'sms', content: MESSAGE, selectedLists: ['friends'] }));
    await ok(shop.rest('POST', `/broadcast/${id}/send`));
    await expect.poll(async () => (await arrivals(shop.twilio)).to, SOON).toContain(phone);
  });
});

test('journey 36: what our list and Twilio’s do not share is shown, each with what mends it', async ({ page }) => {
  const shop = await organization('Drifting', { people: 4, hasAccepted: true });
  const [missed, back] = [person(0), person(1)];
  // Nobody listens there: Twilio knows of these, we do not.
  await handingOn(shop, 'http://127.0.0.1:9/nobody');
  await writes(shop, missed.phone, 'STOP');
  await writes(shop, back.phone, 'Unsubscribe');
  await writes(shop, person(2).phone, 'Is it open today?');
  await signIn(page, { email: shop.email, password: PASSWORD });
  const card = page.getByRole('region', { name: 'Compared with Twilio' }).or(page.locator('section', { hasText: 'Compared with Twilio' }));
  const differences = page.getByRole('list', { name: 'Differences' });

  await test.step('the check finds words that never arrived, and obeys them', async () => {
    await open(page, '/opt-outs');
    await expect(card.getByText('Not compared yet')).toBeVisible();
    await card.getByRole('button', { name: 'Check now' }).click();
    await expect(differences.getByText('Their “STOP” never arrived here')).toBeVisible(SOON);
    await expect(differences.getByText('Their “Unsubscribe” never arrived here')).toBeVisible();
    await expect(card.getByText('1 other message of theirs never arrived here.', { exact: false })).toBeVisible();
    expect((await ledger(shop)).data.map(({ phone, kind }) => `${kind} ${phone}`).toSorted()).toEqual([`opt_out ${missed.phone}`, `opt_out ${back.phone}`].toSorted());
    await expectAccessibleEverywhere(page);
  });

  await test.step('who was brought back by us alone is still blocked there', async () => {
    const { data: [contact] } = await okPage<{ id: string }>(shop.rest('GET', `/crm/contacts?search=${encodeURIComponent(back.phone)}`));
    await ok(shop.rest('PATCH', `/crm/contacts/${contact?.id}`, { optedOut: false, consentSource: 'a card in the shop' }));
    await open(page, '/opt-outs');
    await expect(differences.getByText('Twilio still blocks them')).toBeVisible();
    await expect(differences.getByText('Only START from their phone', { exact: false })).toBeVisible();
  });

  await test.step('an opt-out that was said on the phone is recorded by hand, and Twilio is told', async () => {
    await page.getByRole('button', { name: 'Record an opt-out' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Record opt-out' }).click();
    await expect(dialog.getByText('Enter the phone number.').first()).toBeVisible();
    await dialog.getByLabel('Phone number').fill('+1 202 555 0188');
    await dialog.getByLabel('How do you know?').fill('=said so on the phone');
    await expectAccessibleEverywhere(page);
    await dialog.getByRole('button', { name: 'Record opt-out' }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(async () => (await ledger(shop, '?search=5550188')).data.map(({ push }) => push), SOON).toEqual(['done']);
    await open(page, '/opt-outs?search=5550188');
    await expect(page.getByRole('table', { name: /Who left/ }).getByText('Told', { exact: true })).toBeVisible();
  });

  await test.step('what the page finds is a file in which a spreadsheet runs nothing', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export CSV' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text.trim().split('\n')).toHaveLength(2);
    expect(text).toContain('+12025550188');
    expect(text).not.toMatch(/(^|,)"?=/m);
  });
});
