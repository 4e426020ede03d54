import { DEMO, expect, expectAccessible, freshEmail, open, PASSWORD, signIn, simulatedAccount, test } from './fixtures.ts';

test('a wrong password says what to do and clears nothing', async ({ page }) => {
  await open(page, '/sign-in');
  await page.getByLabel('E-mail').fill(DEMO.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert', { name: 'You are not signed in' })).toContainText('This e-mail and password do not belong together. Check both and try again.');
  await expect(page.getByLabel('E-mail')).toHaveValue(DEMO.email);
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('not the password');
  await expectAccessible(page);
  await page.getByLabel('Password', { exact: true }).fill(DEMO.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page).toHaveURL('/');
});

test('signing in leads back to the page that was asked for', async ({ page }) => {
  await open(page, '/contacts?search=Ada');
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
  await page.getByRole('button', { name: 'Use the demo account' }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL('/contacts?search=Ada');
  await expect(page.getByRole('table')).toContainText('Ada');
});

test('signing out ends the session itself: a kept cookie opens nothing', async ({ page, context }) => {
  await signIn(page, DEMO);
  await open(page, '/');
  const kept = await context.cookies();
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
  await context.addCookies(kept);
  await open(page, '/contacts');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('an idle connection is kept longer than the minute of a proxy in front, which would answer 502', async ({ request }) => {
  const [, seconds] = /^timeout=(\d+)$/.exec((await request.get('/api/health/live')).headers()['keep-alive'] ?? '') ?? [];
  expect(Number(seconds)).toBeGreaterThan(60);
});

test('P7: wrong Twilio keys are explained in plain words, right ones are checked link by link', async ({ page }) => {
  await open(page, '/sign-up');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toContainText('Enter your name.');
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toContainText('Use at least 10 characters.');
  await expectAccessible(page);
  await page.getByLabel('Your name').fill('Nils Berg');
  await page.getByLabel('Organisation').fill('Berg & Tal');
  await page.getByLabel('E-mail').fill(freshEmail('nils'));
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page).toHaveURL('/');

  const twilio = await simulatedAccount({ friendlyName: 'Berg & Tal' });
  await open(page, '/settings/twilio');
  await page.getByLabel('Account SID').fill('AC123');
  await page.getByRole('button', { name: 'Connect and check' }).click();
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toContainText('Enter the Account SID. It starts with AC and has 34 characters.');

  await page.getByLabel('Account SID').fill(twilio.accountSid);
  await page.getByLabel('API key SID').fill(twilio.apiKeySid);
  await page.getByLabel('API key secret').fill('0123456789abcdef0123456789abcdef');
  await page.getByLabel('Auth token').fill(twilio.authToken);
  await page.getByLabel('Messaging Service SID').fill(twilio.messagingServiceSid);
  await page.getByLabel('Default sender number').fill(twilio.numbers[0]?.phoneNumber ?? '');
  await page.getByRole('button', { name: 'Connect and check' }).click();
  const checks = page.getByRole('list', { name: 'Checks of the connection' });
  await expect(checks).toContainText('Twilio refused these keys.');
  await expect(checks).toContainText('Create a new API key in Twilio');
  await expectAccessible(page);

  await page.getByLabel('API key secret').fill(twilio.apiKeySecret);
  await page.getByRole('button', { name: 'Save and check' }).click();
  await expect(checks).toContainText('Twilio accepts them.');
  await expect(checks.getByText('Does not work')).toHaveCount(0);
  await expect(page.getByLabel('API key secret')).toHaveValue('');
  expect(await page.content()).not.toContain(twilio.apiKeySecret);
});

test('the demo organisation shows what a message was, how it went and what it cost', async ({ page }) => {
  await signIn(page, DEMO);
  await open(page, '/deliveries?status=delivered');
  // Above it stand the answers of the inbox.
  await page.getByRole('row').filter({ hasText: 'Weekend offer' }).first().getByRole('link').first().click();
  const panel = page.getByRole('dialog');
  await expect(panel.getByRole('region', { name: 'Text' })).toContainText(/^Text\p{L}+, 15% off boots until Sunday with code BOOT15: https:\/\/acme\.example\/boots$/u);
  await expect(panel.getByRole('region', { name: 'What happened' })).toContainText(/Twilio took it.*Sent.*Delivered/);
  await expect(panel).toContainText('$0.0083');
});
