import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessibleEverywhere, inDatabase, ok, open, organization, PASSWORD, person, signIn, test, type Organization } from './fixtures.ts';

/** A busy machine takes its time for what the worker does. */
const SOON = { timeout: 60_000 };
const [ada, ben] = [person(0), person(1)];

test.describe.configure({ mode: 'parallel', timeout: 240_000 });

test('may we message this person now? The page says why not: quiet hours, an opt-out, Twilio’s own block, no number', async ({ page }) => {
  const shop = await organization('Box', { people: 2, hasAccepted: true });
  await signIn(page, { email: shop.email, password: PASSWORD });
  const id = await idOf(shop, ada.phone);
  await ok(shop.rest('PATCH', `/crm/contacts/${id}`, { timeZone: 'UTC' }));

  await test.step('nothing stands against it', async () => {
    await open(page, `/contacts/${id}`);
    await expect(sms(box(page))).toContainText('Yes');
    await expect(sms(box(page))).toContainText('Nothing stands against it.');
    await sms(box(page)).getByText('All reasons').click();
    await expect(sms(box(page)).getByText('Sender is registered')).toBeVisible();
    await expect(sms(box(page)).getByText('No consent recorded')).toBeVisible();
    await expect(sms(consent(page))).toContainText('Never asked');
    await expectAccessibleEverywhere(page);
  });

  await test.step('quiet hours where they are', async () => {
    const clock = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(11, 16);
    await inDatabase((tx) => tx`update organization set quiet_from = ${clock(-60)}, quiet_to = ${clock(120)} where name = ${shop.name}`);
    await open(page, `/contacts/${id}`);
    await expect(sms(box(page))).toContainText('Later');
    await expect(sms(box(page))).toContainText('Quiet hours where they are, until');
    await inDatabase((tx) => tx`update organization set quiet_from = null, quiet_to = null where name = ${shop.name}`);
  });

  await test.step('a colleague records an opt-out; a slip is taken back; from one number only', async () => {
    await open(page, `/contacts/${id}`);
    await optOut(page, 'Everything', 'asked on the phone');
    await expect(sms(box(page))).toContainText('Opted out');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(sms(box(page))).toContainText('Nothing stands against it.');
    await expect(timeline(page).getByText('Opt-out taken back')).toBeVisible();
    await optOut(page, /^Only from/, 'not from this number');
    await expect(sms(box(page))).toContainText('Left this sender');
    await expect(consent(page)).toContainText('Left one sender');
    await expect(timeline(page)).toContainText('not from this number');
    await newConsent(page, 'signed a card in the shop');
    await expect(sms(box(page))).toContainText('Nothing stands against it.');
    await expect(sms(consent(page))).toContainText('“signed a card in the shop”');
  });

  await test.step('who texted STOP is blocked by Twilio too, whatever we record, until START', async () => {
    await inDatabase(async (tx) => {
      const [contact] = await tx`update contact set opted_out = true, opted_out_at = now(), opted_out_source = 'keyword' where id = ${id} returning organization_id`;
      await tx`insert into consent_event (organization_id, kind, phone, contact_id, source, evidence) values (${contact!.organization_id as string}, 'opt_out', ${ada.phone}, ${id}, 'keyword', '{"word":"STOP"}')`;
    });
    await open(page, `/contacts/${id}`);
    await expect(sms(box(page))).toContainText('No');
    await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
    await newConsent(page, 'signed another card');
    await expect(sms(box(page))).toContainText('Blocked by Twilio');
    await expect(sms(box(page))).toContainText('they must text START');
    await expect(sms(consent(page))).toContainText('they must text START');
    await expectAccessibleEverywhere(page);
  });

  await test.step('no number', async () => {
    const { id: nobody } = await ok<{ id: string }>(shop.rest('POST', '/crm/contacts', { email: 'nell@example.com', firstName: 'Nell' }));
    await open(page, `/contacts/${nobody}`);
    await expect(sms(box(page))).toContainText('No phone number');
    await expect(page.getByRole('button', { name: 'Write a message' })).toHaveCount(0);
  });
});

test('a note, the proof of a person, and erasing them: the number stays suppressed when an import brings it back', async ({ page }) => {
  const shop = await organization('Forgetting', { people: 2, hasAccepted: true });
  await signIn(page, { email: shop.email, password: PASSWORD });
  const id = await idOf(shop, ben.phone);
  const broadcast = await ok<{ id: string }>(shop.rest('POST', '/broadcast', { broadcastName: 'Spring', channel: 'sms', content: '{{firstName}}, hello. Reply STOP to end.', recipientMethod: 'lists', selectedLists: ['friends'] }));
  await ok(shop.rest('POST', `/broadcast/${broadcast.id}/send`));
  await expect.poll(async () => (await ok<{ status: string }>(shop.rest('GET', `/broadcast/${broadcast.id}`))).status, SOON).toBe('sent');
  // Costs are settled by the worker in its own time; that erasing leaves them alone is shown in server/domain/person/erase.test.ts.
  const counts = async () => (await ok<{ counts: object }>(shop.rest('GET', `/broadcast/${broadcast.id}/report`))).counts;

  await test.step('the timeline: a note of a colleague, the message with Twilio’s reports folded', async () => {
    await open(page, `/contacts/${id}`);
    await page.getByLabel('Note for colleagues').fill('Prefers mornings');
    await page.getByRole('button', { name: 'Add note' }).click();
    await expect(timeline(page).getByText('Prefers mornings')).toBeVisible();
    await expect(page.getByLabel('Note for colleagues')).toHaveValue('');
    await expect(async () => {
      await page.reload();
      await timeline(page).getByText(/reports of Twilio/).click({ timeout: 2_000 });
      await expect(timeline(page).getByText(/^Delivered ·/)).toBeVisible({ timeout: 2_000 });
    }).toPass(SOON);
  });

  await test.step('the proof is a file with the SID of each message', async () => {
    const proof = await (await page.request.get(`/api/contacts/${id}/proof.json`, { headers: { 'sec-fetch-site': 'same-origin' } })).json() as { sent: Array<{ sid: string; status: string }> };
    expect(proof.sent).toEqual([expect.objectContaining({ sid: expect.stringMatching(/^SM/), status: 'delivered' })]);
  });

  await test.step('erasing asks for the last digits and says what goes and what stays', async () => {
    const before = await counts();
    await open(page, `/contacts/${id}`);
    await page.getByRole('button', { name: 'Erase…' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('1 sent message in counts and costs, without number and text');
    await dialog.getByLabel('Type the last four digits').fill('0000');
    await dialog.getByRole('button', { name: 'Erase for good' }).click();
    await expect(dialog.getByText('These are not the last four digits').first()).toBeVisible();
    await expectAccessibleEverywhere(page);
    await dialog.getByLabel('Type the last four digits').fill(ben.phone.slice(-4));
    await dialog.getByRole('button', { name: 'Erase for good' }).click();
    await expect(page).toHaveURL(/\/contacts$/);
    expect(await counts()).toEqual(before);
    await open(page, `/contacts?search=${encodeURIComponent(ben.phone)}`);
    await expect(page.getByText('Erased person')).toHaveCount(0);
    await expect(page.getByText(ben.lastName)).toHaveCount(0);
  });

  await test.step('the number comes back with an import, and stays suppressed', async () => {
    await ok(shop.rest('POST', '/crm/contacts/import', { fileName: 'again.csv', csv: `phone,first name,opted out\n${ben.phone},Benjamin,no\n`, listName: 'Again' }));
    await open(page, `/contacts/${await idOf(shop, ben.phone)}`);
    await expect(sms(box(page))).toContainText('Opted out');
    await expect(sms(consent(page))).toContainText('They were erased on their wish');
    await expectAccessibleEverywhere(page);
  });
});

/** A card by its title. */
const card = (page: Page, title: string): Locator => page.locator('main section').filter({ has: page.getByRole('heading', { level: 2, name: title, exact: true }) });
const box = (page: Page) => card(page, 'May we message them now?');
const consent = (page: Page) => card(page, 'Consent');
const timeline = (page: Page) => card(page, 'Timeline');
const sms = (within: Locator): Locator => within.getByRole('listitem').filter({ has: within.page().getByRole('heading', { level: 3, name: 'SMS' }) });

async function idOf({ rest }: Organization, phone: string): Promise<string> {
  const { body } = await rest('GET', `/crm/contacts?search=${encodeURIComponent(phone)}`);
  return (body as { data: Array<{ id: string }> }).data[0]!.id;
}

async function optOut(page: Page, scope: string | RegExp, note: string): Promise<void> {
  await consent(page).getByRole('button', { name: 'Opt out' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(scope).check();
  await dialog.getByLabel('What did they say?').fill(note);
  await dialog.getByRole('button', { name: 'Opt out', exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

async function newConsent(page: Page, words: string): Promise<void> {
  await consent(page).getByRole('button', { name: 'New consent' }).click();
  await page.getByRole('dialog').getByLabel('Where does it come from?').fill(words);
  await page.getByRole('dialog').getByRole('button', { name: 'Record consent' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}
