import type { Page } from '@playwright/test';
import { drag, portAt } from '../support/canvas.ts';
import { code, expectSaved, newFormula, node, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

test('wires on the canvas: what fits is taken, what does not is refused with the reason', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await newFormula(page, 'Wired');

  await test.step('a condition does not fit where a size belongs', async () => {
    await drag(page, await portAt(page, 'crossover', 'value'), await portAt(page, 'buy', 'size'));
    await expect(page.getByText('That does not fit')).toBeVisible();
    await expect(page.getByText(/`size` takes a size .* not a condition/)).toBeVisible();
    await expect(code(page)).toContainText('buy(when: crossover(fastLine, slowLine))');
  });

  await test.step('a wire that would close a circle is refused', async () => {
    await drag(page, await portAt(page, 'fastLine', 'value'), await portAt(page, 'fastLine', 'source'));
    await expect(code(page)).toContainText('fastLine = sma(close, fast)');
  });

  await test.step('a wire that fits takes the place of the old one', async () => {
    await drag(page, await portAt(page, 'fastLine', 'value'), await portAt(page, 'slowLine', 'source'));
    await expect(code(page)).toContainText('slowLine = sma(fastLine, slow)');
  });

  await test.step('a wire dropped on empty canvas offers the blocks that fit', async () => {
    const from = await portAt(page, 'fastLine', 'value');
    await drag(page, from, { x: from.x + 60, y: from.y + 260 });
    const picker = page.getByRole('dialog', { name: 'Add a block' });
    await picker.getByPlaceholder('Blocks that fit…').fill('abs');
    await picker
      .getByRole('option')
      .filter({ has: page.locator('code', { hasText: /^abs$/ }) })
      .click();
    await expect(picker).toBeHidden();
    await expect(code(page)).toContainText('abs(fastLine)');
  });

  await test.step('undo and redo from the keyboard go one gesture at a time', async () => {
    await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } });
    await page.keyboard.press('ControlOrMeta+z');
    await expect(code(page)).not.toContainText('abs(fastLine)');
    await expect(code(page)).toContainText('slowLine = sma(fastLine, slow)');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(code(page)).toContainText('slowLine = sma(close, slow)');
    await page.keyboard.press('ControlOrMeta+Shift+z');
    await expect(code(page)).toContainText('slowLine = sma(fastLine, slow)');
  });

  await test.step('a node is deleted with its wires, and comes back with them', async () => {
    await node(page, 'slowLine').click({ position: { x: 40, y: 8 } });
    await page.keyboard.press('Delete');
    await expect(node(page, 'slowLine')).toHaveCount(0);
    await expect(node(page, 'crossover').getByLabel(/needs `y`|was wired to is gone/)).toBeVisible();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(code(page)).toContainText('crossover(fastLine, slowLine)');
    await expectSaved(page);
  });
});

test('a node that is dragged stays where it is dropped, for everybody', async ({ newPerson }) => {
  const { page, context, ...ada } = await newPerson('Ada');
  await register({ page, context, ...ada });
  const address = await newFormula(page, 'Moved');
  const other = await context.newPage();
  await other.goto(address);
  await expectSaved(other);
  const place = (at: Page) =>
    at.locator('.react-flow__node', { has: node(at, 'slowLine') }).evaluate((element) => element.style.transform);
  const before = await place(other);
  const box = await node(page, 'slowLine').boundingBox();
  if (!box) throw new Error('slowLine is not shown');
  await drag(page, { x: box.x + 50, y: box.y + 8 }, { x: box.x + 90, y: box.y + 150 });
  await expectSaved(page);
  await expect.poll(() => place(other)).not.toBe(before);
  await expect.poll(async () => (await place(other)) === (await place(page))).toBe(true);
});

test('a version is shown as a graph that nobody can edit, with what has changed since', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await newFormula(page, 'Kept');
  await page.getByRole('button', { name: 'Save version' }).click();
  const saving = page.getByRole('dialog');
  await saving.getByRole('textbox').fill('As it was');
  await saving.getByRole('button', { name: 'Save' }).click();
  await expect(saving).toBeHidden();
  await node(page, 'slowLine').click({ position: { x: 40, y: 8 } });
  await page.keyboard.press('Delete');
  await expect(node(page, 'slowLine')).toHaveCount(0);

  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'Show version 1' }).click();
  const version = page.getByRole('dialog', { name: 'Version 1' });
  const gone = version.getByTestId('node-slowLine');
  await expect(gone).toBeVisible();
  await expect(gone.getByText('removed')).toBeVisible();
  await expect(version.getByRole('list', { name: 'Changed since' })).toContainText('slowLine removed');

  await test.step('no gesture changes the version', async () => {
    await gone.click({ position: { x: 40, y: 8 } });
    await page.keyboard.press('Delete');
    await expect(gone).toBeVisible();
    await expect(version.getByTestId('node-fast').getByLabel('value', { exact: true })).toBeDisabled();
  });
});
