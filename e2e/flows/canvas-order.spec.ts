import type { Page } from '@playwright/test';
import { drag, expectStill, portAt, selectedNodes } from '../support/canvas.ts';
import { code, expectArranged, field, node, openSeed, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const CODE = `input fast = 10 in 5..50

quick = ema(close, fast)
slow = ema(close, 40)
bands = bbands(close, 20)

buy(when: quick > slow and close < bands.upper, stop: 5%)
`;

const boxOf = async (page: Page, name: string) => {
  const box = await node(page, name).boundingBox();
  if (!box) throw new Error(`${name} is not on the screen`);
  return box;
};
const click = (page: Page, name: string, modifiers: 'Shift'[] = []) =>
  node(page, name)
    .getByTestId('node-title')
    .click({ modifiers, position: { x: 4, y: 6 } });
const zoomBy = async (page: Page, pixels: number) => {
  await page.locator('.react-flow__pane').hover({ position: { x: 300, y: 30 } });
  await page.keyboard.down('Control');
  for (let step = 0; step < 3; step += 1) await page.mouse.wheel(0, pixels);
  await page.keyboard.up('Control');
};

/** gesture × works: what is done with real events, and what then holds. */
test('fields, names, ports and order, by the gestures that people know', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openSeed(page, { name: 'Ordered', code: CODE });

  await test.step('arithmetic in a field', async () => {
    await field(page, 'slow', 'timePeriod').fill('10+4');
    await page.keyboard.press('Enter');
    await expect(code(page)).toContainText('slow = ema(close, 14)');
  });

  await test.step('arrow keys, Shift and the wheel step a field that has the focus, as one step of undo', async () => {
    const input = field(page, 'slow', 'timePeriod');
    await input.focus();
    await input.press('ArrowUp');
    await input.press('Shift+ArrowUp');
    await input.hover();
    await page.mouse.wheel(0, -40);
    await expect(code(page)).toContainText('slow = ema(close, 26)');
    await input.blur();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(code(page)).toContainText('slow = ema(close, 14)');
  });

  await test.step('a drag on the label changes the number, inside of its range', async () => {
    const label = await node(page, 'fast').getByText('value', { exact: true }).boundingBox();
    if (!label) throw new Error('fast has no label');
    const from = { x: label.x + 6, y: label.y + label.height / 2 };
    await drag(page, from, { x: from.x + 400, y: from.y });
    await expect(code(page)).toContainText('input fast = 50 in 5..50');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(code(page)).toContainText('input fast = 10 in 5..50');
  });

  await test.step('a value of one’s own goes back to the default', async () => {
    await field(page, 'bands', 'nbDevUp').fill('3');
    await page.keyboard.press('Enter');
    await expect(code(page)).toContainText('bbands(close, 20, 3)');
    await node(page, 'bands').hover();
    await node(page, 'bands').getByRole('button', { name: 'Back to 2' }).click();
    await expect(code(page)).toContainText('bbands(close, 20)');
  });

  await test.step('a node is renamed in place by a double-click, and by F2', async () => {
    await node(page, 'quick').getByTestId('node-title').dblclick();
    await page.getByRole('textbox', { name: 'Name of the node' }).fill('swift');
    await page.keyboard.press('Enter');
    await expect(code(page)).toContainText('swift = ema(close, fast)');
    await click(page, 'slow');
    await page.keyboard.press('F2');
    await expect(page.getByRole('textbox', { name: 'Name of the node' })).toBeFocused();
    await page.keyboard.type('swift');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Name of the node' })).toHaveAttribute(
      'title',
      /another one already/,
    );
    await page.keyboard.press('Escape');
    await expect(node(page, 'slow')).toBeVisible();
  });

  await test.step('an operator without a name is called what it says', async () => {
    await expect(node(page, 'gt').getByTestId('node-title')).toHaveText('swift > slow');
  });

  await test.step('P shows all ports of a node, and a wire can be drawn to one of them', async () => {
    await click(page, 'buy');
    await page.keyboard.press('p');
    await expect(field(page, 'buy', 'limit')).toBeVisible();
    await page.keyboard.press('Shift+F');
    await expectStill(page);
    await drag(page, await portAt(page, 'slow', 'value'), await portAt(page, 'buy', 'limit'));
    await expect(code(page)).toContainText('limit: slow');
    await page.keyboard.press('ControlOrMeta+z');
    await node(page, 'buy')
      .getByRole('button', { name: /Show fewer ports/ })
      .click();
    await expect(field(page, 'buy', 'trail')).toHaveCount(0);
  });

  await test.step('the selection is aligned and straightened', async () => {
    await click(page, 'swift');
    await click(page, 'slow', ['Shift']);
    await click(page, 'bands', ['Shift']);
    await expect(selectedNodes(page)).toHaveCount(3);
    await page.keyboard.press('Alt+w');
    const spread = async () => {
      const tops = await Promise.all(['swift', 'slow', 'bands'].map(async (name) => (await boxOf(page, name)).y));
      return Math.max(...tops) - Math.min(...tops);
    };
    await expect.poll(spread).toBeLessThan(1);
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(spread).toBeGreaterThan(20);
  });

  await test.step('a node that is dragged snaps to the line of another, and says so', async () => {
    await page.keyboard.press('Escape');
    const [sell, slow] = [await boxOf(page, 'buy'), await boxOf(page, 'slow')];
    const from = { x: sell.x + 60, y: sell.y + 12 };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    // What the pointer goes before a drag has begun is not part of the drag.
    await page.mouse.move(from.x, from.y + 2);
    await page.mouse.move(from.x, from.y + 30, { steps: 3 });
    await page.mouse.move(from.x, from.y + (slow.y - sell.y) + 3, { steps: 6 });
    await expect(page.getByTestId('guides')).toBeVisible();
    await page.mouse.up();
    await expect.poll(async () => Math.abs((await boxOf(page, 'buy')).y - slow.y)).toBeLessThan(1);
    await expect(page.getByTestId('guides')).toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+z');
  });

  await test.step('new nodes never land on others', async () => {
    await page.keyboard.press('b');
    const palette = page.getByRole('complementary', { name: 'Blocks' });
    await palette.getByRole('textbox', { name: 'Find a block' }).fill('rsi');
    const nodes = page.locator('.react-flow__node');
    const before = await nodes.count();
    for (let count = 1; count <= 3; count += 1) {
      await palette.getByRole('button', { name: /^Relative strength index/ }).click();
      await expect(nodes).toHaveCount(before + count);
    }
    await page.keyboard.press('Escape');
    await expectStill(page);
    const boxes = await nodes.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON() as DOMRect));
    for (const [index, a] of boxes.entries())
      for (const b of boxes.slice(index + 1))
        expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false);
    await page.getByRole('button', { name: 'Blocks', exact: true }).click();
  });

  await test.step('from afar a node is its title, as large as can be read', async () => {
    await zoomBy(page, 160);
    await expect(page.locator('.react-flow')).toHaveAttribute('data-level', 'titles');
    const pixels = await node(page, 'swift').evaluate(
      (element) =>
        Number.parseFloat(getComputedStyle(element).fontSize) *
        (element.getBoundingClientRect().width / (element as HTMLElement).offsetWidth),
    );
    expect(pixels).toBeGreaterThan(10);
    await expect(page.locator('.react-flow__edge').first()).toBeVisible();
  });
});

test('panes, market and view are there again; a key gives the canvas the whole screen', async ({ newPerson }) => {
  const ada = await newPerson('Ada', { viewport: { width: 1280, height: 720 } });
  const { page } = ada;
  await register(ada);
  await openSeed(page, { name: 'Remembered', code: CODE });

  await test.step('a small window leaves the canvas the room, with the figures of the preview below', async () => {
    const canvas = await page.locator('.react-flow').boundingBox();
    expect(((canvas?.width ?? 0) * (canvas?.height ?? 0)) / (1280 * 720)).toBeGreaterThan(0.7);
    await expect(page.getByRole('region', { name: 'Preview' })).toContainText('Total return');
    await expect(code(page)).toHaveCount(0);
  });

  await test.step('F gives the canvas the whole screen, F takes it back', async () => {
    await page.keyboard.press('f');
    await expect.poll(async () => (await page.locator('.react-flow').boundingBox())?.width).toBe(1280);
    await page.keyboard.press('f');
    await expect.poll(async () => (await page.locator('.react-flow').boundingBox())?.width).toBeLessThan(1280);
  });

  await test.step('what is open and in sight is the same after a reload', async () => {
    await page.keyboard.press('ControlOrMeta+j');
    await expect(code(page)).toBeVisible();
    await page.locator('.react-flow__pane').hover({ position: { x: 200, y: 30 } });
    await page.mouse.wheel(120, 60);
    await expectStill(page);
    const place = () =>
      page.locator('.react-flow__viewport').evaluate((element) => {
        const { m41, m42, a } = new DOMMatrix(getComputedStyle(element).transform);
        return [m41, m42, a * 100];
      });
    const before = await place();
    await page.reload();
    await expectArranged(page);
    await expect(code(page)).toBeVisible();
    // A view is kept in tenths, from its middle.
    await expect
      .poll(async () => Math.max(...(await place()).map((value, index) => Math.abs(value - (before[index] ?? 0)))))
      .toBeLessThan(2);
  });
});
