import { acceptAgreement, address, arrivals, endHold, expect, expectAccessible, expectToAddUp, freshEmail, MESSAGE, open, PASSWORD, peopleCsv, person, shownCounts, simulatedAccount, simulator, test } from './fixtures.ts';

const PEOPLE = 1_000;

test('P7 P13 P27-P30 P34 P82-P85: somebody new signs up, connects Twilio, imports 1,000 people and sends them a message', async ({ page }) => {
  test.setTimeout(300_000);
  // Brand score 60: 120 segments a second, so that there is something to watch.
  const twilio = await simulatedAccount({ friendlyName: 'Acme Mountain', brandScore: 60 });

  await test.step('sign up', async () => {
    await open(page, '/sign-up');
    await page.getByLabel('Your name').fill('Mara Novak');
    await page.getByLabel('Organisation').fill('Acme Mountain');
    await page.getByLabel('E-mail').fill(freshEmail('mara'));
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByRole('link', { name: /Connect Twilio/ }).first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('P7: connect Twilio, every link of the connection is checked', async () => {
    await open(page, '/settings/twilio');
    await page.getByLabel('Account SID').fill(twilio.accountSid);
    await page.getByLabel('API key SID').fill(twilio.apiKeySid);
    await page.getByLabel('API key secret').fill(twilio.apiKeySecret);
    await page.getByLabel('Auth token').fill(twilio.authToken);
    await page.getByLabel('Messaging Service SID').fill(twilio.messagingServiceSid);
    await page.getByLabel('Default sender number').fill(twilio.numbers[0]?.phoneNumber ?? '');
    await page.getByRole('button', { name: 'Connect and check' }).click();
    const checks = page.getByRole('list', { name: 'Checks of the connection' });
    await expect(checks.getByText('Works', { exact: true })).toHaveCount(15);
    await expect(page.getByRole('list', { name: 'Senders' })).toContainText('Can send');
    await expectAccessible(page);
  });

  await test.step('import 1,000 people into a new list', async () => {
    await open(page, '/contacts/import');
    await page.getByLabel('Choose file').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(peopleCsv(PEOPLE)) });
    await page.getByLabel('List', { exact: true }).selectOption({ label: 'New list…' });
    await page.getByLabel('Name of the new list').fill('Spring customers');
    // With a list a column may also be data of the list: the check is asked for again.
    await page.getByRole('button', { name: 'Check file' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Import 1,000 people' }).click();
    await expect(page.getByText('1,000 people are in Spring customers')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('P13: write the message to them', async () => {
    await page.getByRole('button', { name: 'Write a broadcast' }).click();
    await page.getByLabel('Name', { exact: true }).fill('March promo');
    await page.getByLabel('Text', { exact: true }).fill(MESSAGE);
    await expect(page.getByRole('region', { name: 'Preview' })).toContainText(', 20% off this weekend with code MAR20: https://acme.app/m');
    await expect(page.getByText(/^Saved/)).toBeVisible();
    await expect(page.getByRole('checkbox', { name: /Spring customers/ })).toBeChecked();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Review' }).first().click();
  });

  await test.step('the review says who gets it, and the numbers add up', async () => {
    await expect(page.getByRole('heading', { name: 'Review and send' })).toBeVisible();
    const way = page.getByRole('table', { name: 'From everybody chosen to those who get the message' });
    await expect(way).toContainText(/In Spring customers\s*1,000/);
    await expect(way).toContainText(/Will be sent\s*1,000/);
    await expectAccessible(page);
  });

  const broadcastUrl = page.url().replace(/\/review$/, '');
  await test.step('P27 P28: the first send asks for the agreement and sends nothing', async () => {
    await page.getByRole('button', { name: 'Send to 1,000 people' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Send to 1,000 people' }).click();
    const agreement = page.getByRole('dialog');
    await expect(agreement.getByLabel('I accept this for my organisation.')).toBeVisible();
    await expectAccessible(page);
    expect((await arrivals(twilio)).count).toBe(0);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Send to 1,000 people' })).toBeEnabled();
  });

  await test.step('P29: with the agreement accepted the same send goes on', async () => {
    await page.getByRole('button', { name: 'Send to 1,000 people' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Send to 1,000 people' }).click();
    await acceptAgreement(page.getByRole('dialog'));
    await page.waitForURL(broadcastUrl);
    await endHold(page);
  });

  await test.step('it goes out live, and at every moment the counts add up to everybody', async () => {
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
    const seen: number[] = [];
    await expect(async () => {
      const counts = await shownCounts(page);
      expectToAddUp(counts, PEOPLE);
      seen.push(counts.Queued ?? 0);
      expect(counts.Queued).toBe(0);
    }).toPass({ timeout: 60_000, intervals: [250] });
    expect(new Set(seen).size, `the queue was seen at ${seen.join(', ')}`).toBeGreaterThan(3);
  });

  await test.step('P34: each of the 1,000 phones got it once', async () => {
    const { count, to } = await arrivals(twilio);
    expect(count).toBe(PEOPLE);
    expect(new Set(to).size).toBe(PEOPLE);
  });

  await test.step('the report appears by itself and the receipts come in', async () => {
    await expect(page.getByText('From the audience to the phones').first()).toBeVisible({ timeout: 60_000 });
    await expect(async () => {
      const counts = await shownCounts(page);
      expectToAddUp(counts, PEOPLE);
      expect(counts.Delivered).toBe(PEOPLE);
    }).toPass({ timeout: 60_000, intervals: [500] });
    await expectAccessible(page);
  });

  await test.step('P22: a phone of the simulator shows the exact text', async () => {
    const { phone, firstName } = person(417);
    const phones = await page.context().newPage();
    await phones.goto(`${address('E2E_SIMULATOR')}/?phone=${encodeURIComponent(phone)}`);
    // Other journeys write to the same people, without the line.
    await expect(phones.locator('#messages .text').filter({ hasText: 'Reply STOP' })).toHaveText([`${firstName}, 20% off this weekend with code MAR20: https://acme.app/m\nReply STOP to opt out.`]);
    await phones.close();
  });

  await test.step('P82 P85: what Twilio charged settles without a reload, and is the sum of the messages', async () => {
    await expect(page.getByText('for 1,000 messages')).toBeVisible({ timeout: 120_000 });
    const { messages } = await simulator<{ messages: { price: string | null }[] }>(`messages?accountSid=${twilio.accountSid}&limit=2000`);
    const cents = messages.reduce((sum, { price }) => sum + Math.round(Math.abs(Number(price)) * 100_000), 0) / 1_000;
    await expect(page.locator('dl').filter({ hasText: 'Charged so far' })).toContainText(`$${(cents / 100).toFixed(2)}`);
  });

  await test.step('one message is found in the log by its number, with its whole life', async () => {
    const { phone, firstName, lastName } = person(417);
    await open(page, '/deliveries');
    await page.getByLabel('Search messages').fill(phone);
    const rows = page.getByRole('table').getByRole('link');
    await expect(rows).toHaveCount(1);
    await rows.click();
    const panel = page.getByRole('dialog', { name: `${firstName} ${lastName}` });
    await expect(panel.getByRole('region', { name: 'Text' })).toContainText(`${firstName}, 20% off this weekend with code MAR20: https://acme.app/m`);
    await expect(panel.getByRole('region', { name: 'What happened' })).toContainText('Delivered');
    await expect(panel).toContainText('$0.00');
    await expectAccessible(page);
  });
});
