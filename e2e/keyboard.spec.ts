import type { Locator, Page } from '@playwright/test';
import { expect, MESSAGE, open, organization, PASSWORD, shownCounts, signIn, test } from './fixtures.ts';

test('a broadcast is written, reviewed, sent and paused without a mouse', async ({ page }) => {
  const { email } = await organization('Keys Only', { brandScore: 10, people: 300, hasAccepted: true });
  await signIn(page, { email, password: PASSWORD });
  await open(page, '/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await expect(page).toHaveURL('/broadcasts');
  await expect(page.getByRole('heading', { name: 'Broadcasts', level: 1 })).toBeVisible();
  await page.keyboard.press('n');

  const name = page.getByLabel('Name', { exact: true });
  await expect(name).toBeVisible();
  await tabTo(page, name);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('By keyboard');
  await tabTo(page, page.getByRole('checkbox', { name: /Friends/ }));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByLabel('Text', { exact: true }));
  await page.keyboard.insertText(MESSAGE);
  await page.keyboard.press('ControlOrMeta+Enter');

  await expect(page.getByRole('heading', { name: 'Review and send' })).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Send to 300 people' }));
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await tabTo(page, question.getByRole('button', { name: 'Send to 300 people' }));
  await page.keyboard.press('Enter');

  await tabTo(page, page.getByRole('region', { name: 'Hold' }).getByRole('button', { name: 'Send now' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  expect((await shownCounts(page)).Queued).toBeGreaterThan(100);
  await page.keyboard.press('Shift+S');
  await tabTo(page, page.getByRole('alertdialog').getByRole('button', { name: 'Stop sending' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('From the audience to the phones').first()).toBeVisible();
});

/** Presses Tab until the control has the focus, as a person would; every stop on the way must show where it is. */
async function tabTo(page: Page, goal: Locator) {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return 'none yet';
      const looks = [getComputedStyle(focused), getComputedStyle(focused, '::after'), ...[...focused.parentElement?.children ?? []].map((each) => getComputedStyle(each))];
      return looks.some((look) => look.outlineStyle !== 'none' || look.boxShadow !== 'none') ? 'seen' : `${focused.tagName} ${focused.textContent?.slice(0, 40) ?? ''}`;
    });
    expect(['seen', 'none yet'], 'a focus that shows').toContain(outline);
    if (await goal.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error('Tab never came to the control');
}
