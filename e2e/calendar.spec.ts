import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { expect, expectAccessible, ok, open, organization, PASSWORD, signIn, test } from './fixtures.ts';

test('a booked broadcast is found in the calendar with the arrow keys, and its day shows it', async ({ page }) => {
  const own = await organization('Planners', { people: 3, hasAccepted: true });
  const next = new Date();
  next.setUTCMonth(next.getUTCMonth() + 1, 15);
  const month = next.toISOString().slice(0, 7);
  const { id } = await ok<BroadcastView>(own.rest('POST', '/broadcast', { broadcastName: 'Mid-month offer', channel: 'sms', content: 'Hello. Reply STOP to opt out.', selectedLists: ['friends'] }));
  await ok(own.rest('POST', `/broadcast/${id}/send`, { scheduledAt: `${month}-15T09:00:00Z` }));
  await signIn(page, { email: own.email, password: PASSWORD });
  await open(page, '/broadcasts');
  await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Calendar' }).click();
  await expect(page.getByRole('heading', { name: 'Calendar', level: 1 })).toBeVisible();
  await expect(page.getByText('Nothing is scheduled or was sent in this month.')).toBeVisible();

  await page.getByRole('link', { name: /^Later:/ }).click();
  await expect(page.getByRole('link', { name: 'Mid-month offer' })).toBeVisible();
  const day = (date: number) => page.locator(`#day-${month}-${String(date).padStart(2, '0')}`);
  await day(1).focus();
  for (const key of ['ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  await expect(day(15)).toBeFocused();
  await expect(day(15)).toHaveAccessibleName(/15 .*, 1\sbroadcast/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`month=${month}&day=${month}-15$`));
  await expect(day(15)).toHaveAttribute('aria-current', 'true');
  await expectAccessible(page);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing is scheduled or was sent on this day.')).toBeVisible();
  await page.getByRole('link', { name: 'Whole month' }).click();
  await page.getByRole('link', { name: 'Mid-month offer' }).click();
  await expect(page.getByRole('heading', { name: 'Mid-month offer', level: 1 })).toBeVisible();
});
