import type { Page } from '@playwright/test';
import type { ContactView } from '#server/domain/contact/schema.ts';
import type { RuleView } from '#server/domain/automation/schema.ts';
import { arrivals, expect, expectAccessibleEverywhere, handingOn, ok, okPage, open, organization, PASSWORD, signIn, simulator, test, type Organization } from './fixtures.ts';

const CONSENT = 'By texting JOIN you agree to get offers of Acme by text.';
const rulesOf = async ({ rest }: Organization) => (await okPage<RuleView>(rest('GET', '/automation/keywords'))).data;

/** Asks the try box of the page. */
async function tried(page: Page, text: string, who = ''): Promise<void> {
  await page.getByLabel('Somebody texts').fill(text);
  await page.getByRole('textbox', { name: /^From/ }).fill(who);
  if (who) await expect(page.getByText(/^As /)).toBeVisible();
  await page.getByRole('button', { name: 'Try', exact: true }).click();
}

/** Somebody texts our first number, through the signed webhook. */
const texts = ({ twilio }: Organization, from: string, body: string) => simulator('inbound', { from, to: twilio.numbers[0]!.phoneNumber, body });

/** An organisation whose Messaging Service hands on what people write. */
const shopOf = async (name: string): Promise<Organization> => handingOn(await organization(name, { people: 1, hasAccepted: true }));

test('journey 39: a keyword rule from an example to a real answer: reserved word, conflict, try box, loop guard, near miss', async ({ page, complaints }) => {
  test.setTimeout(420_000);
  complaints.expected = /the server responded with a status of (401|402|409|422)/;
  const owner = await shopOf('Rules');
  await signIn(page, { email: owner.email, password: PASSWORD });

  await test.step('the empty page offers three examples', async () => {
    await open(page, '/automations');
    await expect(page.getByRole('heading', { name: 'No rules yet' })).toBeVisible();
    await expectAccessibleEverywhere(page);
    await page.getByRole('link', { name: /^JOIN/ }).click();
    await expect(page.getByLabel('Name of the rule')).toHaveValue('Join');
  });

  await test.step('a reserved word is refused at its field; another one is taken', async () => {
    const keywords = page.getByRole('textbox', { name: 'Keywords' });
    await keywords.fill('JOIN, STOP');
    await page.getByRole('button', { name: 'Make rule' }).click();
    await expect(page.getByRole('alert').getByText(/STOP is one of the words with which people opt out/)).toBeVisible();
    await keywords.fill('join');
    await page.getByLabel('What they agree to').fill(CONSENT);
    await page.getByLabel('The answer').fill('Welcome {{firstName | default: "friend"}}!');
    await page.getByRole('button', { name: 'Add what it does' }).click();
    await page.getByRole('menuitem', { name: 'Add a tag' }).click();
    await page.getByLabel('Tag', { exact: true }).fill('club');
    await page.getByRole('button', { name: 'Add what it does' }).click();
    await page.getByRole('menuitem', { name: 'Add to a list' }).click();
    await page.getByLabel('List', { exact: true }).selectOption({ label: 'Friends' });
    await expectAccessibleEverywhere(page);
    await page.getByRole('button', { name: 'Make rule' }).click();
    await expect(page).toHaveURL(/\/automations$/);
    await expect(page.getByRole('article', { name: 'Join' })).toContainText('Has not acted yet');
  });

  await test.step('a second rule for the same word is flagged, and moving a wider one aside mends it', async () => {
    await ok(owner.rest('POST', '/automation/keywords', { name: 'Anything with join', match: 'contains', keywords: ['join'], actions: [{ type: 'add_tag', tag: 'asked' }] }));
    await open(page, '/automations');
    await page.getByRole('button', { name: 'Move Anything with join up' }).click();
    const join = page.getByRole('article', { name: 'Join', exact: true });
    await expect(join.getByText('Shadowed')).toBeVisible();
    await tried(page, 'join');
    await expect(page.getByText('“Anything with join” wins')).toBeVisible();
    await expectAccessibleEverywhere(page);
    await join.getByRole('button', { name: 'Ask it before “Anything with join”' }).click();
    await expect(join.getByText('Shadowed')).toHaveCount(0);
    await expect(page.getByText('“Join” wins')).toBeVisible();
    expect((await rulesOf(owner)).map(({ name }) => name)).toEqual(['Join', 'Anything with join']);
  });

  await test.step('the try box says what Twilio answers itself', async () => {
    await tried(page, 'STOP');
    await expect(page.getByText('Twilio answers this itself')).toBeVisible();
    await tried(page, 'jion');
    await expect(page.getByText('No rule acts, but one nearly')).toBeVisible();
  });

  const stranger = '+12025557001';
  const person = async () => (await okPage<ContactView>(owner.rest('GET', `/crm/contacts?search=${encodeURIComponent(stranger)}`))).data[0];
  const answers = async () => (await arrivals(owner.twilio)).to.filter((to) => to === stranger).length;

  await test.step('what was predicted happens: answer, consent, tag and list', async () => {
    await texts(owner, stranger, ' Join! ');
    await expect.poll(answers, { timeout: 60_000 }).toBe(1);
    expect(await person()).toMatchObject({ tags: ['club'], optedOut: false, consentSource: CONSENT, lists: [{ slug: 'friends' }] });
  });

  await test.step('the same person once more within a day: held back, as the try box says; a near miss waits for its variant', async () => {
    await texts(owner, stranger, 'JOIN');
    await texts(owner, '+12025557002', 'Jion');
    await expect.poll(async () => (await rulesOf(owner)).map(({ name, fired, heldBack, nearMisses }) => [name, fired, heldBack, nearMisses]), { timeout: 60_000 }).toEqual([['Join', 1, 1, 1], ['Anything with join', 0, 0, 0]]);
    expect(await answers()).toBe(1);
    await open(page, '/automations');
    await tried(page, 'join', stranger);
    await expect(page.getByText('“Join” is held back')).toBeVisible();
    await page.getByRole('article', { name: 'Join', exact: true }).getByRole('link', { name: 'Join', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Near misses' })).toBeVisible();
    await expectAccessibleEverywhere(page);
    await page.getByRole('button', { name: 'Add variant jion' }).click();
    await expect(page.getByRole('heading', { name: 'Near misses' })).toHaveCount(0);
    expect((await rulesOf(owner))[0]!.keywords).toEqual(['join', 'jion']);
  });

  await test.step('a webhook that leads home is refused; one of the internet brings its secret once', async () => {
    await expect(page.getByRole('textbox', { name: 'Keywords' })).toHaveValue('JOIN, JION');
    await page.getByRole('button', { name: 'Add what it does' }).click();
    await page.getByRole('menuitem', { name: 'Call a webhook' }).click();
    const url = page.getByLabel('Address to call');
    await url.fill('https://127.0.0.1/hook');
    await page.getByRole('button', { name: 'Save rule' }).click();
    await expect(page.getByRole('alert').getByText(/private network/)).toBeVisible();
    await url.fill('https://hooks.example.com/hailer');
    await page.getByRole('button', { name: 'Save rule' }).click();
    await expect(page.getByText(/^whsec_[0-9a-f]{64}$/)).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Webhooks' })).toBeVisible();
    await expect(page.getByText(/^whsec_/)).toHaveCount(0);
  });
});
