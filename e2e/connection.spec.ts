import { expect, expectAccessible, handingOn, open, organization, PASSWORD, signIn, simulator, test } from './fixtures.ts';

test('a drifted webhook and a revoked key turn their links red with evidence and a fix, one button or one link away', async ({ page }) => {
  const shop = await organization('Drift', { people: 1, hasAccepted: true });
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, '/settings/twilio');
  const links = page.getByRole('list', { name: 'Checks of the connection' });
  const link = (name: string) => links.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
  await expect(link('Webhook door')).toContainText('one without a signature was refused');
  await expect(links.getByText('Does not work')).toHaveCount(0);
  await expectAccessible(page);

  await handingOn(shop, 'https://other.example/sms');
  await page.getByRole('button', { name: 'Test now' }).click();
  await expect(link('Replies')).toContainText('Does not work');
  await expect(link('Replies')).toContainText('other.example');
  await expectAccessible(page);
  await link('Replies').getByRole('button', { name: 'Have replies come here' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Have replies come here' }).click();
  await expect(link('Replies')).toContainText('Twilio hands what people write to this application.');

  await simulator('keys/revoke', { accountSid: shop.twilio.accountSid });
  await page.getByRole('button', { name: 'Test now' }).click();
  await expect(link('API keys')).toContainText('Twilio refused these keys.');
  await link('API keys').getByRole('link', { name: 'Go to the keys' }).click();
  await expect(page.getByLabel('API key SID')).toBeInViewport();
});
