import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { expect, expectAccessible, freshEmail, join, MESSAGE, ok, open, organization, PASSWORD, signIn, signUp, test } from './fixtures.ts';

test('two people write one draft: the second is told, both texts stay, and one is chosen', async ({ page, browser, baseURL }) => {
  const { rest, email } = await organization('Two Tabs', { people: 5 });
  const { id } = await ok<BroadcastView>(rest('POST', '/broadcast', { broadcastName: 'Shared', channel: 'sms', content: 'First text', selectedLists: ['friends'] }));
  const account = { email, password: PASSWORD };
  await signIn(page, account);
  await open(page, `/broadcasts/${id}`);
  const otherContext = await browser.newContext({ baseURL: baseURL ?? '' });
  const other = await otherContext.newPage();
  await signIn(other, account);
  await open(other, `/broadcasts/${id}`);

  await other.getByLabel('Text', { exact: true }).fill('Their text');
  await expect(other.getByText(/^Saved/)).toBeVisible();
  await expect.poll(async () => (await ok<BroadcastView>(rest('GET', `/broadcast/${id}`))).content).toBe('Their text');
  await page.getByLabel('Text', { exact: true }).fill('My text');
  await expect(page.getByText('Somebody changed this')).toBeVisible();
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue('My text');
  expect((await ok<BroadcastView>(rest('GET', `/broadcast/${id}`))).content).toBe('Their text');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'See theirs' }).click();
  const versions = page.getByRole('dialog', { name: 'Two versions' });
  await expect(versions).toContainText('My text');
  await expect(versions).toContainText('Their text');
  await expectAccessible(page);
  await versions.getByRole('button', { name: 'Keep mine' }).click();
  await expect.poll(async () => (await ok<BroadcastView>(rest('GET', `/broadcast/${id}`))).content).toBe('My text');
  await otherContext.close();
});

test('a viewer reads everything and cannot send', async ({ page, request }) => {
  const { rest, name } = await organization('Look Only', { people: 5, hasAccepted: true });
  const { id } = await ok<BroadcastView>(rest('POST', '/broadcast', { broadcastName: 'Not yours', channel: 'sms', content: MESSAGE, selectedLists: ['friends'] }));
  const viewer = freshEmail('viewer');
  await signUp(request, { name: 'Vera Viewer', organizationName: 'Vera alone', email: viewer });
  await join(viewer, name, 'viewer');

  await signIn(page, { email: viewer, password: PASSWORD });
  for (const path of ['/contacts', '/lists', '/filters', '/broadcasts']) {
    await open(page, path);
    await expect(page.getByRole('button', { name: /^(New|Import|Add)/ }).or(page.getByRole('link', { name: /^(New|Import CSV)/ }))).toHaveCount(0);
  }
  await page.getByRole('link', { name: 'Not yours' }).click();
  await expect(page.getByRole('heading', { name: 'Not yours', level: 1 })).toBeVisible();
  await expect(page.getByText('You can look at this draft, not change it.')).toBeVisible();
  await expect(page.getByLabel('Text', { exact: true })).toBeDisabled();
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue(MESSAGE);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Review' }).first().click();
  await expect(page.getByRole('heading', { name: 'Review and send' })).toBeVisible();
  const send = page.getByRole('button', { name: 'Send to 5 people' });
  await expect(send).toBeDisabled();
  await expect(send).toHaveAccessibleDescription(/Your role may not send/);
  await expectAccessible(page);
  expect((await ok<BroadcastView>(rest('GET', `/broadcast/${id}`))).status).toBe('draft');
});
