import type { Page } from '@playwright/test';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { arrivals, expect, expectAccessible, expectToAddUp, MESSAGE, ok, open, organization, PASSWORD, shownCounts, signIn, test, type Organization } from './fixtures.ts';

const PEOPLE = 1_000;
const EFFECTIVE = 2_000; // ms

test('a broadcast on a slow sender is paused, resumed and stopped, each within two seconds', async ({ page }) => {
  // Brand score 10: 12 segments a second, so 1,000 people take longer than the slowest machine needs to press the buttons.
  const slow = await organization('Slow Brand', { brandScore: 10, people: PEOPLE, hasAccepted: true });
  const { id } = await ok<BroadcastView>(slow.rest('POST', '/broadcast', { broadcastName: 'Slow and steady', channel: 'sms', content: MESSAGE, selectedLists: ['friends'] }));
  await ok(slow.rest('POST', `/broadcast/${id}/send`));
  await signIn(page, { email: slow.email, password: PASSWORD });
  await open(page, `/broadcasts/${id}`);
  await expect.poll(async () => (await arrivals(slow.twilio)).count).toBeGreaterThan(20);

  await test.step('pause: two seconds later nothing reaches Twilio any more', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await expectSilence(page, slow, id);
    await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
    const counts = await shownCounts(page);
    expectToAddUp(counts, PEOPLE);
    expect(counts.Queued).toBeGreaterThan(500);
    await expectAccessible(page);
  });

  await test.step('resume: within two seconds messages flow again', async () => {
    const before = (await arrivals(slow.twilio)).count;
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => statusOf(slow, id)).toBe('sending');
    await expect.poll(async () => (await arrivals(slow.twilio)).count, { timeout: EFFECTIVE, intervals: [100] }).toBeGreaterThan(before);
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  });

  await test.step('stop: it asks, names those who will not get it, and stops', async () => {
    await page.getByRole('button', { name: 'Stop…' }).click();
    const question = page.getByRole('alertdialog', { name: 'Stop “Slow and steady”?' });
    await expect(question).toContainText(/\d+\speople will not get it/);
    await expectAccessible(page);
    await question.getByRole('button', { name: 'Stop sending' }).click();
    await expectSilence(page, slow, id);
  });

  await test.step('the report says who got it, and the counts add up', async () => {
    await expect(page.getByText('From the audience to the phones').first()).toBeVisible();
    const { count, to } = await arrivals(slow.twilio);
    expect(new Set(to).size, 'nobody twice').toBe(count);
    await expect(async () => {
      const counts = await shownCounts(page);
      expectToAddUp(counts, PEOPLE);
      expect(counts.Cancelled).toBe(PEOPLE - count);
      expect(counts.Delivered).toBe(count);
    }).toPass({ timeout: 60_000 });
    await expectAccessible(page);
  });
});

const statusOf = async ({ rest }: Organization, id: string) => (await ok<BroadcastView>(rest('GET', `/broadcast/${id}`))).status;

/** Two seconds after the server has taken the order nothing arrives for two more. */
async function expectSilence(page: Page, from: Organization, id: string) {
  await expect.poll(() => statusOf(from, id)).not.toBe('sending');
  await page.waitForTimeout(EFFECTIVE);
  const { count } = await arrivals(from.twilio);
  await page.waitForTimeout(EFFECTIVE);
  expect((await arrivals(from.twilio)).count, 'messages that came later').toBe(count);
}
