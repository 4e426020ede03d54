import { expect, expectAccessibleEverywhere, inDatabase, open, organization, PASSWORD, signIn, test, address } from './fixtures.ts';

test.describe.configure({ timeout: 180_000 });

const SOON = { timeout: 60_000 };

test('P8, P73: a number is bought at the price shown; a webhook that drifted is repaired with one click', async ({ page }) => {
  const shop = await organization('Number Shop');
  await signIn(page, { email: shop.email, password: PASSWORD });

  await test.step('the need says which type, the shop says the price, the purchase confirms it', async () => {
    await open(page, '/senders/new');
    await page.getByLabel('Messages on a busy day').fill('10000');
    await expect(page.getByRole('list', { name: 'Advice' }).getByRole('listitem').first()).toContainText('Toll-free number');
    const offer = page.getByRole('list', { name: 'Numbers for sale' }).getByRole('listitem').first();
    await expect(offer).toContainText('1.15 USD a month', SOON);
    await expectAccessibleEverywhere(page);
    await offer.getByRole('button', { name: /^Buy/ }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Buy for 1.15 USD a month' }).click();
    await expect(page).toHaveURL(/\/senders$/, SOON);
    const cards = page.getByRole('list', { name: 'Senders' }).getByRole('article');
    await expect(cards).toHaveCount(2, SOON);
    for (const card of await cards.all()) await expect(card.getByText('Heard here')).toBeVisible();
  });

  const sid = shop.twilio.messagingServiceSid;
  const basic = `Basic ${Buffer.from(`${shop.twilio.accountSid}:${shop.twilio.authToken}`).toString('base64')}`;
  const setUrl = (url: string) => fetch(`${address('E2E_SIMULATOR')}/v1/Services/${sid}`, { method: 'POST', headers: { authorization: basic, 'x-twilio-host': 'messaging.twilio.com' }, body: new URLSearchParams({ InboundRequestUrl: url }) });

  await test.step('somebody changes the address at Twilio: the job sees it, Repair brings it back', async () => {
    expect((await setUrl('https://other.example/sms')).status).toBe(200);
    await inDatabase((sql) => sql`update twilio_account set senders_read_at = now() - interval '1 hour', checked_at = now() - interval '1 hour', updated_at = now() - interval '1 hour' where account_sid = ${shop.twilio.accountSid}`);
    const first = page.getByRole('list', { name: 'Senders' }).getByRole('article').first();
    await expect(async () => {
      await open(page, '/senders');
      await expect(first.getByText('Twilio hands it to other.example', { exact: false })).toBeVisible({ timeout: 2_000 });
    }).toPass(SOON);
    await expectAccessibleEverywhere(page);
    await first.getByRole('button', { name: 'Repair' }).click();
    await expect(first.getByText('Heard here')).toBeVisible(SOON);
  });
});
