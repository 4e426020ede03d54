import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { expect, expectAccessibleEverywhere, MESSAGE, ok, open, organization, PASSWORD, signIn, test } from './fixtures.ts';

test('the list narrows by author and days, in the address and with counts, and each filter has its way off', async ({ page }) => {
  const { rest, email } = await organization('Many broadcasts', { people: 2, hasAccepted: true });
  const make = (broadcastName: string) => ok<BroadcastView>(rest('POST', '/broadcast', { broadcastName, channel: 'sms', content: MESSAGE, selectedLists: ['friends'] }));
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const [planned] = [await make('Planned'), await make('Draft')];
  await ok(rest('POST', `/broadcast/${planned.id}/send`, { scheduledAt: inDays(5) }));
  await signIn(page, { email, password: PASSWORD });
  await open(page, '/broadcasts');
  const rows = page.getByRole('table', { name: 'Broadcasts, newest first' }).getByRole('row');
  await expect(rows).toHaveCount(3);
  await expect(page.getByLabel('Status').getByRole('option', { name: 'Scheduled (1)' })).toBeAttached();
  await page.getByRole('button', { name: 'More filters' }).click();
  const panel = page.getByRole('dialog', { name: 'More filters' });
  await expect(panel.getByLabel('Written by').getByRole('option', { name: 'Owner of Many broadcasts (2)' })).toBeAttached();
  await panel.getByLabel('Starts from').fill(inDays(2).slice(0, 10));
  await expect(rows).toHaveCount(2);
  await expect(page).toHaveURL(/from=20\d\d-/);
  await panel.getByLabel('Written by').selectOption({ label: 'Owner of Many broadcasts (1)' });
  await expect(page).toHaveURL(/author=[0-9a-f-]{36}/);
  await expectAccessibleEverywhere(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Remove the filter: From/ }).click();
  await expect(rows).toHaveCount(3);
});
