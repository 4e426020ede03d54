import type { Page } from '@playwright/test';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import type { VersionView } from '#server/domain/template/schema.ts';
import { endHold, expect, expectAccessibleEverywhere, inDatabase, ok, open, organization, PASSWORD, person, shownCounts, signIn, simulator, test, type Organization } from './fixtures.ts';

type Post = { to: string; body: string; contentSid: string | null; contentVariables: string | null; mediaUrls: string[] };
const HOUR = 3_600; // s
const WORDS = 'Hello {{firstName}}, your order for {{lastName}} has left our house and will be with you in a few days.';
/** The worker reads the state of a template every few seconds; a busy machine takes its time. */
const SOON = { timeout: 90_000 };

test.describe.configure({ mode: 'parallel', timeout: 300_000 });

test('P49, P62-P72: a template is picked, mapped and previewed; of a mixed audience of 200 each gets the right kind', async ({ page }) => {
  const shop = await shopOf('Mixed Audience', 200);
  const sid = await approved(shop, 'order_shipped');
  await ok(shop.rest('POST', '/broadcast/templates', { name: 'not_yet_submitted', content: { body: WORDS } }));
  // By the phone number: an hour ago, 23:59:50 ago, 25 h ago, never.
  const groups = [HOUR, 24 * HOUR - 10, 25 * HOUR, null] as const;
  const groupOf = (i: number) => groups[i % 4] ?? null;
  await wrote(shop, Array.from({ length: 200 }, (_, i) => ({ phone: person(i).phone, secondsAgo: groupOf(i) })));
  await signIn(page, { email: shop.email, password: PASSWORD });

  await test.step('a draft of the channel, one press further', async () => {
    await open(page, '/broadcasts');
    await page.getByRole('button', { name: 'Other channels' }).first().click();
    await page.getByRole('menuitem', { name: 'WhatsApp' }).click();
    await expect(page.getByRole('heading', { level: 1, name: /^WhatsApp, / })).toBeVisible();
    await page.getByLabel('From', { exact: true }).selectOption({ value: shop.sender });
    await page.getByRole('checkbox', { name: /Friends/ }).check();
  });

  await test.step('only what is approved can be chosen', async () => {
    await page.getByRole('button', { name: 'Choose a template…' }).click();
    const choices = page.getByRole('list', { name: 'Templates' });
    await expect(choices.getByRole('listitem').filter({ hasText: 'not_yet_submitted' })).toContainText('Submit it to have it approved.');
    await expect(choices.getByRole('button', { name: /not_yet_submitted/ })).toHaveCount(0);
    await expect(choices.getByRole('button', { name: /order_shipped/ })).toContainText(/Utility\. About \$/);
    await choices.getByRole('button', { name: /order_shipped/ }).click();
  });

  const table = page.getByRole('table', { name: 'What fills the template, by position' });
  await test.step('what fills it, and what people have', async () => {
    await expect(table.getByRole('textbox', { name: 'What fills {{1}}' })).toHaveValue('{{firstName}}');
    await expect(table.getByRole('row').nth(2)).toContainText(/Tester 1\d\d/);
    await expect(table.getByRole('row').nth(2)).toContainText('0 of 200');
    await table.getByRole('textbox', { name: 'What fills {{2}}' }).fill('');
    await expect(table.getByRole('row').nth(2)).toContainText('Nothing fills it yet');
    await table.getByRole('button', { name: 'Choose a field for {{2}}' }).click();
    await page.getByRole('menuitem', { name: 'Last name' }).click();
    await expect(table.getByRole('textbox', { name: 'What fills {{2}}' })).toHaveValue('{{lastName}}');
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Still here, {{firstName}}?');
    await expect(page.getByText('As things stand 50 people would get this and 150 people the template.', { exact: false })).toBeVisible();
  });

  await test.step('both messages on one phone, person by person', async () => {
    const phone = page.getByRole('region', { name: 'Preview' }).first();
    const [inside, outside] = [phone.getByRole('region', { name: 'Wrote within 24 hours' }), phone.getByRole('region', { name: 'Everybody else' })];
    await expect(inside).toContainText(/Still here, \w+\?/);
    await expect(outside).toContainText(/Hello \w+, your order for Tester \d+ has left/);
    await expect(phone.getByText('Gets this now')).toHaveCount(1);
    const before = await outside.innerText();
    await phone.getByRole('button', { name: 'Next recipient' }).click();
    await expect.poll(() => outside.innerText()).not.toBe(before);
    await expectCalmAndAccessible(page);
  });

  await test.step('the review says who gets which', async () => {
    await page.getByRole('button', { name: 'Review' }).first().click();
    const kinds = page.getByRole('table', { name: 'Who gets which' });
    await expect(kinds.getByRole('row', { name: /Wrote within 24 hours 50/ })).toContainText('your own words');
    await expect(kinds.getByRole('row', { name: /Everybody else 150/ })).toContainText('the template');
    await expectCalmAndAccessible(page);
    await page.getByRole('button', { name: 'Send to 200 people' }).first().click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Send to 200 people' }).click();
    await endHold(page);
  });

  await test.step('at Twilio each got the right kind', async () => {
    await expect.poll(async () => (await posts(shop)).length, SOON).toBe(200);
    const sent = new Map((await posts(shop)).map((post) => [post.to, post]));
    for (const [i, secondsAgo] of Array.from({ length: 200 }, (_, n) => [n, groupOf(n)] as const)) {
      const { phone, firstName, lastName } = person(i);
      const post = sent.get(`whatsapp:${phone}`);
      if (secondsAgo === HOUR) expect(post).toMatchObject({ contentSid: null, body: `Still here, ${firstName}?` });
      else expect({ ...post, contentVariables: JSON.parse(post?.contentVariables ?? '{}') as unknown }).toMatchObject({ contentSid: sid, contentVariables: { 1: firstName, 2: lastName } });
    }
  });

  await test.step('the report and the log say it', async () => {
    await expect(page.getByRole('heading', { name: 'From the audience to the phones' })).toBeVisible(SOON);
    await expect(page.getByRole('link', { name: 'order_shipped' })).toBeVisible();
    await expectCalmAndAccessible(page);
    await page.getByRole('link', { name: /Template.*show these messages/ }).click();
    await expect(page.getByRole('row').nth(1)).toContainText('Template');
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    const panel = page.getByRole('dialog').getByRole('region', { name: 'Template' });
    await expect(panel).toContainText('order_shipped');
    await expect(panel.getByRole('definition').nth(1)).toContainText(/Tester \d+/);
    await expectCalmAndAccessible(page);
  });
});

test('P6, D7: paused in the middle, the broadcast waits for its template and says so on both pages; it goes on by itself', async ({ page, context }) => {
  const shop = await shopOf('Paused Template', 400);
  const sid = await approved(shop, 'held_in_the_middle');
  // Slow enough to be caught on its way.
  await inDatabase((sql) => sql`update pace set lowered_to = 4 where meter = ${shop.sender}`);
  const { id } = await ok<BroadcastView>(shop.rest('POST', '/broadcast', { broadcastName: 'On its way', channel: 'whatsapp', senderPhone: shop.sender, templateSid: sid, selectedLists: ['friends'] }));
  await signIn(page, { email: shop.email, password: PASSWORD });
  await ok(shop.rest('POST', `/broadcast/${id}/send`));
  await open(page, `/broadcasts/${id}`);
  await expect.poll(async () => (await posts(shop)).length, SOON).toBeGreaterThan(4);
  await simulator('approvals', { sid, status: 'paused' });
  await expect(page.getByText('Waiting for its template')).toBeVisible(SOON);
  await expect(page.getByText(/held_in_the_middle \(en\) is paused by Meta/)).toBeVisible();
  await expectCalmAndAccessible(page);
  const handled = (await posts(shop)).length;
  expect(handled).toBeLessThan(400);

  const other = await context.newPage();
  await page.getByRole('link', { name: 'Open the template' }).click();
  await expect(page.getByText('1 broadcast waits for this version')).toBeVisible();
  await expect(page.getByRole('link', { name: 'On its way' })).toBeVisible();
  await expectCalmAndAccessible(page);
  expect((await posts(shop)).length).toBeLessThanOrEqual(handled + 4);

  await inDatabase((sql) => sql`update pace set lowered_to = null where meter = ${shop.sender}`);
  await open(other, `/broadcasts/${id}`);
  await simulator('approvals', { sid, status: 'approved' });
  // Who got it before we knew of the pause is tried again, and nobody fails.
  const arrived = async () => { const { counts } = await ok<BroadcastView>(shop.rest('GET', `/broadcast/${id}`)); return counts.delivered + counts.read; };
  await expect.poll(arrived, { timeout: 120_000 }).toBe(400);
  await expect(other.getByRole('heading', { name: 'From the audience to the phones' })).toBeVisible(SOON);
  expect(new Set((await posts(shop)).map(({ to }) => to)).size).toBe(400);
  expect((await posts(shop)).every(({ contentSid }) => contentSid === sid)).toBe(true);
});

test('P68: with a limit of 250 people a day 50 of 300 wait, and go when the day has moved', async ({ page }) => {
  const shop = await shopOf('Daily Limit', 300);
  const sid = await approved(shop, 'daily_limit');
  await simulator('whatsapp', { sender: shop.sender, messagingLimit: 250 });
  await inDatabase((sql) => sql`update sender set messaging_limit = 250 where address = ${shop.sender}`);
  const { id } = await ok<BroadcastView>(shop.rest('POST', '/broadcast', { broadcastName: 'To many', channel: 'whatsapp', senderPhone: shop.sender, templateSid: sid, selectedLists: ['friends'] }));
  await signIn(page, { email: shop.email, password: PASSWORD });
  await open(page, `/broadcasts/${id}`);
  await expect(page.getByText('It may write first to 250 people in any 24 hours; more wait, nobody is dropped.')).toBeVisible();
  await open(page, `/broadcasts/${id}/review`);
  await expect(page.getByText(/250 people in 24 hours, 0 of them used: 50 people wait, the first until/)).toBeVisible();
  await expectCalmAndAccessible(page);
  await ok(shop.rest('POST', `/broadcast/${id}/send`));
  await open(page, `/broadcasts/${id}`);
  await expect.poll(async () => (await posts(shop)).length, SOON).toBe(250);
  await expect(page.getByText('Waiting for room in the daily limit')).toBeVisible(SOON);
  await expect(page.getByText(/50 people wait, the first until/).first()).toBeVisible();
  await expectCalmAndAccessible(page);
  expect((await shownCounts(page))['Queued']).toBe(50);

  // A day later, here and at Meta.
  await simulator('whatsapp', { sender: shop.sender, messagingLimit: null });
  await inDatabase(async (sql) => {
    const [sender] = await sql<{ id: string; organization_id: string }[]>`select id, organization_id from sender where address = ${shop.sender}`;
    await sql`update sender_reach set initiated_at = initiated_at - interval '24 hours 2 minutes', last_at = last_at - interval '1 minute' where sender_id = ${sender?.id ?? ''}`;
    await sql`update delivery_retry set due_at = clock_timestamp() where broadcast_id = ${id}`;
    await sql`select graphile_worker.add_job('dispatch-sender', json_build_object('organizationId', organization_id, 'paceId', pace_id)) from broadcast where id = ${id}`;
  });
  await expect.poll(async () => (await posts(shop)).length, SOON).toBe(300);
  await expect(page.getByRole('heading', { name: 'From the audience to the phones' })).toBeVisible(SOON);
  expect(new Set((await posts(shop)).map(({ to }) => to)).size).toBe(300);
});

/** What is being counted anew is grey for a moment. */
async function expectCalmAndAccessible(page: Page) {
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await expectAccessibleEverywhere(page);
}

type Shop = Organization & { sender: string };

/** An organisation with a WhatsApp sender and `people` on the list `friends`; every message gets through. */
async function shopOf(name: string, people: number): Promise<Shop> {
  const own = await organization(name, { people, hasAccepted: true, whatsApp: true });
  await simulator('config', { accountSid: own.twilio.accountSid, resultMix: {}, pairSeconds: 0 });
  return { ...own, sender: own.twilio.whatsAppSenders[0]?.senderId ?? '' };
}

/** Writes a template, submits it, and waits until Meta's stand-in has approved it. */
async function approved({ rest }: Shop, name: string): Promise<string> {
  const variables = { firstName: { sample: 'Ann', fallback: 'there' }, lastName: { sample: 'Lee', fallback: '' } };
  const { id } = await ok<VersionView>(rest('POST', '/broadcast/templates', { name, category: 'utility', content: { body: WORDS }, variables }));
  await ok(rest('POST', `/broadcast/templates/${id}/submit`));
  let version: VersionView | undefined;
  await expect.poll(async () => { version = await ok<VersionView>(rest('POST', `/broadcast/templates/${id}/refresh`)); return version.status; }, SOON).toBe('approved');
  return version?.contentSid ?? '';
}

/** When people wrote last, here and at Meta; null: never. The webhook knows only now, so the past is put into the tables. */
async function wrote({ sender }: Shop, people: { phone: string; secondsAgo: number | null }[]) {
  const known = people.flatMap(({ phone, secondsAgo }) => (secondsAgo === null ? [] : [{ person: `whatsapp:${phone}`, secondsAgo }]));
  await simulator('windows', { sender, people: known });
  await inDatabase((sql) => sql`
    insert into conversation (organization_id, channel, sender, recipient, last_inbound_at)
    select s.organization_id, 'whatsapp', s.address, p.person, clock_timestamp() - make_interval(secs => p."secondsAgo")
    from sender s, json_to_recordset(${JSON.stringify(known)}::text::json) as p(person text, "secondsAgo" int) where s.address = ${sender}`);
}

/** What reached the simulated Twilio on this channel. */
const posts = async ({ twilio }: Shop): Promise<Post[]> => (await simulator<{ entries: Post[] }>(`journal?accountSid=${twilio.accountSid}`)).entries;
