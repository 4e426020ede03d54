import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectAccessibleEverywhere, ok, okPage, open, organization, PASSWORD, signIn, test, type Rest } from './fixtures.ts';

type Person = { phone: string | null; firstName: string | null; email: string | null; tags: string[]; fields: Record<string, unknown>; optedOut: boolean; updatedAt: string };

/** Rows 2 to 17: two that fit, one that opted out, thirteen with a mistake each. */
const FILE = [
  'First name,Mobile,E-mail,Time zone,Consent date,Opted out,City,Tags',
  'Ann,(202) 555-0101,ann@example.com,America/New_York,2026-05-03,no,Rome,"VIP, new"', // 2: changes Ann
  'Bob,+12025550102,,,,,Bonn,', // 3: opted out
  'Cleo,+12025550103,,,,,,', // 4: new
  'Dan,555-0100,,,,,,', // 5
  'Eve,+1 202 555 0104 / +1 202 555 0105,,,,,,', // 6
  'Fay,1.20256E+10,,,,,,', // 7
  'Gus,+1 202 555 0106 ext 9,,,,,,', // 8
  'Hal,+999 12345678,,,,,,', // 9
  'Ida,+1 555 555 0100,,,,,,', // 10
  'Jan,+442079460958,,,,,,', // 11
  'Kim,+12025550107,kim@,,,,,', // 12
  'Lou,+12025550108,,Mars/Olympus,,,,', // 13
  'Max,+12025550109,,,13/25/2026,,,', // 14
  'Nia,+12025550110,,,,maybe,,', // 15
  'Ola,+12025550111,,,,,#REF!,', // 16
  'Pia,,,,,,,', // 17
  'Quin,+12025550112,,,,,a,b,c', // 18
  'Ray,0-44 7911 123456,,,,,,', // 19
  'Sue,0-44 7911 123457,,,,,,', // 20
  'Cleopatra,+12025550103,,,,,,', // 21: row 4 again
].join('\n');

const everybody = async (rest: Rest) => (await okPage<Person>(rest('GET', '/crm/contacts?ps=200'))).data.toSorted((a, b) => (a.phone ?? '').localeCompare(b.phone ?? ''));

async function choose(page: Page, name: string, text: string) {
  await open(page, '/contacts/import');
  await page.getByLabel('Choose file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

test('journey 33: a file with every kind of mistake is mapped, repaired, imported and undone; who opted out stays out', async ({ page }) => {
  test.setTimeout(300_000);
  const { email, rest } = await organization('Importers');
  await ok(rest('POST', '/crm/contacts', { phone: '+12025550101', firstName: 'Anna', tags: ['old'], fields: { city: 'Bonn' } }));
  const { id } = await ok<{ id: string }>(rest('POST', '/crm/contacts', { phone: '+12025550102', firstName: 'Bob' }));
  await ok(rest('PATCH', `/crm/contacts/${id}`, { optedOut: true }));
  const before = await everybody(rest);
  await signIn(page, { email, password: PASSWORD });
  const tab = (name: string) => page.getByRole('navigation', { name: 'Groups of rows' }).getByRole('link', { name });
  const refused = page.getByRole('table', { name: 'Refused rows' });

  await test.step('the file is checked whole, each mistake named beside its row', async () => {
    await choose(page, 'people.csv', FILE);
    await expect(tab('Refused')).toContainText('17');
    for (const words of ['has no country code', 'two numbers', 'shortened by a spreadsheet', 'extension', 'country code that does not exist', 'not a number that exists', 'is a landline', 'not an e-mail address',
      'not a time zone', 'does not exist', 'does not say whether', 'error of the spreadsheet', 'no phone number', 'has 9 values', 'The later row wins']) await expect(refused.getByText(words).first(), words).toBeVisible();
    await expect(page.getByText('1 person has opted out and stays so')).toBeVisible();
    await expectAccessibleEverywhere(page);
    expect(await everybody(rest)).toEqual(before);
  });

  await test.step('columns are recognised, and one is mapped by hand', async () => {
    await expect(page.getByLabel('Mobile goes to')).toHaveValue('phone');
    await expect(page.getByLabel('Consent date goes to')).toHaveValue('consentAt');
    await page.getByLabel('City goes to').selectOption({ label: 'Nowhere' });
    await page.getByRole('button', { name: 'Check file' }).click();
    await expect(tab('Refused')).toContainText('16');
    await page.getByLabel('City goes to').selectOption({ label: 'Own field: city' });
    await page.getByRole('button', { name: 'Check file' }).click();
    await expect(tab('Refused')).toContainText('17');
    await expect(page.getByLabel('Mobile of row 5'), 'the rows of this check, not of the moment in which it ran').toBeVisible();
    await expect(refused.getByText('error of the spreadsheet').first()).toBeVisible();
  });

  await test.step('what would change is shown field by field', async () => {
    await tab('Updated').click();
    const updated = page.getByRole('table', { name: 'Rows of this group' });
    await expect(updated).toContainText(/First name: Anna.*Ann/);
    await expect(updated).toContainText(/city: Bonn.*Rome/);
    await expectAccessible(page);
  });

  await test.step('a cell is corrected, and all that begin alike at once', async () => {
    await tab('Refused').click();
    await page.getByLabel('Mobile of row 5').fill('+1 202 555 0120');
    await page.getByRole('button', { name: 'Check 1 corrected cell' }).click();
    await expect(tab('Refused')).toContainText('16');
    await page.getByLabel('that begin with').fill('0-44');
    await page.getByLabel('write instead').fill('+44');
    await page.getByRole('button', { name: 'Replace in all' }).click();
    await expect(tab('Refused')).toContainText('14');
    await expect(tab('New')).toContainText('4');
  });

  await test.step('the error file has the columns of the file and says what is wrong', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download error file' }).click()]);
    expect(download.suggestedFilename()).toBe('people-refused.csv');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const lines = Buffer.concat(chunks).toString('utf8').trimEnd().split('\r\n');
    expect(lines[0]).toBe('\uFEFFFirst name,Mobile,E-mail,Time zone,Consent date,Opted out,City,Tags,row,problem,how_to_fix');
    expect(lines).toHaveLength(15);
  });

  await test.step('the import goes in as a whole; nobody who opted out comes back', async () => {
    await page.getByLabel('List', { exact: true }).selectOption({ label: 'New list…' });
    await page.getByLabel('Name of the new list').fill('Fair');
    await page.getByRole('button', { name: 'Import 6 people' }).click();
    await expect(page.getByText('6 people are in Fair')).toBeVisible({ timeout: 60_000 });
    await expectAccessibleEverywhere(page);
    const after = await everybody(rest);
    expect(after).toHaveLength(6);
    expect(after.filter((person) => person.optedOut).map(({ phone }) => phone)).toEqual(['+12025550102']);
    expect(after[0]).toMatchObject({ firstName: 'Ann', fields: { city: 'Rome' }, tags: ['old', 'vip', 'new'] });
  });

  await test.step('the contact page tells where the person came from', async () => {
    await open(page, '/contacts?search=Cleopatra');
    await page.getByRole('link', { name: 'Cleopatra' }).first().click();
    const timeline = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Timeline' }) });
    await expect(timeline).toContainText('Came with an import');
    await expect(timeline).toContainText('people.csv');
    await expectAccessibleEverywhere(page);
    await timeline.getByRole('link', { name: 'Messages' }).click();
    await expect(timeline).toContainText('Nothing yet.');
  });

  await test.step('under Imports it is undone, and everything is as before', async () => {
    await open(page, '/contacts/import');
    await expectAccessibleEverywhere(page);
    await page.getByRole('button', { name: 'Undo import of people.csv' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo import' }).click();
    await expect(page.getByRole('table', { name: 'Finished imports' })).toContainText('Undone');
    expect(await everybody(rest)).toEqual(before);
    expect((await okPage(rest('GET', '/crm/lists'))).total).toBe(0);
  });
});

test('a file that is not UTF-8 is converted when asked; one that is no table says what it is', async ({ page }) => {
  const { email } = await organization('Converters');
  await signIn(page, { email, password: PASSWORD });
  await open(page, '/contacts/import');
  await page.getByLabel('Choose file').setInputFiles({ name: 'old.csv', mimeType: 'text/csv', buffer: Buffer.from('Vorname;Mobil\nZo\u00eb;+12025550101\n', 'latin1') });
  await expect(page.getByText('looks like Windows-1252')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Convert from Windows-1252' }).click();
  await expect(page.getByRole('table', { name: 'Rows of this group' })).toContainText('Zoë');
  await expect(page.getByText('semicolons between columns')).toBeVisible();
  await choose(page, 'people.xlsx.csv', 'PK\u0003\u0004 not a table');
  await expect(page.getByText('Excel or zip file')).toBeVisible();
});

test('journey 34: 100,000 rows are checked and imported with progress, and the page may be left meanwhile', async ({ page }) => {
  test.setTimeout(360_000);
  const { email, rest } = await organization('Many');
  await signIn(page, { email, password: PASSWORD });
  const lines = Array.from({ length: 100_000 }, (_, n) => `First${n},Last${n},(303) ${200 + Math.floor(n / 10_000)}-${String(n % 10_000).padStart(4, '0')},p${n}@example.com,City ${n % 50}`);
  await choose(page, 'many.csv', `First name,Last name,Mobile,E-mail,City\n${lines.join('\n')}\n`);

  await test.step('the check shows how far it is', async () => {
    await expect(page.getByRole('progressbar', { name: 'Checked' })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/rows of .*MB checked/)).toBeVisible();
  });

  await test.step('it goes on while the person is elsewhere, and is found under Imports', async () => {
    await page.getByRole('link', { name: 'People' }).first().click();
    await expect(page.getByRole('heading', { name: 'Contacts', exact: true })).toBeVisible();
    await open(page, '/contacts/import');
    await expect(page.getByText('Checked, not imported yet')).toBeVisible({ timeout: 120_000 });
    await page.getByRole('link', { name: 'many.csv' }).click();
    await expect(page.getByRole('navigation', { name: 'Groups of rows' }).getByRole('link', { name: 'New' })).toContainText('100,000');
  });

  await test.step('the import says that it is on its way, and ends', async () => {
    await page.getByRole('button', { name: 'Import 100,000 people' }).click();
    await expect(page.getByText('Importing 100,000 people')).toBeVisible();
    await expect(page.getByText('100,000 people are in your contacts')).toBeVisible({ timeout: 150_000 });
    expect((await okPage(rest('GET', '/crm/contacts?ps=1'))).total).toBe(100_000);
  });
});
