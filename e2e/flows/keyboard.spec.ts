import type { Page } from '@playwright/test';
import { violationsInBothThemes } from '../support/axe.ts';
import { node, openSeed, register } from '../support/journeys.ts';
import { seedFormula } from '../support/seed-formula.ts';
import { expect, test } from '../support/test.ts';

const CODE = `input length = 4 in 2..14
strength = rsi(close, length)
buy(when: strength < 25)
sell(when: strength > 65)
`;

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-pane]')?.outerHTML.slice(0, 90));

test('F6 goes from pane to pane and back to the place that was left; the lists are one stop of Tab each', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada', { viewport: { width: 1720, height: 1000 } });
  const { page } = ada;
  await register(ada);
  await openSeed(page, { name: 'By keys', code: CODE });

  await test.step('F6 reaches every pane, and comes round', async () => {
    await page.getByRole('button', { name: 'Run backtest' }).focus();
    const seen: (string | undefined)[] = [];
    for (let press = 0; press < 12; press += 1) {
      await page.keyboard.press('F6');
      const pane = await focused(page);
      if (seen.includes(pane)) break;
      seen.push(pane);
    }
    // Navigation, toolbar, blocks, canvas, preview, code, details.
    expect(seen.length).toBe(7);
    await expect(page.getByRole('button', { name: 'Run backtest' })).not.toBeFocused();
    await page.keyboard.press('Shift+F6');
    expect(await focused(page)).toBe(seen.at(-1));
  });

  await test.step('into the canvas it lands on the selected node, or on the first one', async () => {
    const canvas = page.locator('.react-flow');
    await canvas.evaluate((element) => {
      if (document.activeElement instanceof HTMLElement && element.contains(document.activeElement))
        document.activeElement.blur();
    });
    const selected = node(page, 'strength');
    await selected.getByTestId('node-title').click();
    await selected.evaluate((element) => element.blur());
    for (let press = 0; press < 8; press += 1) {
      await page.keyboard.press('F6');
      if (await canvas.evaluate((element) => element.contains(document.activeElement))) break;
    }
    await expect(canvas.locator('.react-flow__node.selected:focus')).toHaveCount(1);
  });

  await test.step('from within the code, too', async () => {
    await page.getByTestId('code-pane').locator('.cm-content').focus();
    await page.keyboard.press('F6');
    expect(await page.evaluate(() => document.activeElement?.closest('[data-testid="code-pane"]'))).toBeNull();
  });

  await test.step('the palette is left by two presses of Tab, and gone through by arrows', async () => {
    const palette = page.getByRole('complementary', { name: 'Blocks' });
    await palette.getByLabel('Find a block').focus();
    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => document.activeElement?.textContent);
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).not.toBe(first);
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await expect(palette.locator(':focus')).toHaveAttribute('aria-label', /favourite/);
    await page.keyboard.press('Tab');
    await expect(palette.locator(':focus')).toHaveCount(0);
  });

  await test.step('the builder has fewer than 80 stops of Tab, where the palette alone had 470', async () => {
    const stops = await page.evaluate(
      () =>
        [...document.querySelectorAll<HTMLElement>('a[href], button, input, [tabindex]')].filter(
          (element) =>
            element.tabIndex >= 0 && element.getClientRects().length > 0 && !element.matches(':disabled, [disabled]'),
        ).length,
    );
    expect(stops).toBeLessThan(80);
  });

  await test.step('the outline says each statement, and goes to its node', async () => {
    await page.getByRole('tab', { name: 'Outline' }).click();
    const outline = page.getByRole('list', { name: 'Outline' });
    await expect(outline.getByRole('listitem')).toHaveCount(4);
    await expect(outline).toContainText(/strength, relative strength index of source Close/i);
    await outline.getByRole('button', { name: /^Sell/ }).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(page.locator('.react-flow__node.selected')).toContainText('Buy');
    expect(await violationsInBothThemes(page)).toEqual([]);
  });
});

test('a list of strategies is one stop of Tab, and its rows open by Enter', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  for (const name of ['One', 'Two', 'Three']) await seedFormula(page, { name, code: CODE, layout: 'first' });
  await page.goto('/formulas');
  const table = page.getByRole('table').first();
  await expect(table.getByRole('row')).toHaveCount(4);
  expect(await table.locator('tbody').locator('[tabindex="0"]').count()).toBe(1);
  await table.locator('tbody tr').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(table.getByRole('link', { name: 'One' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/formulas\/[0-9a-f-]{36}$/);
});
