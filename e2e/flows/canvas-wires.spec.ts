import type { Page } from '@playwright/test';
import {
  drag,
  expectStill,
  expectWiresOfCode,
  placeWithin,
  portAt,
  takeFirstBlock,
  wire,
  wireAt,
} from '../support/canvas.ts';
import { textOf } from '../support/code-pane.ts';
import { code, expectSaved, invite, join, node, openSeed, register, saveState } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const CHAIN = `fastLine = sma(close, 10)
smooth = ema(fastLine, 5)
slowLine = ema(close, 40)
up = crossover(smooth, slowLine)

buy(when: up, stop: 5%)
`;

const undo = (page: Page) => page.keyboard.press('ControlOrMeta+z');
const title = (page: Page, name: string) => node(page, name).getByTestId('node-title');
const SLOW = 'slowLine → up y';

async function boxOf(page: Page, name: string) {
  const box = await node(page, name).boundingBox();
  if (!box) throw new Error(`${name} is not on the screen`);
  return box;
}

/** A stroke straight across a wire. */
async function strokeAcross(page: Page, name: string, button: 'left' | 'right'): Promise<void> {
  const { x, y } = await wireAt(page, name);
  await page.mouse.move(x - 10, y - 34);
  await page.mouse.down({ button });
  await page.mouse.move(x, y, { steps: 4 });
  await page.mouse.move(x + 10, y + 34, { steps: 4 });
}

test('wires are cut, entered and joined again, each in one step of undo, for the colleague too', async ({
  newPerson,
}) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  const { page } = ada;
  await register(ada);
  const link = await invite(page, 'Editor');
  const address = await openSeed(page, { name: 'Wired', code: CHAIN });
  await join(ben, link);
  await ben.page.goto(address);
  await expectSaved(ben.page);

  await test.step('Alt and a click take a wire away', async () => {
    const { x, y } = await wireAt(page, SLOW);
    await page.keyboard.down('Alt');
    await page.mouse.click(x, y);
    await page.keyboard.up('Alt');
    await expect(code(page)).toContainText('up = crossover(smooth)');
    await expect(code(ben.page)).toContainText('up = crossover(smooth)');
    await undo(page);
    await expect.poll(() => textOf(ben.page)).toBe(CHAIN);
  });

  for (const [held, button] of [
    ['Control', 'right'],
    ['y', 'left'],
  ] as const)
    await test.step(`a stroke with ${held} and the ${button} button cuts what it crosses`, async () => {
      await page.keyboard.down(held);
      await strokeAcross(page, SLOW, button);
      await expect(page.getByTestId('wires-to-cut')).toBeAttached();
      await page.mouse.up({ button });
      await page.keyboard.up(held);
      await expect(code(page)).toContainText('up = crossover(smooth)');
      await expectWiresOfCode(page);
      await undo(page);
      await expect.poll(() => textOf(page)).toBe(CHAIN);
    });

  await test.step('Escape in the middle of a stroke cuts nothing', async () => {
    await page.keyboard.down('y');
    await strokeAcross(page, SLOW, 'left');
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await page.keyboard.up('y');
    await expect(page.getByTestId('cut-stroke')).toHaveCount(0);
    expect(await textOf(page)).toBe(CHAIN);
  });

  await test.step('a node is deleted, and what it stood between is joined', async () => {
    await title(page, 'smooth').click();
    await page.keyboard.press('ControlOrMeta+Delete');
    await expect(code(page)).toContainText('up = crossover(fastLine, slowLine)');
    await expect(code(page)).not.toContainText('smooth');
    await expectWiresOfCode(page);
    await undo(page);
    await expect.poll(() => textOf(ben.page)).toBe(CHAIN);
  });

  await test.step('a node without wires is dropped on a wire and becomes part of it', async () => {
    await title(page, 'smooth').click();
    await page.keyboard.press('ControlOrMeta+Delete');
    await page.keyboard.press('ControlOrMeta+v');
    await page.keyboard.press('Escape');
    await page.keyboard.press('a');
    const picker = page.getByRole('dialog', { name: 'Add a block' });
    await picker.getByPlaceholder('Add a block…').fill('wma');
    await takeFirstBlock(page, 'wma');
    await expect(picker).toBeHidden();
    await expectStill(page);
    const [box, to] = [await boxOf(page, 'wma'), await wireAt(page, SLOW)];
    const from = { x: box.x + 20, y: box.y + 8 };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 2, from.y + 2);
    await page.mouse.move(to.x - box.width / 2 + 20, to.y - box.height / 2 + 8, { steps: 12 });
    await expect(page.getByTestId('wire-to-enter')).toBeAttached();
    await page.mouse.up();
    await expect(code(page)).toContainText('wma(slowLine)');
    await expect(code(page)).toContainText(/up = crossover\(fastLine, wma/);
    await undo(page);
    await expect(code(page)).toContainText('up = crossover(fastLine, slowLine)');
  });
  await expectSaved(page);
});

test('a block from the palette is dropped on a wire, and the first drop stays where it was dropped', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openSeed(page, { name: 'Dropped', code: CHAIN });
  await page.keyboard.press('b');
  const palette = page.getByRole('complementary', { name: 'Blocks' });
  await palette.getByRole('textbox', { name: 'Find a block' }).fill('wma');
  const { x, y } = await wireAt(page, 'smooth → up x');
  const item = palette.getByRole('button', { name: /^Weighted moving average/ });
  const from = await item.boundingBox();
  if (!from) throw new Error('not in the palette');
  await page.mouse.move(from.x + 20, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(x - 30, y - 30, { steps: 4 });
  await page.mouse.move(x, y, { steps: 4 });
  await expect(page.getByTestId('wire-to-enter')).toBeAttached();
  await page.mouse.up();
  await expect(code(page)).toContainText('up = crossover(wma(smooth), slowLine)');
  await undo(page);
  await expect.poll(() => textOf(page)).toBe(CHAIN);
});

test('while a wire is held, what does not fit stands back and the reason stands at the pointer', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openSeed(page, { name: 'Held', code: CHAIN });
  const fits = (name: string) => page.locator('.react-flow__node', { has: node(page, name) }).getAttribute('data-fits');

  await test.step('a condition does not fit an average', async () => {
    const [from, to] = [await portAt(page, 'up', 'value'), await boxOf(page, 'slowLine')];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 40, from.y + 30, { steps: 3 });
    await expect.poll(() => fits('slowLine')).toBe('no');
    await expect.poll(() => fits('buy')).toBe('yes');
    await page.mouse.move(to.x + 60, to.y + 12, { steps: 5 });
    await expect(page.getByTestId('refusal')).toHaveText(/No free port/);
    const size = await portAt(page, 'buy', 'size');
    await page.mouse.move(size.x, size.y, { steps: 5 });
    await expect(page.getByTestId('refusal')).toHaveText(/takes a size/);
    const pointer = await page.getByTestId('refusal').boundingBox();
    expect(Math.abs((pointer?.x ?? 0) - size.x)).toBeLessThan(40);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect.poll(() => fits('slowLine')).toBeNull();
    await expect(page.getByTestId('refusal')).toHaveCount(0);
  });

  await test.step('dropped on empty canvas the wire stays while one chooses, and what is likely stands first', async () => {
    await drag(page, await portAt(page, 'slowLine', 'value'), await placeWithin(page));
    await expect(page.getByTestId('loose-wire')).toBeAttached();
    await takeFirstBlock(page, '>');
    await expect(page.getByTestId('loose-wire')).toHaveCount(0);
    await expect(code(page)).toContainText('slowLine >');
    await undo(page);
    await expect.poll(() => textOf(page)).toBe(CHAIN);
  });
});

test('a viewer cuts nothing', async ({ newPerson }) => {
  const [ada, vera] = [await newPerson('Ada'), await newPerson('Vera')];
  await register(ada);
  const link = await invite(ada.page, 'Viewer');
  const address = await openSeed(ada.page, { name: 'Look only', code: CHAIN });
  await join(vera, link);
  const { page } = vera;
  await page.goto(address);
  await expect(saveState(page)).toHaveText('View only');
  await page.keyboard.press('Escape');
  await page.keyboard.down('y');
  await strokeAcross(page, SLOW, 'left');
  await page.mouse.up();
  await page.keyboard.up('y');
  const { x, y } = await wireAt(page, SLOW);
  await page.keyboard.down('Alt');
  await page.mouse.click(x, y);
  await page.keyboard.up('Alt');
  await title(page, 'smooth').click();
  await page.keyboard.press('ControlOrMeta+Delete');
  await expect(wire(page, SLOW)).toHaveCount(1);
  await expect.poll(() => textOf(ada.page)).toBe(CHAIN);
});
