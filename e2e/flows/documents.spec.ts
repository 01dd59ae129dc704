import { code, expectSaved, field, invite, join, newFormula, register, setField } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

test('an admin sees who is in which document, compacts it, and restores a version before everybody’s eyes', async ({
  newPerson,
}) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await register(ada);
  await join(ben, await invite(ada.page, 'Editor'));
  await ada.page.goto('/settings/documents');
  await expect(ada.page.getByRole('heading', { name: 'Nobody has a strategy open' })).toBeVisible();

  await newFormula(ben.page, 'Tended');
  await ben.page.getByRole('button', { name: 'Save version' }).click();
  await ben.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(ben.page.getByRole('dialog')).toHaveCount(0);
  await setField(ben.page, 'fast', 'value', '44');
  await expectSaved(ben.page);

  const row = ada.page.getByRole('row', { name: /Tended/ });
  await expect(row.getByRole('cell').nth(1)).toHaveText('1');
  await row.getByRole('button', { name: 'Look after Tended' }).click();
  await ada.page.getByRole('menuitem', { name: 'Compact' }).click();
  await expect(row).toContainText('just now');

  await row.getByRole('button', { name: 'Look after Tended' }).click();
  await ada.page.getByRole('menuitem', { name: 'Restore a version…' }).click();
  await ada.page.getByRole('dialog').getByLabel('Version').click();
  await ada.page.getByRole('option', { name: /^Version 1/ }).click();
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await expect(ada.page.getByText('Version 2 keeps what was there before.')).toBeVisible();
  await expect(field(ben.page, 'fast', 'value')).toHaveValue('20');
  await expect(code(ben.page)).toContainText('input fast = 20 in 5..100');

  await ben.page.goto('/settings/documents');
  await expect(ben.page.getByRole('heading', { name: 'Not for your role' })).toBeVisible();
});
