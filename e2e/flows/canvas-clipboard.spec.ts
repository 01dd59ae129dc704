import type { Page } from '@playwright/test';
import { emptyPlace, expectWiresOfCode, selectedNodes } from '../support/canvas.ts';
import { putCursorBehind, textOf } from '../support/code-pane.ts';
import { code, expectSaved, node, openSeed, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const CROSS = `fastLine = sma(close, 10)

# The slower one
slowLine = ema(close, 40)
up = crossover(fastLine, slowLine)

buy(when: up, stop: 5%)
`;

async function select(page: Page, ...names: readonly string[]): Promise<void> {
  const { x, y } = await emptyPlace(page);
  await page.mouse.click(x, y);
  for (const name of names)
    await node(page, name)
      .getByTestId('node-title')
      .click({ modifiers: ['Shift'] });
  await expect(selectedNodes(page)).toHaveCount(names.length);
}

async function pasteAt(page: Page, x: number, y: number): Promise<void> {
  await page.mouse.move(x, y, { steps: 2 });
  await page.keyboard.press('ControlOrMeta+v');
}

test('nodes are copied, cut and pasted, within a formula and into another, in one step of undo', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openSeed(page, { name: 'From', code: CROSS });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());

  await test.step('a copy is code for whoever takes text', async () => {
    await select(page, 'slowLine', 'up');
    await page.keyboard.press('ControlOrMeta+c');
    await expect
      .poll(clipboard)
      .toBe('# The slower one\nslowLine = ema(close, 40)\nup = crossover(fastLine, slowLine)\n');
  });

  await test.step('pasted where the pointer is: names are free, inner wires and those from outside are kept', async () => {
    const place = await emptyPlace(page);
    await pasteAt(page, place.x, place.y);
    await expect(code(page)).toContainText('slowLine1 = ema(close, 40)');
    await expect(code(page)).toContainText('up1 = crossover(fastLine, slowLine1)');
    await expect(selectedNodes(page)).toHaveCount(2);
    await expect
      .poll(async () => {
        const boxes = await Promise.all(['slowLine1', 'up1'].map((name) => node(page, name).boundingBox()));
        return Math.abs(Math.min(...boxes.map((box) => box?.x ?? Infinity)) - place.x);
      })
      .toBeLessThan(3);
    await page.keyboard.press('Shift+F');
    await expectWiresOfCode(page);
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => textOf(page)).toBe(CROSS);
  });

  await test.step('what is cut is gone, and pasted again with its wires', async () => {
    await select(page, 'slowLine', 'up');
    await page.keyboard.press('ControlOrMeta+x');
    await expect(node(page, 'up')).toHaveCount(0);
    const place = await emptyPlace(page);
    await pasteAt(page, place.x, place.y);
    await expect(code(page)).toContainText('up = crossover(fastLine, slowLine)');
    await page.keyboard.press('ControlOrMeta+z');
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => textOf(page)).toBe(CROSS);
  });

  await test.step('fields and code keep their own clipboard', async () => {
    const field = node(page, 'fastLine').getByLabel('timePeriod');
    await select(page, 'up');
    await field.focus();
    await field.press('ControlOrMeta+a');
    await page.keyboard.press('ControlOrMeta+c');
    await expect.poll(clipboard).toBe('10');
    await page.keyboard.press('Escape');
    await code(page).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('ControlOrMeta+c');
    await expect.poll(clipboard).toBe(CROSS);
  });

  await test.step('into another formula in another tab', async () => {
    await page.mouse.move(4, 4);
    await select(page, 'slowLine', 'up');
    await page.keyboard.press('ControlOrMeta+c');
    await expect.poll(clipboard).toContain('up = ');
    const other = await ada.context.newPage();
    await openSeed(other, { name: 'Into', code: 'fastLine = sma(open, 3)\nbuy(when: fastLine > 3)\n' });
    await other.bringToFront();
    const place = await emptyPlace(other);
    await pasteAt(other, place.x, place.y);
    await expect(code(other)).toContainText('up = crossover(fastLine, slowLine)');
    await expect(code(other)).toContainText('# The slower one');
    await expect(code(other)).toContainText('slowLine = ema(close, 40)');
    await expectSaved(other);
    await other.close();
  });

  await test.step('and into the code pane', async () => {
    await select(page, 'up');
    await page.keyboard.press('ControlOrMeta+c');
    await expect.poll(clipboard).toBe('up = crossover(fastLine, slowLine)\n');
    await putCursorBehind(page, 'stop: 5%');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ControlOrMeta+v');
    await expect.poll(() => textOf(page)).toContain('buy(when: up, stop: 5%)\nup = crossover(fastLine, slowLine)');
  });
});

test('code that is pasted on the canvas becomes nodes; what is no code is refused with the reason', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openSeed(page, { name: 'Pasted', code: CROSS });
  const paste = async (text: string) => {
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    const { x, y } = await emptyPlace(page);
    await page.mouse.click(x, y);
    await page.keyboard.press('ControlOrMeta+v');
  };

  await paste('strength = rsi(fastLine, 14)\nup = strength < 30 and close > slowLine\nsell(when: up)\n');
  await expect(code(page)).toContainText('strength = rsi(fastLine, 14)');
  await expect(code(page)).toContainText('up1 = strength < 30 and close > slowLine');
  await expect(code(page)).toContainText('sell(when: up1)');
  await page.keyboard.press('Shift+F');
  await expectWiresOfCode(page);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => textOf(page)).toBe(CROSS);

  await paste('so it goes, said the bird');
  await expect(page.getByText('This cannot be pasted here')).toBeVisible();
  await paste('weak = rsi(gone, 14)\n');
  await expect(page.getByText('Pasted without some of its wires')).toBeVisible();
  await expect(code(page)).toContainText('weak = rsi(timePeriod: 14)');
});
