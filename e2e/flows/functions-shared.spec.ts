import type { Page } from '@playwright/test';
import { textOf } from '../support/code-pane.ts';
import {
  code,
  expectSaved,
  invite,
  join,
  node,
  openSeed,
  register,
  saveState,
  writeCode,
} from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const FROM = `input n = 10

fn base(a) = sma(a, n)

fn mid(a, b = 2) =
    part = base(a) * b
    return part + close

buy(when: mid(open) > 1)
`;

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Use a function of another strategy' });

async function choose(page: Page, strategy: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('use a function of another');
  await page.getByRole('option', { name: /Use a function of another strategy/ }).click();
  await dialog(page).getByLabel('Strategy').selectOption({ label: strategy });
}

test('a function of another strategy is used, and brought up to date when it has changed there', async ({
  newPerson,
}) => {
  const [ada, vera] = [await newPerson('Ada'), await newPerson('Vera')];
  const { page } = ada;
  await register(ada);
  const viewer = await invite(page, 'Viewer');
  const library = await openSeed(page, { name: 'Library', code: FROM });
  const address = await openSeed(page, { name: 'User', code: 'x = close\n\nbuy(when: x > 1)\n' });

  await test.step('it comes with what it calls and reads, and is called at once', async () => {
    await choose(page, 'Library');
    await dialog(page).getByRole('button', { name: 'Use it: mid' }).click();
    await expect(code(page)).toContainText('# From Library: mid,');
    await expect(code(page)).toContainText('part = base(a) * b');
    await expect(code(page)).toContainText('input n = 10');
    await expect(node(page, 'call')).toBeVisible();
    await expectSaved(page);
  });

  await test.step('as long as it is the same there, it is called again', async () => {
    await choose(page, 'Library');
    await expect(dialog(page).getByRole('button', { name: 'Call it again: mid' })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('once it has changed there, the copy can be brought up to date, in one step of undo', async () => {
    const before = await textOf(page);
    await page.goto(library);
    await expectSaved(page);
    await writeCode(page, FROM.replace('* b', '/ b'));
    await expectSaved(page);
    await page.goto(address);
    await expectSaved(page);
    await choose(page, 'Library');
    await expect(dialog(page).getByText('has changed since')).toBeVisible();
    await dialog(page).getByRole('button', { name: 'Update the copy: mid' }).click();
    const update = page.getByRole('dialog', { name: 'Update mid from Library' });
    await expect(update.getByText(/part = base\(a\) \* b|part .*\/ b/).first()).toBeVisible();
    await update.getByRole('button', { name: 'Keep the copy as it is' }).click();
    expect(await textOf(page)).toBe(before);
    await dialog(page).getByRole('button', { name: 'Update the copy: mid' }).click();
    await update.getByRole('button', { name: 'Update the copy', exact: true }).click();
    await expect(code(page)).toContainText('part = base(a) / b');
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(() => textOf(page)).toBe(before);
  });

  await test.step('a viewer can not', async () => {
    await join(vera, viewer);
    await vera.page.goto(address);
    await expect(saveState(vera.page)).toHaveText('View only');
    await vera.page.keyboard.press('ControlOrMeta+k');
    await vera.page.keyboard.type('use a function of another');
    const option = vera.page.getByRole('option', { name: /Use a function of another strategy/ });
    await expect(option).toHaveAttribute('aria-disabled', 'true');
  });
});
