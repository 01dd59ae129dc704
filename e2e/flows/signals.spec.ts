import { expectSaved, newFormula, node, register, writeCode } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

test('a bot’s signals come in as they are emitted', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await newFormula(page, 'Chatterbox', 'Empty');
  await writeCode(page, 'info(when: close > open or close <= open, note: "tick", every: true)\n');
  await expect(node(page, 'info')).toBeVisible();
  await expectSaved(page);
  await page.getByRole('button', { name: 'Save version' }).click();
  await page.getByRole('dialog').getByLabel('What has changed').fill('Says something at every bar');
  await page.getByRole('dialog').getByRole('button', { name: /Save/ }).click();
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.goto('/bots');
  await page.getByRole('button', { name: 'New bot' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Parrot');
  await dialog.getByLabel('Strategy').click();
  await page.getByRole('option', { name: 'Chatterbox' }).click();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Start Parrot' }).click();
  await expect(page.getByRole('row', { name: /Parrot/ })).toContainText('running');

  await page.getByRole('link', { name: 'Signals' }).click();
  const rows = page.getByRole('table', { name: 'Signals' }).getByRole('row').filter({ hasText: 'tick' });
  await expect(rows.first()).toContainText('Parrot');
  await expect(rows.nth(2)).toBeVisible();

  await page.goto('/bots');
  await page.getByRole('button', { name: 'Pause Parrot' }).click();
  await expect(page.getByRole('row', { name: /Parrot/ })).toContainText('paused');
});
