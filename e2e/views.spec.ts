import { DEMO, expect, expectAccessible, open, signIn, test } from './fixtures.ts';

test('a view keeps search, filters and columns under a name, for one person; Undo brings a deleted one back', async ({ page }) => {
  await signIn(page, DEMO);
  await open(page, '/deliveries?status=undelivered');
  const table = page.getByRole('table', { name: 'Messages, newest first' });
  await expect(table.getByRole('columnheader', { name: 'Segments' })).toBeVisible();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Segments' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Cost' }).click();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(table.getByRole('columnheader', { name: 'Segments' })).toHaveCount(0);
  await expect(page).toHaveURL(/status=undelivered&hide=segments%2Ccost/);

  const name = `Not delivered ${Date.now()}`;
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Save view' }).click();
  await expect(page.getByRole('button', { name })).toBeVisible();

  await open(page, '/deliveries');
  await expect(table.getByRole('columnheader', { name: 'Cost' })).toBeVisible();
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name }).click();
  await expect(table.getByRole('columnheader', { name: 'Cost' })).toHaveCount(0);
  await expect(page.getByLabel('State')).toHaveValue('undelivered');
  await page.getByRole('button', { name }).click();
  await page.getByRole('menuitem', { name: `Delete “${name}”` }).click();
  await expect(page.getByRole('button', { name: 'Views' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name })).toBeVisible();
});
