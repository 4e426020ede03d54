import type { Page } from '@playwright/test';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { arrivals, expect, expectAccessible, expectAccessibleEverywhere, expectToAddUp, MESSAGE, ok, open, organization, PASSWORD, shownCounts, signIn, simulator, test, type Organization } from './fixtures.ts';

// Brand score 10 is a slow sender: 12 segments a second.
const SLOW = { brandScore: 10, hasAccepted: true };
const EFFECTIVE = 2_000; // ms
/** More than a busy machine gets through while a page is looked at. */
const PEOPLE = 2_000;

test.describe.configure({ mode: 'parallel', timeout: 300_000 });

test('journey 17: cancelled within the hold, nothing reaches Twilio; “Send now” ends a hold', async ({ page }) => {
  const fresh = await organization('Second Thoughts', { ...SLOW, people: 30 });
  const regretted = await draft(fresh, 'With a typo');
  await ok(fresh.rest('POST', `/broadcast/${regretted}/send`, { holdSeconds: 300 }));
  await signIn(page, { email: fresh.email, password: PASSWORD });
  await open(page, `/broadcasts/${regretted}`);
  const hold = page.getByRole('region', { name: 'Hold' });
  await expect(hold).toContainText(/Sending in [45]:\d\d/);
  await expect(page).toHaveTitle(/^Held · With a typo/);
  await expectAccessibleEverywhere(page);
  await hold.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Cancelled before anything was handed to Twilio.')).toBeVisible();
  const right = await draft(fresh, 'Without it');
  await ok(fresh.rest('POST', `/broadcast/${right}/send`, { holdSeconds: 300 }));
  await open(page, `/broadcasts/${right}`);
  await page.waitForTimeout(EFFECTIVE);
  expect((await arrivals(fresh.twilio)).count).toBe(0);
  await page.getByRole('button', { name: 'Send now' }).click();
  await expect.poll(async () => (await arrivals(fresh.twilio)).count, { timeout: 60_000 }).toBe(30);
  expect(new Set((await arrivals(fresh.twilio)).to).size).toBe(30);
});

test('journey 18: paused and resumed by key, stopped; who was sent something and who was not are lists of the log and files', async ({ page }) => {
  const slow = await organization('Slow Stop', { ...SLOW, people: PEOPLE });
  const id = await draft(slow, 'Spring sale');
  await ok(slow.rest('POST', `/broadcast/${id}/send`));
  await signIn(page, { email: slow.email, password: PASSWORD });
  await open(page, `/broadcasts/${id}`);
  await expect.poll(async () => (await arrivals(slow.twilio)).count).toBeGreaterThan(20);
  await expect(page.getByText(/messages a second now, 1[12](\.\d)? are allowed/)).toBeVisible();
  await expect(page.getByText(/The sender may send 12 segments a second/)).toBeVisible();
  await expectAccessible(page);

  await test.step('p pauses within two seconds, and says who did', async () => {
    await page.keyboard.press('p');
    await expectSilence(page, slow, id);
    await expect(page.getByText('Paused by Owner of Slow Stop.')).toBeVisible();
    await expect(page).toHaveTitle(/^Paused at [\d.]+% · Spring sale/);
    expectToAddUp(await shownCounts(page), PEOPLE);
    await expectAccessibleEverywhere(page);
    const before = (await arrivals(slow.twilio)).count;
    await page.keyboard.press('p');
    await expect.poll(() => statusOf(slow, id)).toBe('sending');
    await expect.poll(async () => (await arrivals(slow.twilio)).count, { timeout: EFFECTIVE, intervals: [100] }).toBeGreaterThan(before);
  });

  await test.step('Shift S stops; the exact lists lead to the log and to files', async () => {
    await page.keyboard.press('Shift+S');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Stop sending' }).click();
    await expectSilence(page, slow, id);
    const { count, to } = await arrivals(slow.twilio);
    const sent = page.getByRole('link', { name: new RegExp(`^${count.toLocaleString('en-US')} were sent something$`) });
    await expect(sent).toBeVisible();
    await expect(page.getByRole('link', { name: new RegExp(`^${(PEOPLE - count).toLocaleString('en-US')} were not$`) })).toBeVisible();
    const file = await page.request.get(await page.getByRole('link', { name: 'CSV of those who were sent something' }).getAttribute('href') ?? '');
    const text = await file.text();
    expect(text.trim().split('\n')).toHaveLength(count + 1);
    expect(to.every((number) => text.includes(number.slice(1)))).toBe(true);
    await expectAccessibleEverywhere(page);
    await sent.click();
    await expect(page).toHaveURL(/\/deliveries\?/);
  });
});

test('journey 20: the automatic brake stops a broadcast of which a third fails, names the code, and goes on carefully', async ({ page }) => {
  const slow = await organization('Bad List', { ...SLOW, people: 250 });
  await simulator('config', { accountSid: slow.twilio.accountSid, resultMix: { 30003: 0.4 } });
  const id = await draft(slow, 'To an old list');
  await ok(slow.rest('POST', `/broadcast/${id}/send`));
  await signIn(page, { email: slow.email, password: PASSWORD });
  await open(page, `/broadcasts/${id}`);
  await expect(page.getByText(/Stopped by the automatic brake: \d+ % of the last \d+ messages failed, most of them with “Phone was off or out of reach” \(Twilio error 30003\)/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('link', { name: /^\d+\smessages failed$/ })).toHaveAttribute('href', /status%3Afailed%2Cundelivered/);
  expect((await shownCounts(page)).Queued).toBeGreaterThan(50);
  await expectAccessibleEverywhere(page);
  await simulator('config', { accountSid: slow.twilio.accountSid, resultMix: { 30003: 0 } });
  await page.waitForTimeout(EFFECTIVE);
  const before = (await arrivals(slow.twilio)).count;
  await page.getByRole('button', { name: 'Send 50 more and watch' }).click();
  await expect(page.getByText(`The first ${before + 50} are out. Look at the results, then go on.`)).toBeVisible({ timeout: 60_000 });
  expect((await arrivals(slow.twilio)).count).toBe(before + 50);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(async () => (await arrivals(slow.twilio)).count, { timeout: 90_000 }).toBe(250);
});

test('journey 42: a budget warns, its end pauses and fails nobody; raised, the broadcast goes on', async ({ page }) => {
  const careful = await organization('Careful Spender', { ...SLOW, people: 300 });
  const id = await draft(careful, 'Within means', { budget: '2.00' });
  await ok(careful.rest('POST', `/broadcast/${id}/send`));
  await signIn(page, { email: careful.email, password: PASSWORD });
  await open(page, `/broadcasts/${id}`);
  await expect(page.getByText(/^\d+% of the budget of this broadcast is used$/)).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText('The budget of this broadcast, 2.00, is reached. Raise it on its page, then resume.')).toBeVisible({ timeout: 120_000 });
  const counts = await shownCounts(page);
  expectToAddUp(counts, 300);
  expect([counts.Failed, counts.Skipped, counts.Cancelled]).toEqual([0, 0, 0]);
  await expectAccessibleEverywhere(page);

  await open(page, '/');
  await expect(page.getByText('“Within means” is paused')).toBeVisible();
  await open(page, `/broadcasts/${id}`);
  await page.getByLabel('New budget, USD').fill('2.00');
  await page.getByRole('button', { name: 'Raise and resume' }).click();
  await expect(page.getByText('Enter more than 2.00.')).toBeVisible();
  await page.getByLabel('New budget, USD').fill('5');
  await page.getByRole('button', { name: 'Raise and resume' }).click();
  await expect.poll(async () => (await arrivals(careful.twilio)).count, { timeout: 60_000 }).toBe(300);
  expect(new Set((await arrivals(careful.twilio)).to).size, 'nobody twice').toBe(300);
});

test('the list says how far each broadcast is, why it does not go faster, what failed, what it costs and when it ends', async ({ page }) => {
  const slow = await organization('Many Broadcasts', { ...SLOW, people: 300 });
  const [moving, resting] = [await draft(slow, 'On its way'), await draft(slow, 'Resting')];
  for (const id of [moving, resting]) await ok(slow.rest('POST', `/broadcast/${id}/send`));
  await ok(slow.rest('POST', `/broadcast/${resting}/pause`));
  await signIn(page, { email: slow.email, password: PASSWORD });
  await open(page, '/broadcasts');
  const row = page.getByRole('row', { name: /On its way/ });
  await expect(row).toContainText(/The sender may send 12 segments a second/);
  await expect(row).toContainText(/until about \d\d:\d\d/);
  await expect(row.getByRole('progressbar')).toBeVisible();
  await expect(page.getByRole('row', { name: /Resting/ })).toContainText('Paused by Owner of Many Broadcasts.');
  await expectAccessibleEverywhere(page);
  await page.setViewportSize({ width: 1280, height: 860 });
  await row.getByRole('link', { name: 'On its way' }).focus();
  await page.keyboard.press('d');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Copy of On its way');
});

async function draft({ rest }: Organization, broadcastName: string, rules: object = {}): Promise<string> {
  const { id } = await ok<BroadcastView>(rest('POST', '/broadcast', { broadcastName, channel: 'sms', content: MESSAGE, selectedLists: ['friends'], ...rules }));
  return id;
}

const statusOf = async ({ rest }: Organization, id: string) => (await ok<BroadcastView>(rest('GET', `/broadcast/${id}`))).status;

/** Two seconds after the server has taken the order nothing arrives for two more. */
async function expectSilence(page: Page, from: Organization, id: string) {
  await expect.poll(() => statusOf(from, id)).not.toBe('sending');
  await page.waitForTimeout(EFFECTIVE);
  const { count } = await arrivals(from.twilio);
  await page.waitForTimeout(EFFECTIVE);
  expect((await arrivals(from.twilio)).count, 'messages that came later').toBe(count);
}
