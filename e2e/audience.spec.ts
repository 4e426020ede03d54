import type { Locator, Page } from '@playwright/test';
import type { ListView } from '#server/domain/audience/schema.ts';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { arrivals, expect, expectAccessible, expectAccessibleEverywhere, MESSAGE, ok, open, organization, PASSWORD, signIn, test, type Organization } from './fixtures.ts';

// Each looks at several pages in two lights and two widths.
test.describe.configure({ timeout: 300_000 });

test('journey 12: the audience waterfall adds up to the person, and each line shows those people', async ({ page }) => {
  const { rest, email } = await furnished('Waterfall');
  const { id } = await ok<BroadcastView>(rest('POST', '/broadcast', { broadcastName: 'To many', channel: 'sms', content: MESSAGE, selectedLists: ['friends', 'guests'], excludedLists: ['staff'] }));
  await signIn(page, { email, password: PASSWORD });
  await open(page, `/broadcasts/${id}`);

  const lines = { 'In the chosen lists': 15, 'In several lists': -3, 'Excluded': -2, 'Without a phone number': -1, 'Opted out': -1, 'Will be sent': 8 };
  await expect.poll(() => waterfall(page)).toEqual(lines);
  const { 'Will be sent': last, ...others } = lines;
  expect(Object.values(others).reduce((sum, count) => sum + count, 0)).toBe(last);

  for (const [line, count] of Object.entries(lines)) {
    await page.getByRole('link', { name: `see who, ${line}` }).click();
    const panel = page.getByRole('dialog');
    await expect(panel.getByRole('listitem')).toHaveCount(line === 'In the chosen lists' ? 12 : Math.abs(count));
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await expect(page.getByRole('link', { name: `see who, ${line}` })).toBeFocused();
  }
  await page.getByRole('link', { name: 'see who, Opted out' }).click();
  const panel = page.getByRole('dialog', { name: 'Opted out' });
  await expect(panel.getByRole('listitem')).toContainText('Ada');
  await expectAccessibleEverywhere(page);
  const [file] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name: 'Download CSV' }).click()]);
  expect(file.suggestedFilename()).toBe('optedOut.csv');
  await panel.getByRole('button', { name: 'Save as list' }).click();
  const naming = page.getByRole('dialog', { name: 'Save as list' });
  await naming.getByLabel('Name').fill('Who left us');
  await expectAccessibleEverywhere(page);
  await naming.getByRole('button', { name: 'Make list' }).click();
  await expect(page.getByText('“Who left us” has 1 person.').first()).toBeVisible();
  await expect(naming).toBeHidden();
  expect((await ok<{ members: number }>(rest('GET', '/crm/lists/who-left-us'))).members).toBe(1);
  await page.goBack();
  await expect(panel).toBeHidden();

  await page.getByRole('button', { name: 'Review' }).first().click();
  await expect(page.getByRole('heading', { name: 'Review and send' })).toBeVisible();
  await expect.poll(async () => Object.values(await waterfall(page))).toEqual(Object.values(lines));
  await expectAccessibleEverywhere(page);
});

test('journey 13: an audience fixed now leaves out who comes later, one made at the send includes them, and the ceiling stops a send that grew', async ({ page }) => {
  const { rest, email, twilio } = await organization('Fixed or not', { people: 4, hasAccepted: true });
  const write = async (broadcastName: string, rules: object = {}) => (await ok<BroadcastView>(rest('POST', '/broadcast', { broadcastName, channel: 'sms', content: `${broadcastName} {{firstName}}`, selectedLists: ['friends'], ...rules }))).id;
  const [fixed, atSend, guarded] = [await write('Fixed now'), await write('At the send'), await write('Guarded', { recipientCeiling: 4 })];
  const scheduledAt = new Date(Date.now() + 20_000).toISOString();
  await ok(rest('POST', `/broadcast/${fixed}/send`, { scheduledAt, fixAudience: true }));
  await ok(rest('POST', `/broadcast/${atSend}/send`, { scheduledAt }));
  await ok(rest('POST', '/crm/contacts', { phone: '+14155550187', firstName: 'Late', lists: ['friends'] }));

  await signIn(page, { email, password: PASSWORD });
  await open(page, `/broadcasts/${guarded}/review`);
  await expect(page.getByText('Nothing is sent when more than 4 people would get it at that moment.')).toBeVisible();
  await expect.poll(async () => (await waterfall(page))['Will be sent']).toBe(5);
  expect((await rest('POST', `/broadcast/${guarded}/send`)).status).toBe(422);
  expect((await ok<BroadcastView>(rest('GET', `/broadcast/${guarded}`))).status).toBe('draft');
  await expectAccessibleEverywhere(page);

  for (const [id, people] of [[fixed, 4], [atSend, 5]] as const) {
    await expect.poll(async () => (await ok<BroadcastView>(rest('GET', `/broadcast/${id}`))).total, { timeout: 60_000 }).toBe(people);
  }
  await expect.poll(async () => (await arrivals(twilio)).count, { timeout: 60_000 }).toBe(9);
  expect((await arrivals(twilio)).to.filter((to) => to === '+14155550187')).toHaveLength(1);
});

test('a filter is made with the keyboard, counts while it is written, and becomes a broadcast', async ({ page }) => {
  const { rest, email } = await furnished('Filters');
  await signIn(page, { email, password: PASSWORD });
  await open(page, '/filters');
  await expectAccessibleEverywhere(page);
  await page.keyboard.press('n');
  await page.getByLabel('Name', { exact: true }).fill('Friends in Berlin');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Friends in Berlin', level: 1 })).toBeVisible();

  const count = page.getByRole('complementary', { name: 'Who matches' });
  await expect(count.getByText('12', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Add condition' }).click();
  const what = page.getByLabel('What, condition 1 of group 1', { exact: true });
  await expect(what).toBeFocused();
  await what.selectOption({ label: 'List' });
  await page.getByLabel('With what, condition 1 of group 1').selectOption({ label: 'Friends' });
  await expect(count.getByText('10', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Add condition to group 1' }).click();
  await page.getByLabel('What, condition 2 of group 1', { exact: true }).selectOption({ label: 'city' });
  await page.getByRole('button', { name: 'Save filter' }).click();
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toContainText('Condition 2 of group 1: Enter what it is compared with.');
  await page.getByLabel('With what, condition 2 of group 1').fill('berlin');
  await expect(count.getByText('2', { exact: true })).toBeVisible();
  await page.getByLabel('With what, condition 2 of group 1').fill('Atlantis');
  await expect(count.getByText('Nobody matches.')).toBeVisible();
  await page.getByLabel('With what, condition 2 of group 1').fill('Berlin');
  await expect(count.getByText('2', { exact: true })).toBeVisible();
  await expectAccessibleEverywhere(page);
  await page.getByRole('button', { name: 'Save filter' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Write to these people' }).click();
  await expect(page.getByRole('radio', { name: 'A saved filter' })).toBeChecked();
  await expect.poll(() => waterfall(page)).toEqual({ 'Match the filter': 2, 'Will be sent': 2 });
  await expectAccessibleEverywhere(page);

  await open(page, '/filters');
  await page.getByRole('button', { name: 'More for Friends in Berlin' }).click();
  await page.getByRole('menuitem', { name: 'Delete filter' }).click();
  await expect(page.getByText('The filter was not deleted')).toBeVisible();
  const { data: [draft] } = (await rest('GET', '/broadcast')).body as { data: BroadcastView[] };
  await ok(rest('PATCH', `/broadcast/${draft?.id}`, { recipientMethod: 'all', selectedFilter: null }));
  await page.getByRole('button', { name: 'More for Friends in Berlin' }).click();
  await page.getByRole('menuitem', { name: 'Delete filter' }).click();
  await expect(page.getByText('No saved filters yet')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: 'Friends in Berlin', exact: true })).toBeVisible();
});

test('people are found by tag, tagged together and put on a list; what is shown becomes a filter', async ({ page }) => {
  const { email } = await furnished('Tags');
  await signIn(page, { email, password: PASSWORD });
  await open(page, '/contacts');
  for (const name of ['Ben Tester 1', 'Cleo Tester 2']) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  const bar = page.getByRole('region', { name: 'Selected people' });
  await expect(bar).toContainText('2 people selected');
  await expectAccessibleEverywhere(page);
  await bar.getByRole('button', { name: 'Tags' }).click();
  await page.getByLabel('Put on').fill('VIP, early');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Change tags' }).click();
  await expect(page.getByText('Tags of 2 people changed.')).toBeVisible();
  await expect(bar).toBeHidden();
  await page.getByRole('combobox', { name: 'Tag', exact: true }).selectOption('vip');
  await expect(page).toHaveURL(/tag=vip/);
  await expect(page.getByRole('row')).toHaveCount(3);

  await page.getByRole('checkbox', { name: 'Select everybody on this page' }).check();
  await bar.getByRole('button', { name: 'Add to list' }).click();
  await page.getByRole('dialog').getByLabel('List').selectOption({ label: 'Staff' });
  await page.getByRole('dialog').getByRole('button', { name: 'Add to list' }).click();
  await expect(page.getByText('2 people joined Staff.')).toBeVisible();

  await page.getByRole('button', { name: 'Save as filter' }).click();
  await page.getByLabel('Name', { exact: true }).fill('All the VIPs');
  await page.getByRole('button', { name: 'Save filter' }).click();
  await expect(page.getByText('“All the VIPs” was saved.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Tag', exact: true }).selectOption('');
  await page.getByRole('combobox', { name: 'Saved filter' }).selectOption({ label: 'All the VIPs' });
  await expect(page.getByRole('row')).toHaveCount(3);

  await page.getByRole('link', { name: 'Ben Tester 1' }).click();
  await page.getByRole('button', { name: 'Take tag early off' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Tag early was taken off.' }).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Take tag early off' })).toBeVisible();
  await expectAccessibleEverywhere(page);
});

test('numbers are pasted: good ones are counted, each wrong one is named and stays in the box', async ({ page }) => {
  const { rest, email } = await furnished('Numbers');
  const { id } = await ok<BroadcastView>(rest('POST', '/broadcast', { broadcastName: 'To numbers', channel: 'sms', content: MESSAGE, selectedLists: [] }));
  await signIn(page, { email, password: PASSWORD });
  await open(page, `/broadcasts/${id}`);
  await page.getByRole('radio', { name: 'Numbers' }).check();
  const box = page.getByLabel('Numbers', { exact: true }).and(page.getByRole('textbox'));
  await box.fill('(415) 555-0132, +49 30 901820\n+1 415 555 0132\n555');
  await expect(page.getByText('2 numbers, 1 twice')).toBeVisible();
  await expect(page.getByText('1 number cannot be read and is not among the recipients:')).toBeVisible();
  await expect(page.getByText('‘555’')).toBeVisible();
  await expect(box).toHaveValue(/555$/);
  await expect.poll(() => waterfall(page)).toEqual({ 'Chosen numbers': 2, 'Will be sent': 2 });
  await page.getByRole('button', { name: 'Review' }).first().click();
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toContainText('Correct the numbers that cannot be read, or remove them.');
  await expectAccessibleEverywhere(page);
  await box.fill('+14155550132');
  await page.getByLabel('Stop if more than').fill('1');
  await page.getByText('Leave people out').click();
  await page.getByRole('group', { name: 'Lists left out' }).getByRole('checkbox', { name: /Staff/ }).check();
  await expect.poll(async () => {
    const { selectedNumbers, recipientCeiling, excludedLists } = await ok<BroadcastView>(rest('GET', `/broadcast/${id}`));
    return { selectedNumbers, recipientCeiling, excludedLists };
  }).toEqual({ selectedNumbers: ['+14155550132'], recipientCeiling: 1, excludedLists: ['staff'] });
  await expectAccessibleEverywhere(page);
  await page.getByRole('button', { name: 'Review' }).first().click();
  await expect(page.getByRole('button', { name: 'Send to 1 person' })).toBeVisible();
});

/** Ten friends, of whom Ada opted out; two are staff; five guests, of whom three are friends too and one has no number: twelve people. */
async function furnished(name: string): Promise<Organization> {
  const made = await organization(name, { people: 10, hasAccepted: true });
  const { rest } = made;
  for (const list of ['Guests', 'Staff']) await ok<ListView>(rest('POST', '/crm/lists', { name: list }));
  const { data: people } = (await rest('GET', '/crm/contacts?ps=50')).body as { data: { id: string; firstName: string }[] };
  const idOf = (firstName: string) => people.find((person) => person.firstName === firstName)?.id ?? '';
  const join = (list: string, names: string[]) => ok(rest('POST', `/crm/lists/${list}/members`, { members: names.map((each) => ({ contactId: idOf(each) })) }));
  await join('staff', ['Iris', 'Jack']);
  await join('guests', ['Ben', 'Cleo', 'Dan']);
  await ok(rest('POST', '/crm/contacts', { phone: '+14155550181', firstName: 'Gia', lists: ['guests'], fields: { city: 'Rome' } }));
  await ok(rest('POST', '/crm/contacts', { email: 'no.number@example.com', firstName: 'Nell', lists: ['guests'] }));
  await ok(rest('PATCH', `/crm/contacts/${idOf('Ada')}`, { optedOut: true }));
  for (const each of ['Eve', 'Finn']) await ok(rest('PATCH', `/crm/contacts/${idOf(each)}`, { fields: { city: 'Berlin' } }));
  return made;
}

/** The lines of the waterfall on the page, counted anew where they are. */
async function waterfall(page: Page): Promise<Record<string, number>> {
  const table: Locator = page.getByRole('table', { name: 'From everybody chosen to those who get the message' });
  await expect(table).toHaveAttribute('aria-busy', 'false');
  return table.locator('tbody').evaluate((body) => Object.fromEntries([...body.querySelectorAll('tr')].map((row) => [row.querySelector('th')?.textContent ?? '', Number(row.querySelector('td')?.textContent?.replaceAll(',', '').replace('−', '-'))])));
}
