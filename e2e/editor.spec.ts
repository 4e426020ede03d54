import type { Page } from '@playwright/test';
import type { BroadcastView, PreviewView } from '#server/domain/broadcast/schema.ts';
import { countSegments } from '#server/channels/sms/segments.ts';
import { arrivals, expect, expectAccessible, ok, open, organization, PASSWORD, signIn, simulator, test, type Organization } from './fixtures.ts';

const textOf = (page: Page) => page.getByLabel('Text', { exact: true });
const segmentsOf = (page: Page) => page.getByRole('region', { name: 'Segments' });
const previewOf = (page: Page) => page.getByRole('region', { name: 'Preview' });
const saved = (page: Page) => expect(page.getByText(/^Saved/)).toBeVisible();
const draftOf = (from: Organization, id: string) => ok<BroadcastView>(from.rest('GET', `/broadcast/${id}`));

async function importPeople(to: Organization, csv: string) {
  await ok(to.rest('POST', '/crm/contacts/import', { fileName: 'people.csv', csv, listName: 'People' }));
}

/** An organisation, a draft to its people, and the editor of that draft. */
async function draftIn(page: Page, name: string, csv: string, fields: Record<string, unknown>) {
  const own = await organization(name, { hasAccepted: true });
  await importPeople(own, csv);
  const { id } = await ok<BroadcastView>(own.rest('POST', '/broadcast', { broadcastName: name, channel: 'sms', selectedLists: ['people'], ...fields }));
  await signIn(page, { email: own.email, password: PASSWORD });
  await open(page, `/broadcasts/${id}`);
  return { own, id };
}

/** What reached the simulated phones, by number. */
async function received({ twilio }: Organization): Promise<Map<string, string>> {
  const { messages } = await simulator<{ messages: { to: string; body: string }[] }>(`messages?accountSid=${twilio.accountSid}&limit=100`);
  return new Map(messages.map(({ to, body }) => [to, body]));
}

test('journey 8: the segment counter is right at 160 and 161, with €, ’ and an emoji, and one click makes the text plain', async ({ page }) => {
  await draftIn(page, 'Counter', 'First name,Phone\nAda,+12025551000\nBen,+12025551001', { content: 'a' });
  await expect(page.getByRole('switch', { name: 'Opt-out line' })).not.toBeChecked();
  const cases: [string, string][] = [
    ['a'.repeat(160), '1 segment'], ['a'.repeat(161), '2 segments'], [`${'a'.repeat(159)}€`, '2 segments'], [`${'a'.repeat(68)}🎉`, '1 segment'], [`${'a'.repeat(69)}🎉`, '2 segments'], [`${'a'.repeat(159)}’`, '3 segments'],
  ];
  for (const [text, words] of cases) {
    await textOf(page).fill(text);
    await expect(segmentsOf(page).getByText(words, { exact: true }), text.slice(-3)).toBeVisible();
    expect(`${countSegments(text).segments} segment${countSegments(text).segments > 1 ? 's' : ''}`).toBe(words);
  }
  await saved(page);
  await expect(segmentsOf(page)).toContainText('saves 2\u00a0segments each, about $0.03 for 2\u00a0people');
  await segmentsOf(page).getByText('Where it is cut').click();
  await expect(segmentsOf(page).getByRole('listitem').filter({ hasText: '’' }).last()).toBeVisible();
  await expectAccessible(page);
  await segmentsOf(page).getByRole('button', { name: "Replace ’ → '" }).click();
  await expect(textOf(page)).toHaveValue(`${'a'.repeat(159)}'`);
  await expect(segmentsOf(page)).toContainText('GSM-7');
  await textOf(page).fill('“It’s” – now…\u00a0fête');
  await segmentsOf(page).getByRole('button', { name: /^Replace all/ }).click();
  await expect(textOf(page)).toHaveValue('"It\'s" - now... fête');
  await segmentsOf(page).getByRole('button', { name: 'Replace ê → e' }).click();
  await expect(segmentsOf(page)).toContainText('GSM-7');
  await page.getByRole('switch', { name: 'Opt-out line' }).click();
  await expect(previewOf(page)).toContainText('now... fete\nReply STOP to opt out.');
  await textOf(page).fill('Text stop to leave');
  await expect(previewOf(page)).not.toContainText('Reply STOP');
});

test('the counts are of the text as it is, also when the first answer comes after the text was changed and saved', async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => { release = resolve; });
  let isFirst = true;
  await page.route(/broadcast\.preview/, async (route) => {
    if (!isFirst) return route.continue();
    isFirst = false;
    const response = await route.fetch();
    await held;
    await route.fulfill({ response }).catch(() => undefined); // nobody may wait for it any more
  });
  const { own, id } = await draftIn(page, 'Slow Counts', 'First name,Phone\nAda,+12025551000', { content: 'a' });
  await textOf(page).fill('A text of its own');
  await expect.poll(async () => (await draftOf(own, id)).content).toBe('A text of its own');
  release();
  await expect(page.getByRole('row', { name: /Will be sent/ })).toBeVisible();
  await expect(segmentsOf(page)).toContainText('Over all');
  await expect(segmentsOf(page)).toContainText('17\u00a0characters');
  await expect(previewOf(page)).toContainText('A text of its own');
});

test('journey 9: an unknown field is named with the one that was meant, and is replaced by keyboard', async ({ page }) => {
  await draftIn(page, 'Misspelt', 'First name,City,Phone\nAda,Oslo,+12025551000', { content: 'Hi' });
  await textOf(page).fill('Hi {{fristName}} from {{city}} and {{nothingLikeIt}}');
  const faults = page.getByRole('status').filter({ hasText: 'is not a field' });
  await expect(faults).toContainText('{{fristName}} is not a field. Did you mean firstName?');
  await expect(faults).toContainText('{{nothingLikeIt}} is not a field. It stays empty unless a list carries it.');
  await expect(faults).not.toContainText('city');
  await expectAccessible(page);
  await faults.getByRole('button', { name: 'Replace fristName with firstName' }).focus();
  await page.keyboard.press('Enter');
  await expect(textOf(page)).toHaveValue('Hi {{firstName}} from {{city}} and {{nothingLikeIt}}');

  await textOf(page).fill('Dear ');
  await textOf(page).press('End');
  await page.keyboard.type('{las');
  const offered = page.getByRole('listbox', { name: 'Fields' }).getByRole('option');
  await expect(offered).toHaveCount(1);
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(textOf(page)).toHaveValue('Dear {{lastName}}');
  await page.keyboard.type('{');
  await expect(offered).toHaveCount(5);
  await page.keyboard.press('Escape');
  await expect(offered).toHaveCount(0);
  await page.keyboard.type('x');
  await expect(textOf(page)).toHaveValue('Dear {{lastName}}{x');
});

test('journey 9: a missing value is filled in, skips the person, or blocks the send, as the draft says', async ({ page }) => {
  const people = 'First name,Last name,Phone\nAda,Lee,+12025551000\nBen,,+12025551001\nCleo,Ray,+12025551002';
  const { own, id } = await draftIn(page, 'Rules', people, { content: 'Dear {{lastName}}' });
  const rule = page.getByLabel('Without lastName');

  await rule.selectOption('Do not send at all');
  await saved(page);
  await page.getByRole('button', { name: 'Review' }).first().click();
  await expect(page.getByText(/1 person has no value for lastName/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Send to/ })).toBeDisabled();
  await expectAccessible(page);
  const refused = await own.rest('POST', `/broadcast/${id}/send`);
  expect(refused).toMatchObject({ status: 422, body: { code: 'validation_failed', details: [{ field: 'missingValues', code: 'missing_variable' }] } });

  await open(page, `/broadcasts/${id}`);
  await rule.selectOption('Skip the person');
  await expect.poll(async () => (await draftOf(own, id)).missingValues).toEqual({ lastName: { policy: 'skip' } });
  const preview = await ok<PreviewView>(own.rest('POST', `/broadcast/${id}/preview`));
  expect(preview.waterfall.find(({ key }) => key === 'missingVariable')?.count).toBe(-1);
  await ok(own.rest('POST', `/broadcast/${id}/send`));
  await expect.poll(async () => (await arrivals(own.twilio)).count).toBe(2);
  expect([...await received(own)].toSorted()).toEqual([['+12025551000', 'Dear Lee'], ['+12025551002', 'Dear Ray']]);
  await expect.poll(async () => (await draftOf(own, id)).counts.skipped).toBe(1);

  const copy = await ok<BroadcastView>(own.rest('POST', '/broadcast', { broadcastName: 'With a default', channel: 'sms', selectedLists: ['people'], content: 'Dear {{lastName}}' }));
  await open(page, `/broadcasts/${copy.id}`);
  await rule.selectOption('Write this instead');
  await page.getByLabel('Instead of lastName').fill('friend');
  await expect.poll(async () => (await draftOf(own, copy.id)).missingValues).toEqual({ lastName: { policy: 'default', value: 'friend' } });
  await ok(own.rest('POST', `/broadcast/${copy.id}/send`));
  await expect.poll(async () => (await received(own)).get('+12025551001')).toBe('Dear friend');
});

test('journey 10: the preview steps through the longest, the shortest and those who lack a value, and shows what the phones get', async ({ page }) => {
  const people = `First name,Last name,Phone\nMaximiliane-Josephine,Featherstonehaugh,+12025551000\nAl,Wu,+12025551001\nZoë Łucja,Nowak,+12025551002\nBen,,+12025551003`;
  const { own, id } = await draftIn(page, 'Steps', people, { content: 'Hi {{firstName}} {{lastName}}, see you soon', optOutLine: 'Reply STOP to opt out.' });
  await expect(previewOf(page).getByText('of 4 samples')).toBeVisible();
  const seen = new Map<string, { text: string; labels: string }>();
  for (let step = 0; step < 4; step++) {
    await expect(previewOf(page)).toContainText(`· ${step + 1} of 4 samples`);
    const bubble = await previewOf(page).locator('p.rounded-bubble').innerText();
    const about = await previewOf(page).locator('[aria-live]').innerText();
    const phone = /\+1 \d{3} \d{3} \d{4}/.exec(about.replaceAll('\u00a0', ' '))?.[0].replaceAll(' ', '') ?? about;
    seen.set(phone, { text: bubble, labels: about });
    await page.getByRole('button', { name: 'Next recipient' }).click();
  }
  await expectAccessible(page);
  expect(seen.get('+12025551000')?.labels).toContain('Longest');
  expect(seen.get('+12025551001')?.labels ?? '').toContain('1');
  expect(seen.get('+12025551002')?.labels).toContain('Unicode');
  expect(seen.get('+12025551003')?.labels).toContain('Missing value');
  await ok(own.rest('POST', `/broadcast/${id}/send`));
  await expect.poll(async () => (await arrivals(own.twilio)).count).toBe(4);
  const arrived = await received(own);
  for (const [phone, { text }] of seen) expect(arrived.get(phone)).toBe(text);
});

test('journey 52: without a network and with a failing server nothing that was typed is lost, and a crash is survived', async ({ page, complaints }) => {
  complaints.expected = /ERR_INTERNET_DISCONNECTED|status of 500|Failed to fetch/;
  const { own, id } = await draftIn(page, 'Safe', 'First name,Phone\nAda,+12025551000', { content: 'Before' });

  await page.context().setOffline(true);
  await textOf(page).fill('Written without a network');
  await expect(page.getByText(/^Not saved\./)).toBeVisible();
  await expect(textOf(page)).toHaveValue('Written without a network');
  await page.context().setOffline(false);
  await saved(page);
  expect((await draftOf(own, id)).content).toBe('Written without a network');

  const updates = /\/api\/trpc\/[^?]*broadcast\.update/;
  // Of the whole browser: a page that closes takes its own routes with it before its last request is gone.
  await page.context().route(updates, (route) => route.fulfill({ status: 500, body: 'broken' }));
  await textOf(page).fill('Written while the server was broken');
  await expect(page.getByText(/^Not saved\./)).toBeVisible();
  await expectAccessible(page);
  // A window that goes down has no time to save.
  const crashed = await page.context().newPage();
  await page.close({ runBeforeUnload: false });
  expect((await draftOf(own, id)).content).toBe('Written without a network');

  await open(crashed, `/broadcasts/${id}`);
  const offer = crashed.getByRole('status').filter({ hasText: 'There is text that was not saved' });
  await expect(offer).toContainText('Written while the server was broken');
  await expect(textOf(crashed)).toHaveValue('Written without a network');
  await expectAccessible(crashed);
  await crashed.context().unroute(updates);
  await offer.getByRole('button', { name: 'Bring it back' }).click();
  await expect(textOf(crashed)).toHaveValue('Written while the server was broken');
  await expect.poll(async () => (await draftOf(own, id)).content).toBe('Written while the server was broken');
  await crashed.reload();
  await expect(textOf(crashed)).toHaveValue('Written while the server was broken');
  await expect(offer).toHaveCount(0);
});

test('journey 52: what is typed before the script is there is not mixed with what it writes', async ({ page }) => {
  const { id } = await draftIn(page, 'Early', 'First name,Phone\nAda,+12025551000', { content: 'From the server' });
  await page.route(/\/_next\/static\/.*\.js/, async (route) => { await new Promise((resolve) => { setTimeout(resolve, 1_500); }); await route.continue(); });
  await page.goto(`/broadcasts/${id}`, { waitUntil: 'commit' });
  await textOf(page).focus();
  await page.keyboard.type('early ');
  await expect(textOf(page)).toHaveValue('From the server');
  await textOf(page).fill('Late and whole');
  await saved(page);
  await expect(textOf(page)).toHaveValue('Late and whole');
});

test('journey 50: with the single keys off, letters do nothing; with them on again they do', async ({ page }) => {
  const own = await organization('No Single Keys', { people: 3 });
  await signIn(page, { email: own.email, password: PASSWORD });
  await open(page, '/broadcasts');
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.getByRole('switch', { name: 'Single-key shortcuts' }).click();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  for (const key of ['n', 'g', 'c', '?', '/']) await page.keyboard.press(key);
  await page.waitForTimeout(500);
  await expect(page).toHaveURL(/\/broadcasts$/);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.reload();
  await open(page, '/broadcasts');
  await page.keyboard.press('n');
  await page.waitForTimeout(500);
  await expect(page).toHaveURL(/\/broadcasts$/);
  await page.evaluate(() => localStorage.setItem('hailer:single-keys', 'on'));
  await open(page, '/broadcasts');
  await page.keyboard.press('n');
  await expect(page).toHaveURL(/\/broadcasts\/[0-9a-f-]{36}/);
});

test('⌘⇧P leads from the text to the preview: beside it on a wide screen, from below on a phone, also with the single keys off', async ({ page }) => {
  await draftIn(page, 'Looked at', 'First name,Phone\nAda,+12025551000', { content: 'Hello {{firstName}}' });
  await page.evaluate(() => localStorage.setItem('hailer:single-keys', 'off'));
  await textOf(page).focus();
  await page.keyboard.press('ControlOrMeta+Shift+P');
  await expect(previewOf(page)).toBeFocused();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.setViewportSize({ width: 375, height: 812 });
  await expect(previewOf(page)).toBeHidden();
  await textOf(page).focus();
  await page.keyboard.press('ControlOrMeta+Shift+P');
  const sheet = page.getByRole('dialog', { name: 'Preview' });
  await expect(sheet.getByText('Hello Ada')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(sheet.getByText('Hello Ada')).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1280, 375]) {
    test(`the editor with everything that it says is accessible in ${theme} at ${width}, and nothing stands sideways`, async ({ page }) => {
      await page.setViewportSize({ width, height: 860 });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const content = `Hi {{firstName}} {{lastName}}, it’s “free wine” today: look at http://bit.ly/3xyz – only now… ${'and so on '.repeat(12)}{{fristName}}`;
      const { id } = await draftIn(page, `Everything ${theme} ${width}`, 'First name,Last name,Phone\nAda,Lee,+12025551000\nZoë Łucja,,+442079460958', { content, missingValues: { lastName: { policy: 'default', value: 'friend' } }, optOutLine: 'Reply STOP to opt out.' });
      await expect(page.getByRole('region', { name: 'Cautions about the text' })).toContainText('Carriers may filter “wine”');
      await expect(segmentsOf(page)).toContainText('Over all 2\u00a0recipients');
      await segmentsOf(page).getByText('Where it is cut').click();
      await expectAccessible(page);
      expect(await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth)).toBeLessThanOrEqual(0);
      await page.screenshot({ path: `test-results/editor-${theme}-${width}.png`, fullPage: true, animations: 'disabled' });
      await open(page, `/broadcasts/${id}/review`);
      await expect(page.getByText('http', { exact: false }).first()).toBeVisible();
      await expectAccessible(page);
      await page.screenshot({ path: `test-results/review-${theme}-${width}.png`, fullPage: true, animations: 'disabled' });
    });
  }
}

test('an emoji comes by a colon or by the button, which says what it does to the segments', async ({ page }) => {
  await draftIn(page, 'Emoji', 'First name,Phone\nAda,+12025551000', { content: 'Hi' });
  await textOf(page).focus();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type(' :party');
  await expect(page.getByRole('option', { name: /party popper/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(textOf(page)).toHaveValue('Hi 🎉');
  await expect(segmentsOf(page)).toContainText('UCS-2');
  await textOf(page).fill('x'.repeat(100));
  await page.getByRole('button', { name: 'Emoji', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Emoji' });
  await expect(panel).toContainText('2\u00a0segments instead of 1');
  await panel.getByRole('searchbox').fill('red heart');
  await expectAccessible(page);
  await panel.getByRole('button', { name: 'red heart', exact: true }).click();
  await expect(textOf(page)).toHaveValue(/❤️/);
});
