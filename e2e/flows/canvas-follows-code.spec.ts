import type { Page } from '@playwright/test';
import { expectWiresOfCode } from '../support/canvas.ts';
import { expectCode, replace } from '../support/code-pane.ts';
import {
  code,
  expectArranged,
  expectSaved,
  field,
  invite,
  join,
  node,
  openSeed,
  register,
  setField,
} from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const CROSS = `input fast = 20
input slow = 50

fastLine = sma(close, fast)
slowLine = ema(close, slow)
up = crossover(fastLine, slowLine)

buy(when: up, stop: 5%)
sell(when: fastLine < slowLine)
`;

/** Edits as people type them: each is made in the text that the one before has left. */
const EDITS: readonly (readonly [what: string, before: string, after: string])[] = [
  ['a call becomes an operator', 'crossover(fastLine, slowLine)', 'fastLine > slowLine'],
  ['a comparison becomes a conjunction', 'fastLine > slowLine', 'fastLine > slowLine and close > open'],
  ['that becomes one condition with one input', 'fastLine > slowLine and close > open', 'rising(fastLine, 3)'],
  ['that becomes a call with two inputs', 'rising(fastLine, 3)', 'crossover(fastLine, slowLine)'],
  ['an average becomes arithmetic', 'sma(close, fast)', 'atr() * fast'],
  ['arithmetic becomes a block of several outputs', 'atr() * fast', 'bbands(close, fast).upper'],
  ['another of its outputs', 'upper', 'lower'],
  ['a literal becomes a wire', 'stop: 5%', 'stop: fastLine'],
  ['a wire becomes a literal', 'stop: fastLine', 'stop: 3%'],
  ['an argument goes', ', stop: 3%', ''],
  ['a port comes in sight with its wire', 'when: up', 'when: up, limit: slowLine'],
  ['and another below', 'limit: slowLine', 'limit: slowLine, trail: fastLine'],
  ['the first of them goes', 'limit: slowLine, ', ''],
  ['a statement is renamed where it is used and made', 'fastLine < slowLine', 'fastLine <= slowLine'],
  ['a statement comes', 'sell(when: fastLine <= slowLine)', 'sell(when: fastLine <= slowLine or falling(slowLine, 2))'],
  ['it goes', ' or falling(slowLine, 2)', ''],
];

async function showWhole(page: Page): Promise<void> {
  await page.locator('.react-flow__pane').click({ position: { x: 12, y: 12 } });
  await page.keyboard.press('Shift+F');
}

test('after every edit of the code the canvas draws the wires of the formula, for everybody', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await register(ada);
  await join(ben, await invite(ada.page, 'Editor'));
  const address = await openSeed(ada.page, { name: 'Typed over', code: CROSS });
  await ben.page.goto(address);
  await expectArranged(ben.page);
  const pages = [ada.page, ben.page];
  const expectWires = async () => {
    await expectSaved(ada.page);
    for (const page of pages) await expectWiresOfCode(page);
  };
  for (const page of pages) await showWhole(page);
  await expectWires();

  for (const [what, before, after] of EDITS) {
    await test.step(what, async () => {
      await replace(ada.page, before, after);
      await expect(code(ada.page)).toContainText(after === '' ? 'buy' : after);
      for (const page of pages) await page.keyboard.press('Escape');
      await expectWires();
    });
  }
  const text = await code(ada.page).innerText();

  await test.step('all of it is undone, and done again, step by step', async () => {
    for (const [key, count] of [
      ['ControlOrMeta+z', 6],
      ['ControlOrMeta+Shift+z', 6],
    ] as const) {
      for (let step = 0; step < count; step += 1) {
        await showWhole(ada.page);
        await ada.page.keyboard.press(key);
        await expectWires();
      }
    }
    expect(await code(ada.page).innerText()).toBe(text);
  });

  await test.step('fields and deletions on the canvas', async () => {
    await showWhole(ada.page);
    await setField(ada.page, 'buy', 'size', '50%');
    await expectWires();
    await expect(field(ben.page, 'buy', 'size')).toHaveValue('50%');
    await node(ada.page, 'up').click({ position: { x: 30, y: 10 } });
    await ada.page.keyboard.press('Delete');
    await expect(node(ben.page, 'up')).toHaveCount(0);
    await expectWires();
    await ada.page.keyboard.press('ControlOrMeta+z');
    await expect(node(ben.page, 'up')).toHaveCount(1);
    await expectWires();
  });
});

test('a formula that is written anew is drawn anew', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  await register(ada);
  await openSeed(ada.page, { name: 'Anew', code: CROSS });
  const other = 'up = crossunder(close, open)\nhigh2 = highest(high, 5)\nbuy(when: up and high2 > close)\n';
  await code(ada.page).click();
  await ada.page.keyboard.press('ControlOrMeta+a');
  await ada.page.keyboard.insertText(other);
  await expectCode(ada.page, other);
  await showWhole(ada.page);
  await expectWiresOfCode(ada.page);
});
