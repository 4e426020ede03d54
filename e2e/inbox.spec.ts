import type { Page } from '@playwright/test';
import type { VersionView } from '#server/domain/template/schema.ts';
import { acceptAgreement, DEMO, expect, expectAccessibleEverywhere, handingOn, inDatabase, ok, open, organization, PASSWORD, person, signIn, simulator, test, type Organization } from './fixtures.ts';

type Post = { to: string; from: string | null; body: string; contentSid: string | null; contentVariables: string | null };
/** A busy machine takes its time for what the worker does. */
const SOON = { timeout: 60_000 };
const ada = person(0);
const ben = person(1);

test.describe.configure({ mode: 'parallel', timeout: 240_000 });

test('the demo as it comes: what a simulated phone writes to its number and to its WhatsApp sender stands in the inbox', async ({ page }) => {
  await signIn(page, DEMO);
  await simulator('inbound', { from: '+12025557077', to: '+14155551234', body: 'Is the blue tent back?' });
  await simulator('inbound', { from: 'whatsapp:+447400123477', to: 'whatsapp:+14155551234', body: 'And the green one?', profileName: 'Mira' });
  await open(page, '/inbox?view=all');
  await expect(row(page, /202.*555.*7077/)).toContainText('Is the blue tent back?');
  await expect(row(page, /Mira/)).toContainText('And the green one?');
});

test('P76: a reply stands in the inbox within seconds, is answered from the same number, and its bubble tells that it arrived', async ({ page }) => {
  const shop = await shopOf('Answers', { hasAccepted: false });
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, '/inbox');
  await expect(page.getByText('No replies yet')).toBeVisible();
  await expect(page.getByText('No conversation selected')).toBeVisible();
  await expectFine(page);

  await test.step('it comes in while the page is open', async () => {
    const began = Date.now();
    await writes(shop, ada.phone, 'Do you open on Sundays? <b>really</b>');
    await expect(row(page, /Ada Tester 0/)).toContainText('Do you open on Sundays?');
    console.log(`from the phone to the inbox: ${Date.now() - began} ms`);
    await expect(row(page, /Ada Tester 0/)).toContainText('1 unread');
    await expect(page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: /Inbox.*1 unread/ })).toBeVisible();
  });

  await test.step('opened, it is read; words are words, never markup', async () => {
    await row(page, /Ada Tester 0/).click();
    await expect(messages(page).getByText('Do you open on Sundays? <b>really</b>')).toBeVisible();
    await expect(row(page, /Ada Tester 0/)).not.toContainText('unread');
    await expectFine(page);
  });

  await test.step('the first answer asks for the agreement, and goes on by itself', async () => {
    await composer(page).fill('Yes, from 10 to 4.');
    await expect(page.getByText('1 segment · 142 left')).toBeVisible();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await acceptAgreement(page.getByRole('dialog'));
    await expect(messages(page).getByText('Yes, from 10 to 4.')).toHaveCount(1);
    await expect(messages(page).getByText('Delivered')).toBeVisible(SOON);
    expect(await posts(shop)).toMatchObject([{ to: ada.phone, body: 'Yes, from 10 to 4.' }]);
    await expect(composer(page)).toHaveValue('');
  });

  await test.step('a note stays inside; assigned, closed and taken back', async () => {
    await page.getByRole('button', { name: 'Note', exact: true }).click();
    await page.getByLabel('Note for colleagues').fill('Regular customer, be nice');
    await page.getByRole('button', { name: 'Save note' }).click();
    await expect(messages(page).getByText('Note, only colleagues see it')).toBeVisible();
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: /\(you\)/ }).click();
    await expect(messages(page).getByText(/took it/)).toBeVisible();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(page.getByText('Nothing is open.')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await expect(row(page, /Ada Tester 0/)).toBeVisible();
    expect(await posts(shop)).toHaveLength(1);
  });
});

test('journey 37: the window closes while somebody types; the text stays, a template takes it, and their next message brings free text back', async ({ page }) => {
  const shop = await shopOf('Closing Window', { whatsApp: true });
  const sid = await approved(shop);
  const sender = shop.twilio.whatsAppSenders[0]?.senderId ?? '';
  const to = `whatsapp:${ada.phone}`;
  await writes(shop, to, 'Where is my parcel?', sender);
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, '/inbox');
  await expect(row(page, /Ada Tester 0/)).toContainText(/2[34]\sh.*left/);
  await row(page, /Ada Tester 0/).click();
  await composer(page).fill('It is with the carrier');
  await expectFine(page);

  await test.step('less than a quarter of an hour', async () => {
    await lastWrote(sender, to, 24 * 3_600 - 300 - 600);
    await expect(row(page, /Ada Tester 0/)).toContainText(/(9|10)\smin\sleft/);
    await expect(composer(page)).toHaveValue('It is with the carrier');
    await expectFine(page);
  });

  await test.step('it is over: the box becomes a choice of templates', async () => {
    await lastWrote(sender, to, 24 * 3_600 - 300 - 8);
    await composer(page).pressSequentially(' since Monday');
    await expect(page.getByText('The 24 hours since their last message are over.')).toBeVisible(SOON);
    await expect(page.getByRole('region', { name: 'What you typed' })).toContainText('It is with the carrier since Monday');
    await simulator('windows', { sender, person: to, secondsAgo: 25 * 3_600 });
    await expectFine(page);
    await page.reload();
    await expect(page.getByRole('region', { name: 'What you typed' })).toContainText('It is with the carrier since Monday');
    await page.getByRole('list', { name: 'Templates' }).getByRole('button', { name: /about_your_question/ }).click();
    await expect(page.getByLabel('{{1}} firstName')).toHaveValue('Ada');
    await expect(page.getByLabel('{{2}} answer')).toHaveValue('It is with the carrier since Monday');
    await expectFine(page);
    await page.getByRole('button', { name: 'Send template' }).click();
    await expect(messages(page).getByText('Hello Ada, here is what you asked for: It is with the carrier since Monday. Write to us again at any time.')).toBeVisible();
    await expect.poll(async () => (await posts(shop)).map(({ contentSid, contentVariables }) => ({ contentSid, values: JSON.parse(contentVariables ?? '{}') as unknown })), SOON)
      .toEqual([{ contentSid: sid, values: { 1: 'Ada', 2: 'It is with the carrier since Monday' } }]);
  });

  await test.step('they write: the box is back', async () => {
    await writes(shop, to, 'Thanks!', sender);
    await expect(composer(page)).toBeVisible();
    await expect(composer(page)).toHaveValue('');
  });
});

test('journey 38: who opted out cannot be written to, the reason stands there, and START opens it again', async ({ page }) => {
  const shop = await shopOf('Opted Out', {});
  await writes(shop, ada.phone, 'please take me off your list');
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, '/inbox');
  await row(page, /Ada Tester 0/).click();
  await expect(page.getByText('This reads like an opt-out')).toBeVisible();
  await expectFine(page);
  await page.getByRole('button', { name: 'No, it is not' }).click();
  await expect(page.getByText('This reads like an opt-out')).toHaveCount(0);
  await composer(page).fill('Half a sentence');
  await writes(shop, ada.phone, 'STOP');
  await expect(page.getByText('They can come back by writing START.')).toBeVisible();
  await expect(composer(page)).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'What you typed' })).toContainText('Half a sentence');
  await expectFine(page);
  await writes(shop, ada.phone, 'START');
  await expect(composer(page)).toHaveValue('Half a sentence');
  expect(await posts(shop)).toEqual([]);
});

test('the inbox is worked through without a mouse', async ({ page }) => {
  const shop = await shopOf('No Mouse', {});
  await writes(shop, ada.phone, 'First');
  await writes(shop, ben.phone, 'Second');
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, '/');
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible();
  await expect(row(page, /Ben Tester 1/)).toBeVisible();
  await page.keyboard.press('j');
  await expect(row(page, /Ben Tester 1/)).toBeFocused();
  await page.keyboard.press('j');
  await expect(row(page, /Ada Tester 0/)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(messages(page).getByText('First')).toBeVisible();
  await page.keyboard.press('k');
  await expect(messages(page).getByText('Second')).toBeVisible();
  await page.keyboard.press('r');
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type('Line one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('line two');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(messages(page).getByText('Line one line two')).toBeVisible();
  await expect.poll(async () => (await posts(shop)).map(({ body }) => body), SOON).toEqual(['Line one\nline two']);
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await page.keyboard.type('A note');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(messages(page).getByText('A note')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('z');
  const moments = page.getByRole('dialog', { name: 'Snooze until' });
  await expect(moments).toBeVisible();
  await moments.getByRole('button', { name: /Tomorrow morning/ }).press('Enter');
  await expect(page.getByRole('list', { name: 'Conversations' }).getByRole('link')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Next conversation');
});

test('a lost connection loses nothing: what was typed is sent once, what came meanwhile stands there', async ({ page, context, complaints }) => {
  complaints.expected = /ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_NETWORK|status of (401|402|409)/;
  const shop = await shopOf('Lost Line', {});
  await writes(shop, ada.phone, 'Before');
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, '/inbox');
  await row(page, /Ada Tester 0/).click();
  await expect(messages(page).getByText('Before')).toBeVisible();
  await composer(page).fill('Written in a tunnel');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(messages(page).getByText('Not sent.')).toBeVisible(SOON);
  await writes(shop, ada.phone, 'While you were away');
  await writes(shop, ben.phone, 'Somebody else');
  await context.setOffline(false);
  await expect(messages(page).getByText('While you were away')).toBeVisible(SOON);
  await expect(row(page, /Ben Tester 1/)).toBeVisible(SOON);
  await page.reload();
  await messages(page).getByRole('button', { name: 'Try again' }).click();
  await expect.poll(async () => (await posts(shop)).map(({ body }) => body), SOON).toEqual(['Written in a tunnel']);
  await expect(messages(page).getByText('Written in a tunnel')).toHaveCount(1);
  await expect(messages(page).getByText('Before')).toBeVisible();
});

test('on a phone: list, conversation and details are screens of their own, with a way back', async ({ page }) => {
  const shop = await shopOf('One Hand', {});
  await writes(shop, ada.phone, 'From my phone to yours');
  await page.setViewportSize({ width: 375, height: 812 });
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, '/inbox');
  await row(page, /Ada Tester 0/).click();
  await expect(composer(page)).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main, short' })).toBeHidden();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  await expect(page.getByRole('complementary', { name: 'Details' }).getByRole('link', { name: 'Open contact' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the conversation' }).click();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(row(page, /Ada Tester 0/)).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main, short' })).toBeVisible();
});

const row = (page: Page, name: RegExp) => page.getByRole('list', { name: 'Conversations' }).getByRole('link', { name });
const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });
const composer = (page: Page) => page.getByRole('textbox', { name: /^Reply to / });

/** Nothing moves or loads, at all widths and in both themes; also at the width of a page at 400 % zoom. */
async function expectFine(page: Page) {
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await expectAccessibleEverywhere(page);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 'pixels too wide at 320').toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 860 });
}

/** An organisation with two people on its list whose messages get through, and whose Messaging Service hands on what people write. */
const shopOf = async (name: string, wishes: { whatsApp?: boolean; hasAccepted?: boolean }): Promise<Organization> => handingOn(await organization(name, { people: 2, hasAccepted: true, ...wishes }));

/** A person writes; the simulated Twilio has told us when this returns. */
const writes = ({ twilio }: Organization, from: string, body: string, to = twilio.numbers[0]?.phoneNumber ?? '') => simulator('inbound', { from, to, body });

/** Time that has passed since a person's last message: only the tables can say so. */
const lastWrote = (sender: string, recipient: string, secondsAgo: number) => inDatabase((sql) => sql`update conversation set last_inbound_at = clock_timestamp() - make_interval(secs => ${secondsAgo}) where sender = ${sender} and recipient = ${recipient}`);

/** What reached the simulated Twilio. */
const posts = async ({ twilio }: Organization): Promise<Post[]> => (await simulator<{ entries: Post[] }>(`journal?accountSid=${twilio.accountSid}`)).entries;

async function approved({ rest }: Organization): Promise<string> {
  const variables = { firstName: { sample: 'Ann', fallback: 'there' }, answer: { sample: 'we open at ten', fallback: '' } };
  const body = 'Hello {{firstName}}, here is what you asked for: {{answer}}. Write to us again at any time.';
  const { id } = await ok<VersionView>(rest('POST', '/broadcast/templates', { name: 'about_your_question', category: 'utility', content: { body }, variables }));
  await ok(rest('POST', `/broadcast/templates/${id}/submit`));
  let version: VersionView | undefined;
  await expect.poll(async () => { version = await ok<VersionView>(rest('POST', `/broadcast/templates/${id}/refresh`)); return version.status; }, SOON).toBe('approved');
  return version?.contentSid ?? '';
}
