import postgres from 'postgres';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { address, arrivals, expect, expectAccessibleEverywhere, MESSAGE, ok, open, organization, PASSWORD, signIn, test, type Organization } from './fixtures.ts';

test.use({ timezoneId: 'Europe/Berlin' });
test.describe.configure({ mode: 'parallel', timeout: 300_000 }); // many screens, each looked at in four shapes

const NEW_YORK = 'America/New_York';
// Of ten friends six have numbers of New York's zone, two of Denver's and two of Los Angeles'.
const FRIENDS = 10;

test('journey 21: in the quiet hours of New York those who live there wait, the others get it; none is dropped', async ({ page }) => {
  const night = await organization('Night Shift', { people: FRIENDS, hasAccepted: true });
  const id = await draft(night, 'Late news');
  await signIn(page, { email: night.email, password: PASSWORD });

  await test.step('the settings say what quiet hours do, and take two ends or none', async () => {
    await open(page, '/settings/sending');
    await page.getByLabel('From').fill(clockIn(NEW_YORK, -60));
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Enter when the quiet hours end' })).toBeFocused();
    await expectAccessibleEverywhere(page);
    await page.locator('#quietTo').fill(clockIn(NEW_YORK, 90));
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved. The rules hold from the next message on.')).toBeVisible();
  });

  await test.step('the review names those who would wait, and until when', async () => {
    await open(page, `/broadcasts/${id}/review`);
    await expect(page.getByText(/6\speople wait for the end of theirs/)).toBeVisible();
    await expect(page.getByRole('row', { name: /New York/ })).toContainText('after quiet hours');
    await expect(page.getByRole('row', { name: /Denver/ })).not.toContainText('after quiet hours');
    await page.getByRole('switch', { name: 'Send in quiet hours too' }).click();
    await expect(page.getByText('People may get it at night.')).toBeVisible();
    await page.getByRole('switch', { name: 'Send in quiet hours too' }).click();
    await expect(page.getByText(/6\speople wait for the end of theirs/)).toBeVisible();
    await expectAccessibleEverywhere(page);
  });

  await test.step('four are handed over, six are held with the hour at which they go', async () => {
    await ok(night.rest('POST', `/broadcast/${id}/send`));
    await open(page, `/broadcasts/${id}`);
    await expect(page.getByText(/Quiet hours until .* for 6\speople\./).first()).toBeVisible();
    await expectAccessibleEverywhere(page);
    expect((await arrivals(night.twilio)).to.map((to) => to.slice(2, 5)).toSorted()).toEqual(['303', '303', '415', '415']);
  });

  await test.step('when their hour has come, all have it once', async () => {
    await letTheNightEnd(night);
    await expect.poll(async () => (await arrivals(night.twilio)).count, { timeout: 60_000 }).toBe(FRIENDS);
    expect(new Set((await arrivals(night.twilio)).to).size).toBe(FRIENDS);
    await expect(page.getByText('From the audience to the phones').first()).toBeVisible({ timeout: 60_000 });
  });
});

test('journey 21: booked for nine in each recipient’s zone, on a day when clocks change, it names the right hour in four zones; changed and taken back', async ({ page }) => {
  const early = await organization('Early Birds', { people: FRIENDS, hasAccepted: true });
  await ok(early.rest('POST', '/crm/lists/friends/members', { members: [{ phone: '+4915112345601' }] }));
  const id = await draft(early, 'Good morning');
  const { day, isSpring } = nextChange(NEW_YORK);
  await signIn(page, { email: early.email, password: PASSWORD });
  await open(page, `/broadcasts/${id}/review`);
  await page.getByRole('button', { name: 'Schedule…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Schedule' });

  await test.step('one moment: it shows both zones and warns of a time that the clocks leave out or show twice', async () => {
    await dialog.getByLabel('Day', { exact: true }).fill(day);
    await dialog.getByLabel('Time', { exact: true }).fill(isSpring ? '02:30' : '01:30');
    await dialog.getByRole('combobox', { name: 'Time zone' }).selectOption(NEW_YORK);
    await expect(dialog.getByText(isSpring ? 'leave this time out' : 'show this time twice')).toBeVisible();
    await expect(dialog.getByText(/It begins .* in New York: that is .* in Berlin\./)).toBeVisible();
  });

  await test.step('the same hour for each: nine on every wall', async () => {
    await dialog.getByLabel('At the same hour for each person').check();
    await dialog.getByLabel('Time', { exact: true }).fill('09:00');
    for (const zone of [NEW_YORK, 'America/Denver', 'America/Los_Angeles', 'Europe/Berlin']) {
      const row = dialog.getByRole('row', { name: new RegExp(`^${zone.split('/')[1]!.replace('_', ' ')}`) });
      await expect(row).toContainText('09:00');
      await expect(row).toContainText(clockOfBerlin(nineIn(zone, day)));
    }
    await expectAccessibleEverywhere(page);
    await dialog.getByLabel('Only those who are in it now').check();
    await dialog.getByRole('button', { name: /Schedule for 11\speople/ }).click();
  });

  await test.step('the page of the scheduled broadcast says when, by which clocks and for whom', async () => {
    await expect(page.getByRole('timer')).toContainText(/^in \d+/);
    await expect(page.getByText('by the clock where each person is').first()).toBeVisible();
    await expect(page.getByText('Those who were in the audience when it was scheduled')).toBeVisible();
    expect(await ok<BroadcastView>(early.rest('GET', `/broadcast/${id}`))).toMatchObject({ status: 'scheduled', localSendAt: `${day}T09:00`, audienceFixedAt: expect.any(String) });
    await expectAccessibleEverywhere(page);
  });

  await test.step('changed to one moment in New York, then taken back', async () => {
    await page.getByRole('button', { name: 'Change the time' }).click();
    const again = page.getByRole('dialog', { name: 'Change the time' });
    await expect(again.getByLabel('At the same hour for each person')).toBeChecked();
    await expect(again.getByLabel('Day', { exact: true })).toHaveValue(day);
    await again.getByLabel('At one moment for everybody').check();
    await again.getByRole('combobox', { name: 'Time zone' }).selectOption(NEW_YORK);
    await again.getByRole('button', { name: /Schedule for/ }).click();
    await expect(again).toBeHidden();
    await expect(page.getByText(/09:00 in New York/)).toBeVisible();
    expect(await ok<BroadcastView>(early.rest('GET', `/broadcast/${id}`))).toMatchObject({ scheduledAt: nineIn(NEW_YORK, day).toISOString(), timeZone: NEW_YORK, localSendAt: null });
    await page.getByRole('button', { name: 'Cancel the schedule' }).click();
    await expect(page.getByText('Taken back. It is a draft again.')).toBeVisible();
    await expect(page.getByLabel('Text', { exact: true })).toHaveValue(MESSAGE);
    expect(await ok<BroadcastView>(early.rest('GET', `/broadcast/${id}`))).toMatchObject({ status: 'draft', scheduledAt: null, timeZone: null, audienceFixedAt: null });
    expect((await arrivals(early.twilio)).count).toBe(0);
  });
});

async function draft({ rest }: Organization, broadcastName: string): Promise<string> {
  return (await ok<BroadcastView>(rest('POST', '/broadcast', { broadcastName, channel: 'sms', content: MESSAGE, selectedLists: ['friends'] }))).id;
}

/** HH:MM in the zone, so many minutes from now. */
const clockIn = (zone: string, minutes: number) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(Date.now() + minutes * 60_000);

const clockOfBerlin = (at: Date) => new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

/** The moment at which it is nine in the zone on that day: the one of all quarter hours that shows it. */
function nineIn(zone: string, day: string): Date {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const from = Date.parse(`${day}T00:00:00Z`) - 14 * 3_600_000;
  const quarter = Array.from({ length: 160 }, (_, i) => from + i * 900_000).find((at) => shown.format(at) === `${day} 09:00`);
  return new Date(quarter!);
}

/** The next day, a month ahead at least, on which the clocks of the zone change. */
function nextChange(zone: string): { day: string; isSpring: boolean } {
  const hour = (at: number) => Number(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(at));
  const noon = Math.floor(Date.now() / 86_400_000) * 86_400_000 + 43_200_000;
  for (let days = 30; ; days += 1) {
    const [before, after] = [hour(noon + (days - 1) * 86_400_000), hour(noon + days * 86_400_000)];
    if (before !== after) return { day: new Date(noon + days * 86_400_000).toISOString().slice(0, 10), isSpring: after > before };
  }
}

/** Nobody can wait for a morning here: the hour of those who are held is moved to now, and the quiet hours are over. */
async function letTheNightEnd({ name }: Organization) {
  const sql = postgres(address('E2E_DATABASE'), { max: 1, onnotice: () => {} });
  await sql.begin(async (tx) => {
    await tx`select set_config('app.scope', 'system', true)`;
    await tx`update organization set quiet_from = null, quiet_to = null where name = ${name}`;
    await tx`update delivery_retry set due_at = now() where organization_id = (select id from organization where name = ${name})`;
  });
  await sql.end();
}
