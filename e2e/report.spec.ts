import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import type { DeliveryView } from '#server/domain/delivery/schema.ts';
import { expect, expectAccessible, expectAccessibleEverywhere, MESSAGE, ok, okPage, open, organization, PASSWORD, signIn, test, type Organization } from './fixtures.ts';

const PEOPLE = 40;
/** Numbers of Twilio's test range: a phone that is off, a landline, a filtered message, a number that cannot get texts. */
const FAILING = { 30003: '+15005553003', 30006: '+15005553006', 30007: '+15005553007', 21614: '+15005551614' };
const FORMULA = '=HYPERLINK("https://evil.example","Ann")';

/** A finished broadcast to 40 people who got it and four who did not. */
async function finishedBroadcast(name: string): Promise<{ owner: Organization; id: string }> {
  const owner = await organization(name, { people: PEOPLE, hasAccepted: true });
  for (const [code, phone] of Object.entries(FAILING)) {
    await ok(owner.rest('POST', '/crm/contacts', { phone, firstName: code === '30003' ? FORMULA : `Code ${code}`, lists: ['friends'], consentSource: 'a form' }));
  }
  const { id } = await ok<BroadcastView>(owner.rest('POST', '/broadcast', { broadcastName: 'March promo', channel: 'sms', content: MESSAGE, selectedLists: ['friends'] }));
  await ok(owner.rest('POST', `/broadcast/${id}/send`));
  await expect(async () => {
    const { status, counts } = await ok<BroadcastView>(owner.rest('GET', `/broadcast/${id}`));
    expect({ status, delivered: counts.delivered, undelivered: counts.undelivered, failed: counts.failed }).toEqual({ status: 'sent', delivered: PEOPLE, undelivered: 3, failed: 1 });
  }).toPass({ timeout: 60_000 });
  return { owner, id };
}

const numberIn = (text: string | null) => Number(/[\d,]+/.exec(text ?? '')?.[0].replaceAll(',', ''));
const card = (page: Page, title: string) => page.locator('section').filter({ has: page.getByRole('heading', { name: title, level: 2 }) });

/** Name and count of each row of a figure's table. */
const tableOf = (figure: Locator) => figure.getByRole('row').evaluateAll((rows) => rows.slice(1).map((row) => {
  const [name, count] = [...row.querySelectorAll('[role=cell]')].map((cell) => cell.textContent ?? '');
  return [name ?? '', Number(/[\d,]+/.exec(count ?? '')?.[0].replaceAll(',', ''))] as const;
}));

async function savedCsv(page: Page, save: () => Promise<void>): Promise<Array<Record<string, string>>> {
  const [download] = await Promise.all([page.waitForEvent('download'), save()]);
  return parse(await readFile(await download.path()), { bom: true, columns: true }) as Array<Record<string, string>>;
}

test('journey 25: the report says how far it came, how fast, and what to do about each failure; every chart has its table', async ({ page }) => {
  test.setTimeout(240_000); // nine looks of axe
  const { owner, id } = await finishedBroadcast('Report Reader');
  await signIn(page, { email: owner.email, password: PASSWORD });
  await open(page, `/broadcasts/${id}`);
  const expected: Array<[string, number]> = [['Audience', 44], ['Handed to Twilio', 43], ['Sent to the carrier', 43], ['Delivered', 40]];

  await test.step('the funnel equals what happened, as bars, as a table and as a file', async () => {
    const funnel = card(page, 'From the audience to the phones');
    const bars = await funnel.getByRole('listitem').evaluateAll((items) => items.map((item) => [item.querySelector('span')?.textContent ?? '', Number(/\d+/.exec(item.querySelectorAll('span')[2]?.textContent ?? '')?.[0])]));
    expect(bars).toEqual(expected);
    await funnel.getByRole('button', { name: 'Table' }).click();
    expect(await tableOf(funnel)).toEqual(expected);
    const file = await savedCsv(page, () => funnel.getByRole('button', { name: 'CSV' }).click());
    expect(file.map((row) => [row.Step, Number(row.People)])).toEqual(expected);
    expect(file.at(-1)).toMatchObject({ 'Of all': '91%', 'Of the step before': '93%' });
  });

  await test.step('the times to deliver add up to those delivered', async () => {
    const times = card(page, 'Time to deliver');
    await expect(times).toContainText(/Half of the messages arrived within/);
    await times.getByRole('button', { name: 'Table' }).click();
    expect((await tableOf(times)).reduce((sum, [, count]) => sum + count, 0)).toBe(PEOPLE);
  });

  await test.step('failures stand under what to do about them', async () => {
    const counts = async (name: string) => numberIn(await page.getByRole('region', { name, exact: true }).getByRole('heading').textContent());
    expect([await counts('Fix the list'), await counts('Fix the text'), await counts('Try again later')]).toEqual([2, 1, 1]);
    await expect(page.getByRole('region', { name: 'Fix the list' })).toContainText('Landline or number that cannot get texts');
  });

  await test.step('a figure’s definition opens by keyboard', async () => {
    await page.getByRole('button', { name: 'What “Wasted” means' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'What “Wasted” means' })).toContainText('Charged for messages that were not delivered');
    await page.keyboard.press('Escape');
  });
  await expectAccessibleEverywhere(page);

  await test.step('a group leads to its rows', async () => {
    await page.getByRole('region', { name: 'Fix the list' }).getByRole('heading').getByRole('link').click();
    await expect(page.getByRole('link', { name: '+1 500 555 1614' })).toBeVisible();
    await expect(page.getByRole('link', { name: '+1 500 555 3006' })).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(3);
    await page.goBack();
  });

  await test.step('numbers that cannot get texts leave the list', async () => {
    await page.getByRole('button', { name: 'Remove these 2 from the list…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove from the list' }).click();
    await expect(page.getByText('people removed from the list')).toBeVisible();
    expect((await okPage(owner.rest('GET', '/crm/lists/friends/members?ps=1'))).total).toBe(PEOPLE + 2);
  });

  await test.step('who was out of reach gets a draft of their own', async () => {
    await page.getByRole('region', { name: 'Try again later' }).getByRole('button', { name: 'Retry this one…' }).click();
    await expect(page.getByLabel('Name').first()).toHaveValue('Again: March promo');
  });
});

test('a report is shared by a link: figures without a sign-in, no person in them, gone at once when it is revoked', async ({ page, browser }) => {
  test.setTimeout(240_000);
  const { owner, id } = await finishedBroadcast('Report Sharer');
  await signIn(page, { email: owner.email, password: PASSWORD });
  await open(page, `/broadcasts/${id}`);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this report' });
  await dialog.getByRole('button', { name: 'Make link' }).click();
  await expect(dialog.getByText('Copy it now')).toBeVisible();
  const address = (await dialog.locator('code').textContent()) ?? '';
  expect(address).toMatch(/\/r\/[0-9a-f]{32}$/);
  await expectAccessibleEverywhere(page);

  const stranger = await (await browser.newContext()).newPage();
  await test.step('a stranger sees the figures and nobody', async () => {
    const answer = await stranger.goto(address);
    expect(answer?.headers()['x-robots-tag']).toContain('noindex');
    expect(answer?.headers()['referrer-policy']).toContain('no-referrer');
    expect(answer?.headers()['content-security-policy']).toContain("default-src 'self'");
    await expect(stranger.getByRole('heading', { name: 'March promo', level: 1 })).toBeVisible();
    await expect(card(stranger, 'From the audience to the phones')).toContainText('44');
    await expect(stranger.getByRole('heading', { name: 'Cost', level: 2 })).toHaveCount(0);
    const sent = (await answer?.text()) ?? '';
    for (const personal of ['+1202', '+1500', FORMULA.slice(1, 9), 'Code 30006', owner.email, id]) expect(sent).not.toContain(personal);
    await expect(stranger.locator('a[href^="/"]')).toHaveCount(0);
    await expectAccessibleEverywhere(stranger);
  });

  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await expect(dialog.getByRole('button', { name: 'Revoke' })).toHaveCount(0);
  expect((await stranger.reload())?.status()).toBe(404);
  await expect(stranger.getByRole('heading', { name: 'This link shows nothing' })).toBeVisible();
  await stranger.context().close();
});

test('journey 26: the log finds a message by SID, last digits, name and operators, and gives itself as a safe file', async ({ page }) => {
  test.setTimeout(240_000);
  const { owner, id } = await finishedBroadcast('Log Reader');
  const { data } = await okPage<DeliveryView>(owner.rest('GET', `/broadcast/${id}/deliveries?ps=200`));
  const one = data.find((delivery) => delivery.recipient === '+12025551001')!;
  await signIn(page, { email: owner.email, password: PASSWORD });
  await open(page, '/deliveries');
  const box = page.getByRole('searchbox', { name: 'Search messages' });
  const rows = page.getByRole('table', { name: 'Messages, newest first' }).getByRole('row');
  const find = async (search: string, count: number) => {
    await box.fill(search);
    await expect(rows, search).toHaveCount(count + 1);
  };

  await test.step('one box for all', async () => {
    await page.keyboard.press('/');
    await expect(box).toBeFocused();
    await find('1001', 5);
    await find(one.providerMessageId!, 1);
    await expect(page.getByRole('link', { name: '+1 202 555 1001' })).toBeVisible();
    await find('Code 30006', 1);
    await find('+1 (500) 555-3007', 1);
    await find('status:undelivered', 3);
    await find('status:undelivered,failed code:30007,21614', 2);
    await find('to:US since:today broadcast:"march" 3003', 1);
    await box.fill('status:delivered response:opt_out');
    await expect(page.getByText('Nothing matches')).toBeVisible();
    await box.fill('state:failed');
    await expect(page.getByText('There is no operator ‘state:’.')).toBeVisible();
    await page.getByRole('button', { name: 'What the search understands' }).click();
    await expect(page.getByRole('dialog', { name: 'What the search understands' })).toContainText('status:undelivered,failed');
    await page.keyboard.press('Escape');
  });

  await test.step('by keyboard to the whole life of a message', async () => {
    await find('code:30003', 1);
    await box.blur();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog');
    await expect(panel).toContainText('Phone was off or out of reach');
    await expect(panel.getByRole('region', { name: 'Why this one?' })).toContainText('On Friends since');
    await expect(panel.getByRole('region', { name: 'Why this one?' })).toContainText('Consent: a form');
    await expect(panel.getByRole('link', { name: /Open in Twilio Console/ })).toHaveAttribute('href', /\/SM[0-9a-f]{32}$/);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  });

  await test.step('r writes to the person in focus again where that may help, and says why not elsewhere', async () => {
    await find(one.providerMessageId!, 1);
    await expect(page.getByRole('link', { name: '+1 202 555 1001' })).toBeVisible();
    await box.blur();
    await page.keyboard.press('j');
    await page.keyboard.press('r');
    await expect(page.getByText('Only a message that failed is tried again.')).toBeVisible();
    await find('code:30003', 1);
    await expect(page.getByRole('link', { name: '+1 500 555 3003' })).toBeVisible();
    await box.blur();
    await page.keyboard.press('j');
    await page.keyboard.press('r');
    await expect(page).toHaveURL(/\/broadcasts\/[0-9a-f-]{36}$/);
    await expect(page.getByLabel('Name').first()).toHaveValue('Again: March promo');
    await open(page, '/deliveries');
  });

  await test.step('the file holds what the log finds, and no cell of it is a formula', async () => {
    await find('status:undelivered', 3);
    await page.getByRole('button', { name: 'Export' }).click();
    const file = await savedCsv(page, () => page.getByRole('menuitem', { name: 'CSV, for spreadsheets' }).click());
    expect(file.map((row) => row.To).toSorted()).toEqual(['+15005553003', '+15005553006', '+15005553007']);
    expect(file.find((row) => row.To === '+15005553003')).toMatchObject({ Name: `'${FORMULA}`, 'Twilio code': '30003', Broadcast: 'March promo', State: 'undelivered' });
    const whole = await page.request.get(`/api/export/deliveries.csv?broadcastId=${id}`);
    expect((parse(await whole.body(), { bom: true, columns: true }) as unknown[]).length).toBe(PEOPLE + 4);
  });
  await box.fill('');
  await expect(rows).toHaveCount(PEOPLE + 5);
  await expectAccessibleEverywhere(page);
});
