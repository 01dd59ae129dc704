import type { Page } from '@playwright/test';
import { apiOf } from '../support/api.ts';
import { violationsInBothThemes } from '../support/axe.ts';
import { code, expectSaved, invite, join, newFormula, register, setField } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const idIn = (address: string) => new URL(address).pathname.split('/').at(2) ?? '';
const merge = (page: Page) => page.getByRole('button', { name: /^Merge (one change|\d+ changes)$/ });

test('a branch is merged with a conflict while a third edits, and taken back without the edits of the third', async ({
  newPerson,
}) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await register(ada);
  await join(ben, await invite(ada.page, 'Editor'));
  const { page } = ada;
  const origin = await newFormula(page, 'Trunk');
  await apiOf(page).version.create.mutate({ formulaId: idIn(origin), message: 'Where it begins' });

  await test.step('a branch is made of a version', async () => {
    await page.goto(`${origin}/history`);
    await page.getByRole('button', { name: 'Branch…' }).click();
    await page.getByRole('dialog').getByLabel('Name of the branch').fill('Twig');
    await page.getByRole('button', { name: 'Make the branch' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Twig' })).toBeVisible();
    await expectSaved(page);
    await expect(page.getByRole('link', { name: 'A branch of Trunk' })).toBeVisible();
  });
  await setField(page, 'fast', 'value', '12');
  await expectSaved(page);
  await setField(page, 'slow', 'value', '70');
  await expectSaved(page);

  await ben.page.goto(origin);
  await expectSaved(ben.page);
  await setField(ben.page, 'fast', 'value', '15');
  await expectSaved(ben.page);

  await test.step('both sides of a conflict are shown, also at the node, and one is chosen', async () => {
    await page.getByRole('link', { name: 'A branch of Trunk' }).click();
    await page.getByRole('link', { name: 'Merge into Trunk' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Merge Twig into Trunk' })).toBeVisible();
    const conflict = page.getByRole('radiogroup', { name: 'Conflict: fast 20 → 12' });
    await expect(conflict).toContainText('fast 20 → 15');
    await expect(page.getByRole('checkbox', { name: /slow \d+ → 70/ })).toBeChecked();
    await expect(merge(page)).toHaveAttribute('aria-disabled', 'true');
    expect(await violationsInBothThemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Conflict at fast' }).first().click();
    await page
      .getByRole('dialog', { name: 'Conflict at fast' })
      .getByRole('radio', { name: /fast 20 → 12/ })
      .click();
    await page.keyboard.press('Escape');
    await expect(conflict.getByRole('radio', { name: /fast 20 → 12/ })).toBeChecked();
    await expect(page.getByRole('button', { name: 'fast 15 → 12', exact: true })).toBeVisible();
  });

  await test.step('what the third has changed there meanwhile is said, and shown', async () => {
    await setField(ben.page, 'slow', 'value', '80');
    await expectSaved(ben.page);
    await merge(page).click();
    await expect(page.getByText(/“Trunk” has changed meanwhile where you merge/)).toBeVisible();
    const conflict = page.getByRole('radiogroup', { name: /Conflict: slow \d+ → 70/ });
    await expect(conflict).toContainText(/slow \d+ → 80/);
    await conflict.getByRole('radio', { name: /→ 80/ }).click();
  });

  await test.step('the merge is there for everybody at once', async () => {
    await merge(page).click();
    await expect(page.getByText(/Merged as version \d+/)).toBeVisible();
    await expect(code(ben.page)).toContainText('input fast = 12');
    await expect(code(ben.page)).toContainText('input slow = 80');
    await expect(page.getByRole('heading', { level: 1, name: 'History of Trunk' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Versions', exact: true })).toContainText('from Twig');
  });

  await test.step('it is taken back, and what the third has done since stays', async () => {
    await setField(ben.page, 'slow', 'value', '90');
    await expectSaved(ben.page);
    await page.getByRole('button', { name: 'Take the merge back' }).click();
    await expect(page.getByText('Taken back')).toBeVisible();
    await expect(code(ben.page)).toContainText('input fast = 15');
    await expect(code(ben.page)).toContainText('input slow = 90');
    await expect(page.getByText('merge taken back')).toBeVisible();
  });
});
