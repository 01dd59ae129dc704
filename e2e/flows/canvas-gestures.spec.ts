import type { Page } from '@playwright/test';
import {
  drag,
  emptyPlace,
  expectStill,
  expectWiresOfCode,
  placeWithin,
  portAt,
  selectedNodes,
  selectedWires,
  wire,
  wireAt,
} from '../support/canvas.ts';
import { code, expectSaved, invite, join, node, openSeed, register, saveState } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const CROSS = `fastLine = sma(close, 10)
slowLine = ema(close, 40)
up = crossover(fastLine, slowLine)

buy(when: up, stop: 5%)
`;

const title = (page: Page, name: string) => node(page, name).getByTestId('node-title');
const undo = (page: Page) => page.keyboard.press('ControlOrMeta+z');

async function showWhole(page: Page): Promise<void> {
  const { x, y } = await emptyPlace(page);
  await page.mouse.click(x, y);
  await page.keyboard.press('Shift+F');
  await expect.poll(async () => (await node(page, 'buy').boundingBox())?.x).toBeGreaterThan(0);
  await expectStill(page);
}

test('wires are selected, taken away and moved, each in one step of undo', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openSeed(page, { name: 'Wires', code: CROSS });
  const SLOW = 'slowLine → up y';
  const clickWire = async (name: string) => {
    const { x, y } = await wireAt(page, name);
    await page.mouse.click(x, y);
  };

  /** The code first, then the canvas: the next gesture needs the wire. */
  const takeBack = async () => {
    await undo(page);
    await expect(code(page)).toContainText('up = crossover(fastLine, slowLine)');
    await expect(wire(page, SLOW)).toHaveCount(1);
    await expectWiresOfCode(page);
  };

  for (const key of ['Delete', 'Backspace']) {
    await test.step(`a click and ${key}`, async () => {
      await clickWire(SLOW);
      await expect(selectedWires(page)).toHaveCount(1);
      await page.keyboard.press(key);
      await expect(code(page)).toContainText('up = crossover(fastLine)');
      await expectWiresOfCode(page);
      await takeBack();
    });
  }

  await test.step('the keyboard alone: the wire says what is wired to what', async () => {
    await wire(page, SLOW).focus();
    await page.keyboard.press('Enter');
    await expect(selectedWires(page)).toHaveCount(1);
    await page.keyboard.press('Delete');
    await expect(code(page)).toContainText('up = crossover(fastLine)');
    await takeBack();
  });

  await test.step('Escape and a click beside it leave it alone', async () => {
    await clickWire(SLOW);
    await expect(selectedWires(page)).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(selectedWires(page)).toHaveCount(0);
    await clickWire(SLOW);
    await expect(selectedWires(page)).toHaveCount(1);
    const { x, y } = await emptyPlace(page);
    await page.mouse.click(x, y);
    await expect(selectedWires(page)).toHaveCount(0);
  });

  await test.step('its end is pulled off the input into nothing', async () => {
    await drag(page, await portAt(page, 'up', 'y'), await placeWithin(page));
    await expect(code(page)).toContainText('up = crossover(fastLine)');
    await expect(page.getByRole('dialog', { name: 'Add a block' })).toHaveCount(0);
    await takeBack();
  });

  await test.step('or moved to another input, where it takes the place of what is there', async () => {
    await drag(page, await portAt(page, 'up', 'y'), await portAt(page, 'up', 'x'));
    await expect(code(page)).toContainText('up = crossover(slowLine)');
    await expectWiresOfCode(page);
    await takeBack();
  });

  await test.step('or to the input of another node', async () => {
    await drag(page, await portAt(page, 'up', 'y'), await portAt(page, 'buy', 'stop'));
    await expect(code(page)).toContainText('stop: slowLine');
    await expect(code(page)).toContainText('up = crossover(fastLine)');
    await undo(page);
    await expect(code(page)).toContainText('stop: 5%');
  });

  await test.step('Escape in the middle lets go of it, of a new wire and of a node', async () => {
    const empty = await placeWithin(page);
    const box = await title(page, 'up').boundingBox();
    if (!box) throw new Error('not in sight');
    const place = () =>
      node(page, 'up').evaluate((element) => element.closest<HTMLElement>('.react-flow__node')?.style.transform);
    const before = await place();
    const held = [
      await portAt(page, 'up', 'y'),
      await portAt(page, 'slowLine', 'value'),
      { x: box.x + 8, y: box.y + 5 },
    ];
    for (const from of held) {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(empty.x, empty.y, { steps: 5 });
      await page.keyboard.press('Escape');
      await page.mouse.move(empty.x + 8, empty.y, { steps: 2 });
      await page.mouse.up();
    }
    expect(await place()).toBe(before);
    await showWhole(page);
    await expect(page.getByRole('dialog', { name: 'Add a block' })).toHaveCount(0);
    await expect(code(page)).toContainText('up = crossover(fastLine, slowLine)');
    await expectWiresOfCode(page);
  });

  await test.step('where it does not fit it stays, with the reason', async () => {
    await drag(page, await portAt(page, 'buy', 'when'), await portAt(page, 'buy', 'size'));
    await expect(page.getByText('That does not fit')).toBeVisible();
    await expect(code(page)).toContainText('buy(when: up, stop: 5%)');
  });

  await test.step('the end at the output of a wire that is selected moves, too', async () => {
    await clickWire(SLOW);
    const from = await portAt(page, 'slowLine', 'value');
    await drag(page, { x: from.x + 14, y: from.y }, await portAt(page, 'fastLine', 'value'));
    await expect(code(page)).toContainText('up = crossover(fastLine, fastLine)');
    await takeBack();
  });

  await test.step('a new wire that is dropped on a node takes its first free port that fits', async () => {
    await clickWire(SLOW);
    await expect(selectedWires(page)).toHaveCount(1);
    await page.keyboard.press('Delete');
    await expect(code(page)).toContainText('up = crossover(fastLine)');
    const box = await title(page, 'up').boundingBox();
    await drag(page, await portAt(page, 'slowLine', 'value'), { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 4 });
    await expect(code(page)).toContainText('up = crossover(fastLine, slowLine)');
    await expectSaved(page);
  });
});

test('nodes are selected as everywhere: all, several, some of them, none', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openSeed(page, { name: 'Selections', code: CROSS });
  await showWhole(page);

  await test.step('Ctrl+A takes all nodes, and no text of the page', async () => {
    await page.keyboard.press('ControlOrMeta+a');
    await expect(selectedNodes(page)).toHaveCount(5);
    expect(await page.evaluate(() => String(getSelection()))).toBe('');
    await page.keyboard.press('Escape');
    await expect(selectedNodes(page)).toHaveCount(0);
  });

  await test.step('Shift adds and takes away; a click without is for one', async () => {
    await title(page, 'fastLine').click();
    await title(page, 'slowLine').click({ modifiers: ['Shift'] });
    await title(page, 'up').click({ modifiers: ['ControlOrMeta'] });
    await expect(selectedNodes(page)).toHaveCount(3);
    await title(page, 'slowLine').click({ modifiers: ['Shift'] });
    await expect(selectedNodes(page)).toHaveCount(2);
    await title(page, 'fastLine').click();
    await expect(selectedNodes(page)).toHaveCount(1);
  });

  await test.step('a rubber band takes what it touches; a click in it works', async () => {
    const [fast, slow] = [await title(page, 'fastLine').boundingBox(), await node(page, 'slowLine').boundingBox()];
    if (!fast || !slow) throw new Error('not in sight');
    await drag(page, { x: fast.x - 20, y: fast.y - 30 }, { x: fast.x + 12, y: slow.y + 12 });
    await expect(selectedNodes(page)).toHaveCount(2);
    await expect(selectedWires(page)).toHaveCount(0);
    await title(page, 'slowLine').click();
    await expect(selectedNodes(page)).toHaveCount(1);
    await expect(page.getByText('Exponential moving average').first()).toBeVisible();
  });

  await test.step('in a field the same keys are those of its text', async () => {
    const field = node(page, 'fastLine').getByLabel('timePeriod');
    await field.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('7');
    await page.keyboard.press('Enter');
    await expect(code(page)).toContainText('fastLine = sma(close, 7)');
  });

  await test.step('moves by arrow keys are one step of undo, and Ctrl+Y does it again', async () => {
    const place = () =>
      node(page, 'up').evaluate((element) => element.closest<HTMLElement>('.react-flow__node')?.style.transform);
    await title(page, 'up').click();
    const before = await place();
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowRight');
    await expect.poll(place).not.toBe(before);
    const after = await place();
    await undo(page);
    await expect.poll(place).toBe(before);
    await page.keyboard.press('ControlOrMeta+y');
    await expect.poll(place).toBe(after);
  });

  await test.step('the help lists the keys', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard' });
    for (const name of [
      'Select all nodes',
      'Clear the selection',
      'Copy the selected nodes',
      'Cut the selected nodes',
      'Paste nodes or code',
      'Delete the selection',
      'Move the selection',
    ])
      await expect(help.getByText(name)).toBeVisible();
  });
});

test('a viewer can look at nodes and wires, and take and put nothing', async ({ newPerson }) => {
  const [ada, vera] = [await newPerson('Ada'), await newPerson('Vera')];
  await register(ada);
  const link = await invite(ada.page, 'Viewer');
  const address = await openSeed(ada.page, { name: 'Look only', code: CROSS });
  await join(vera, link);
  const { page } = vera;
  await page.goto(address);
  await expect(saveState(page)).toHaveText('View only');
  const text = await code(page).innerText();
  await page.keyboard.press('Escape');

  await drag(page, await portAt(page, 'up', 'y'), await placeWithin(page));
  await drag(page, await portAt(page, 'fastLine', 'value'), await placeWithin(page));
  await drag(page, await portAt(page, 'slowLine', 'value'), await portAt(page, 'up', 'x'));
  const { x, y } = await wireAt(page, 'up → buy when');
  await page.mouse.click(x, y);
  await page.keyboard.press('Delete');
  const empty = await emptyPlace(page);
  await page.mouse.dblclick(empty.x, empty.y);
  await page.keyboard.press('a');
  await expect(page.getByRole('dialog', { name: 'Add a block' })).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+a');
  await expect(selectedNodes(page)).toHaveCount(5);
  await page.keyboard.press('ControlOrMeta+x');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.locator('.react-flow__node')).toHaveCount(5);
  expect(await code(page).innerText()).toBe(text);
  await expect(page.locator('[id^="react-flow__edge-desc"]')).not.toContainText('delete');
});
