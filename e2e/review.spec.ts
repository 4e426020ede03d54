import type { Page } from '@playwright/test';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import {
  acceptAgreement, address, arrivals, endHold, expect, expectAccessible, expectAccessibleEverywhere, freshEmail, join, MESSAGE, ok, okPage, open, organization, PASSWORD, restOf, signIn, signUp, simulator, test, type Organization,
} from './fixtures.ts';

test.describe.configure({ mode: 'parallel' });

test('journey 11: a test goes to a typed phone with the values of a chosen person, and is in no list, report or cap', async ({ page }) => {
  const shop = await organization('Try First', { people: 12, hasAccepted: true });
  const id = await draft(shop, 'Tried first');
  await signIn(page, { email: shop.email, password: PASSWORD });
  await setRules(page, { frequencyCapHours: 24 });
  await open(page, `/broadcasts/${id}`);
  await page.keyboard.press('ControlOrMeta+Shift+T');
  const dialog = page.getByRole('dialog', { name: 'Send a test' });
  await dialog.getByLabel('Phone numbers').fill('12');
  await expect(dialog.getByText(/is too short|not complete/)).toBeVisible();
  await dialog.getByLabel('Phone numbers').fill('+1 202 555 0911\n+1 202 555 0912');
  await dialog.getByLabel('With the values of').selectOption({ index: 3 });
  const said = dialog.getByRole('region', { name: 'What they get' });
  await expect(said).toContainText(/^\[Test\] \w+, 20% off this weekend/);
  await expect(said).toContainText(/1.segment each, about \$0\.02 in all/);
  await expectAccessibleEverywhere(page);
  const text = (await said.locator('p').first().textContent()) ?? '';
  await dialog.getByRole('button', { name: 'Send 2 test messages' }).click();
  const messages = dialog.getByRole('list', { name: 'Test messages' });
  await expect(messages.getByText('Delivered')).toHaveCount(2, { timeout: 60_000 });
  await expectAccessible(page);
  const { messages: received } = await simulator<{ messages: { to: string; body: string }[] }>(`messages?accountSid=${shop.twilio.accountSid}&limit=10`);
  expect(received.map(({ to }) => to).toSorted()).toEqual(['+12025550911', '+12025550912']);
  expect(received.every(({ body }) => body === text)).toBe(true);

  await dialog.getByRole('button', { name: 'Done' }).click();
  expect((await okPage<BroadcastView>(shop.rest('GET', '/broadcast'))).total).toBe(1);
  const { waterfall } = await ok<{ waterfall: { key: string; count: number }[] }>(shop.rest('POST', `/broadcast/${id}/preview`));
  expect(waterfall.find(({ key }) => key === 'recipients')?.count, 'nobody is capped by a test').toBe(12);
  expect((await ok<{ totals: { handed: number } }>(shop.rest('GET', '/usage/stats'))).totals.handed).toBe(0);
  await page.keyboard.press('ControlOrMeta+Shift+T');
  await expect(dialog.getByLabel('Phone numbers'), 'the numbers are remembered').toHaveValue('+1 202 555 0911\n+1 202 555 0912');
});

test('journey 14: the first send meets the agreement, accepted it goes on once, and the settings say who accepted which words', async ({ page }) => {
  const fresh = await organization('First Send', { people: 8 });
  const id = await draft(fresh, 'The first');
  expect(await fresh.rest('POST', `/broadcast/${id}/send`)).toMatchObject({ status: 402, body: { code: 'agreement_required', service: 'bulk-sms' } });
  await signIn(page, { email: fresh.email, password: PASSWORD });
  await open(page, `/broadcasts/${id}/review`);
  await send(page, 'Send to 8 people');
  const dialog = page.getByRole('dialog', { name: 'Before your first SMS: who is responsible for what' });
  await expect(dialog.getByLabel('I accept this for my organisation.')).not.toBeChecked();
  await expect(dialog.getByRole('definition').filter({ hasText: /^owner$/i })).toBeVisible();
  await expect(dialog.getByRole('region', { name: 'Full text of the agreement' })).toContainText('Who pays');
  await expect(dialog.getByRole('link', { name: 'Download as text' })).toHaveAttribute('download', /^agreement-bulk-sms-/);
  await expect(dialog.getByText(/Version 20\d\d-\d\d-\d\d, SHA-256 [0-9a-f]{12}/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Accept and continue to send' }).click();
  await expect(dialog.getByText('Tick the box to accept.')).toBeVisible();
  await expectAccessibleEverywhere(page);
  await acceptAgreement(dialog);
  await page.waitForURL(`**/broadcasts/${id}`);
  expect((await arrivals(fresh.twilio)).count, 'held for a minute').toBe(0);
  await endHold(page);
  await expect.poll(async () => (await arrivals(fresh.twilio)).count, { timeout: 60_000 }).toBe(8);
  await page.waitForTimeout(1_500);
  expect((await arrivals(fresh.twilio)).count, 'exactly one send').toBe(8);
  await open(page, '/settings/agreement');
  const acceptance = page.locator('dl[aria-label="Acceptance"]');
  await expect(acceptance).toContainText('Owner of First Send');
  await expect(acceptance).toContainText(/[0-9a-f]{64}/);
  await expectAccessible(page);
});

test('journey 15: somebody who may not accept is told who can, and there is no way round by the API', async ({ page, request }) => {
  const strict = await organization('Ask the Owner', { people: 4 });
  const id = await draft(strict, 'Not mine to accept');
  const email = freshEmail('marketer');
  await signUp(request, { name: 'Mo Marketer', organizationName: 'Mo alone', email });
  await join(email, strict.name, 'marketer');
  await signIn(page, { email, password: PASSWORD });
  await open(page, `/broadcasts/${id}/review`);
  await send(page, 'Send to 4 people');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Only owners and admins can accept the agreement')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Copy link to the agreement' })).toBeVisible();
  await expect(dialog.getByRole('link', { name: 'Write to Owner of Ask the Owner' })).toHaveAttribute('href', /^mailto:.+@.+body=.*settings%2Fagreement/);
  await expect(dialog.getByRole('button', { name: 'Accept and continue to send' })).toHaveCount(0);
  await expectAccessible(page);
  const rest = await restOf(request, email, PASSWORD);
  expect((await rest('POST', '/org-management/services/bulk-sms/agreement/accept', {})).status).toBe(403);
  expect((await rest('POST', `/broadcast/${id}/send`)).status).toBe(402);
  expect((await rest('POST', `/broadcast/${id}/test`, { numbers: ['+12025550913'] })).status).toBe(402);
  expect((await arrivals(strict.twilio)).count).toBe(0);
});

test('journey 16: what Twilio bills lies within the range that the review showed; what it has not priced is named', async ({ page }) => {
  const shop = await organization('Within the Range', { people: 40, hasAccepted: true });
  const id = await draft(shop, 'Priced');
  await simulator('config', { accountSid: shop.twilio.accountSid, priceDelaySeconds: 20 });
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, `/broadcasts/${id}/review`);
  const { low, high } = (await ok<{ estimate: { low: string; high: string } }>(shop.rest('POST', `/broadcast/${id}/preview`))).estimate;
  await expect(page.getByText(/^Most likely \$0\.33/)).toBeVisible();
  await page.getByText('How it is worked out').click();
  await expect(page.getByRole('table', { name: 'Cost by country' })).toContainText('United States');
  await expect(page.getByText(/40.messages of 1.segment/)).toBeVisible();
  await expect(page.getByText(/enough for the likely cost/)).toBeVisible();
  await expectAccessibleEverywhere(page);
  await send(page, 'Send to 40 people');
  await page.waitForURL(`**/broadcasts/${id}`);
  await endHold(page);
  await expect(page.getByText(/40 .*not priced|not priced.* 40/i).first()).toBeVisible({ timeout: 60_000 });
  await expect.poll(async () => {
    const { cost, unpricedMessages } = await ok<BroadcastView>(shop.rest('GET', `/broadcast/${id}`));
    return unpricedMessages === 0 && cost[0] ? Number(cost[0].settled) : null;
  }, { timeout: 120_000 }).not.toBeNull();
  const billed = Number((await ok<BroadcastView>(shop.rest('GET', `/broadcast/${id}`))).cost[0]?.settled);
  expect(billed).toBeGreaterThanOrEqual(Number(low));
  expect(billed).toBeLessThanOrEqual(Number(high));
});

test('journey 47: a second person approves on a phone in three taps, and any change makes it void', async ({ page, request, browser, baseURL }) => {
  const guarded = await organization('Four Eyes', { people: 6, hasAccepted: true });
  const id = await draft(guarded, 'Needs a second look');
  const email = freshEmail('admin');
  await signUp(request, { name: 'Ada Admin', organizationName: 'Ada alone', email });
  await join(email, guarded.name, 'admin');

  await signIn(page, { email: guarded.email, password: PASSWORD });
  await setRules(page, { approvalRecipients: 5 });
  await open(page, `/broadcasts/${id}/review`);
  await expect(page.getByText('A second person must approve this')).toBeVisible();
  const sendButton = page.getByRole('button', { name: 'Send to 6 people' });
  await expect(sendButton).toBeDisabled();
  expect(await guarded.rest('POST', `/broadcast/${id}/send`)).toMatchObject({ status: 409, body: { code: 'approval_required' } });
  await expectAccessibleEverywhere(page);
  await page.getByRole('button', { name: 'Ask for approval' }).click();
  await expect(page.getByText('Waiting for a second person')).toBeVisible();

  const phone = await browser.newContext({ baseURL: baseURL ?? '', viewport: { width: 375, height: 740 }, hasTouch: true });
  const other = await phone.newPage();
  await signIn(other, { email, password: PASSWORD });
  await open(other, '/');
  let taps = 0;
  const tap = async (role: 'link' | 'button', name: string | RegExp) => { await other.getByRole(role, { name }).last().tap(); taps += 1; };
  await tap('link', /Approve “Needs a second look”\?/);
  await expect(other.getByText('Your approval is asked for')).toBeVisible();
  await expectAccessible(other);
  await tap('button', 'Approve…');
  await expectAccessible(other);
  await tap('button', 'Approve');
  await expect(other.getByText(/^By Ada Admin/)).toBeVisible();
  expect(taps).toBeLessThanOrEqual(3);
  await phone.close();

  await expect(page.getByText(/^By Ada Admin/), 'the page of the one who asked learns it by itself').toBeVisible();
  await expect(sendButton).toBeEnabled();
  await ok(guarded.rest('PATCH', `/broadcast/${id}`, { content: 'Hello {{firstName}}, another text' }));
  await open(page, `/broadcasts/${id}/review`);
  await expect(page.getByText('The text changed since Ada Admin approved it.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send to 6 people' })).toBeDisabled();
  await ok(guarded.rest('PATCH', `/broadcast/${id}`, { content: MESSAGE }));
  await open(page, `/broadcasts/${id}/review`);
  await send(page, 'Send to 6 people');
  await page.waitForURL(`**/broadcasts/${id}`);
});

test('a stage is chosen on the review, and a large send asks for its number', async ({ page }) => {
  const shop = await organization('In Stages', { people: 30, hasAccepted: true, brandScore: 60 });
  const id = await draft(shop, 'In stages');
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, `/broadcasts/${id}/review`);
  await page.getByRole('radio', { name: 'First 100, then look' }).check();
  await page.getByLabel('People in the first part').fill('10');
  await page.getByRole('textbox', { name: /Budget of this broadcast/ }).fill('0.1');
  await page.keyboard.press('Tab');
  await expect(page.getByText(/it will pause when that is spent/)).toBeVisible();
  await expect.poll(() => ok<BroadcastView>(shop.rest('GET', `/broadcast/${id}`))).toMatchObject({ stageSize: 10, budget: '0.10' });
  await page.getByRole('textbox', { name: /Budget of this broadcast/ }).fill('');
  await page.keyboard.press('Tab');
  await expect(page.getByText(/it will pause when that is spent/)).toHaveCount(0);
  await send(page, 'Send to 30 people', /It pauses after the first 10\./);
  await page.waitForURL(`**/broadcasts/${id}`);
  await endHold(page);
  await expect(page.getByRole('button', { name: /Resume|Go on/ }).first()).toBeVisible({ timeout: 60_000 });
  expect((await arrivals(shop.twilio)).count).toBe(10);
});

test('the history keeps versions, shows what changed word by word, and brings one back', async ({ page }) => {
  const shop = await organization('Versions', { people: 3 });
  const id = await draft(shop, 'Kept');
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, `/broadcasts/${id}`);
  await page.getByRole('button', { name: 'History' }).click();
  const history = page.getByRole('dialog', { name: 'History' });
  await history.getByLabel('Name of this version').fill('As agreed');
  await history.getByRole('button', { name: 'Save name' }).click();
  await expect(history.getByRole('list', { name: 'Versions' })).toContainText('As agreed');
  await page.keyboard.press('Escape');
  await page.getByLabel('Text', { exact: true }).fill(MESSAGE.replace('20%', '50%'));
  await expect.poll(async () => (await ok<BroadcastView>(shop.rest('GET', `/broadcast/${id}`))).content).toContain('50%');
  await page.getByRole('button', { name: 'History' }).click();
  await expect(history.locator('del')).toHaveText(/20/);
  await expect(history.locator('ins')).toHaveText(/50/);
  await expectAccessibleEverywhere(page);
  await history.getByRole('button', { name: /As agreed/ }).click();
  await history.getByRole('button', { name: 'Restore this version' }).click();
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue(MESSAGE);
  await page.getByRole('button', { name: 'History' }).click();
  await expect(history.getByRole('list', { name: 'Versions' }).getByRole('listitem')).toHaveCount(3);
});

async function draft(shop: Organization, broadcastName: string): Promise<string> {
  return (await ok<BroadcastView>(shop.rest('POST', '/broadcast', { broadcastName, channel: 'sms', content: MESSAGE, selectedLists: ['friends'] }))).id;
}

/** Rules of the organisation, as its settings write them. */
async function setRules(page: Page, rules: { frequencyCapHours?: number; approvalRecipients?: number }) {
  const answer = await page.request.post('/api/trpc/organization.update', { data: { json: rules }, headers: { origin: address('E2E_URL'), 'sec-fetch-site': 'same-origin' } });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Presses Send and says yes to the last question. */
async function send(page: Page, name: string, question = /Nothing is handed to Twilio for 60 seconds/) {
  await page.getByRole('button', { name }).click();
  const confirm = page.getByRole('alertdialog');
  await expect(confirm).toContainText(question);
  await confirm.getByRole('button', { name }).click();
}
