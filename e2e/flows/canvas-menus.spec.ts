import type { Page } from '@playwright/test';
import { twiceBound, type Binding, type Scope } from '../../src/commands/twice-bound.ts';
import {
  emptyPlace,
  expectWiresOfCode,
  placeWithin,
  portAt,
  selectedNodes,
  selectedWires,
  takeFirstBlock,
  wireAt,
} from '../support/canvas.ts';
import { textOf } from '../support/code-pane.ts';
import { code, field, invite, join, node, openSeed, register, runBacktest, saveState } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const CROSS = `fastLine = sma(close, 10)
slowLine = ema(close, 40)
up = crossover(fastLine, slowLine)

buy(when: up, stop: 5%)
`;

const title = (page: Page, name: string) => node(page, name).getByTestId('node-title');
const undo = (page: Page) => page.keyboard.press('ControlOrMeta+z');
const choose = async (page: Page, name: string) => {
  await page.getByRole('menuitem', { name }).click();
  await expect(page.getByRole('menu')).toHaveCount(0);
};
/** How far from a place a node begins; far away when there is no such node. */
const besides = async (page: Page, name: string, x: number): Promise<number> =>
  Math.abs(((await node(page, name).boundingBox())?.x ?? Infinity) - x);
const rightClick = (page: Page, { x, y }: { x: number; y: number }) => page.mouse.click(x, y, { button: 'right' });

test('a right click offers what can be done with what is there', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openSeed(page, { name: 'Menus', code: CROSS });

  await test.step('a node: it is selected, and deleted with its chain kept', async () => {
    await title(page, 'fastLine').click({ button: 'right' });
    await expect(selectedNodes(page)).toHaveCount(1);
    await expect(page.getByRole('menuitem', { name: 'Rename the selected node' })).toContainText('F2');
    await choose(page, 'Delete nodes and keep their chain');
    await expect(code(page)).toContainText('up = crossover(close, slowLine)');
    await undo(page);
    await expect.poll(() => textOf(page)).toBe(CROSS);
  });

  await test.step('of several selected nodes: all of them stay selected', async () => {
    await title(page, 'fastLine').click();
    await title(page, 'slowLine').click({ modifiers: ['Shift'] });
    await title(page, 'slowLine').click({ button: 'right' });
    await expect(page.getByRole('menu')).toBeVisible();
    await expect(selectedNodes(page)).toHaveCount(2);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
  });

  await test.step('a wire: a block is inserted on it, or it is deleted', async () => {
    await rightClick(page, await wireAt(page, 'fastLine → up x'));
    await expect(selectedWires(page)).toHaveCount(1);
    await choose(page, 'Insert a block on the wire');
    const picker = page.getByRole('dialog', { name: 'Add a block' });
    await picker.getByPlaceholder('Blocks that fit…').fill('wma');
    await takeFirstBlock(page, 'wma');
    await expect(code(page)).toContainText('crossover(wma(fastLine), slowLine)');
    await undo(page);
    await expect.poll(() => textOf(page)).toBe(CROSS);
    await rightClick(page, await wireAt(page, 'slowLine → up y'));
    await choose(page, 'Delete the selection');
    await expect(code(page)).toContainText('up = crossover(fastLine)');
    await undo(page);
  });

  await test.step('a port: its wire is taken off, its default comes back, a new block is put before it', async () => {
    await rightClick(page, await portAt(page, 'up', 'y'));
    await choose(page, 'Take the wire off the port');
    await expect(code(page)).toContainText('up = crossover(fastLine)');
    await rightClick(page, await portAt(page, 'up', 'y'));
    await expect(page.getByRole('menuitem', { name: 'Take the wire off the port' })).toBeDisabled();
    await choose(page, 'Connect to a new block');
    const picker = page.getByRole('dialog', { name: 'Add a block' });
    await picker.getByPlaceholder('Blocks that fit…').fill('wma');
    await takeFirstBlock(page, 'wma');
    await expect(code(page)).toContainText('up = crossover(fastLine, wma');
    await undo(page);
    await undo(page);
    await expect.poll(() => textOf(page)).toBe(CROSS);
  });

  await test.step('empty canvas: all is selected; code is pasted where the menu was', async () => {
    const empty = await placeWithin(page);
    await rightClick(page, empty);
    await choose(page, 'Select all nodes');
    await expect(selectedNodes(page)).toHaveCount(5);
    await page.evaluate(() => navigator.clipboard.writeText('weak = rsi(fastLine, 14)\n'));
    await rightClick(page, empty);
    await choose(page, 'Paste nodes or code');
    await expect(code(page)).toContainText('weak = rsi(fastLine, 14)');
    await expect.poll(() => besides(page, 'weak', empty.x)).toBeLessThan(4);
    await undo(page);
  });

  await test.step('the key of menus, with the focus on a node', async () => {
    await title(page, 'up').click();
    await page.locator('.react-flow__node', { has: node(page, 'up') }).focus();
    await page.keyboard.press('ContextMenu');
    await expect(page.getByRole('menu', { name: 'What can be done here' })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
  });

  await test.step('a right drag moves the view and opens no menu', async () => {
    const { x, y } = await emptyPlace(page);
    await page.mouse.move(x, y);
    await page.mouse.down({ button: 'right' });
    await page.mouse.move(x + 60, y + 30, { steps: 4 });
    await page.mouse.up({ button: 'right' });
    await expect(page.getByRole('menu')).toHaveCount(0);
    await page.keyboard.press('Shift+F');
  });

  await test.step('the code: a statement is renamed', async () => {
    await code(page).getByText('slowLine').first().click({ button: 'right' });
    await expect(page.getByRole('menu', { name: 'What can be done with the code' })).toBeVisible();
    await choose(page, 'Go to the definition of a name');
    await code(page).getByText('slowLine').first().click({ button: 'right' });
    await choose(page, 'Comment lines out or in');
    await expect.poll(() => textOf(page)).toContain('# slowLine');
  });
});

test('no key means two things at one place, and the help lists keys and gestures', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openSeed(page, { name: 'Keys', code: CROSS });
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  for (const gesture of ['Cut wires with a stroke', 'Take a wire away', 'Make a node part of a wire'])
    await expect(help.getByText(gesture)).toBeVisible();
  const bindings = await help.locator('[data-command]').evaluateAll((items) =>
    items.flatMap((item) =>
      [...item.querySelectorAll('[data-keys]')].map((keys) => ({
        id: item.getAttribute('data-command') ?? '',
        scope: item.getAttribute('data-scope') ?? '',
        keys: keys.getAttribute('data-keys') ?? '',
      })),
    ),
  );
  expect(bindings.length).toBeGreaterThan(40);
  expect(twiceBound(bindings.map((each): Binding => ({ ...each, scope: each.scope as Scope })))).toEqual([]);
});

test('a viewer is offered what only looks, and Alt-drag and Ctrl+D copy for who may edit', async ({ newPerson }) => {
  const [ada, vera] = [await newPerson('Ada'), await newPerson('Vera')];
  const { page } = ada;
  await register(ada);
  const link = await invite(page, 'Viewer');
  const address = await openSeed(page, { name: 'Copies', code: CROSS });
  await join(vera, link);
  await vera.page.goto(address);
  await expect(saveState(vera.page)).toHaveText('View only');

  await test.step('a viewer', async () => {
    await title(vera.page, 'up').click({ button: 'right' });
    await expect(vera.page.getByRole('menuitem', { name: 'Delete the selection' })).toBeDisabled();
    await choose(vera.page, 'Show the selection');
  });

  await test.step('Alt and a drag leave the node and drop a copy', async () => {
    const box = await title(page, 'up').boundingBox();
    const to = await placeWithin(page);
    if (!box) throw new Error('not in sight');
    const before = await node(page, 'up').boundingBox();
    await page.keyboard.down('Alt');
    await page.mouse.move(box.x + 6, box.y + 4);
    await page.mouse.down();
    await page.mouse.move(box.x + 10, box.y + 8, { steps: 2 });
    await page.mouse.move(to.x, to.y, { steps: 6 });
    await page.mouse.up();
    await page.keyboard.up('Alt');
    await expect(code(page)).toContainText('up1 = crossover(fastLine, slowLine)');
    await expect
      .poll(async () => {
        const after = await node(page, 'up').boundingBox();
        return Math.abs((after?.x ?? 0) - (before?.x ?? 0)) + Math.abs((after?.y ?? 0) - (before?.y ?? 0));
      })
      .toBeLessThan(2);
    await expectWiresOfCode(page);
    await undo(page);
    await expect.poll(() => textOf(page)).toBe(CROSS);
  });

  await test.step('Ctrl+D puts copies at the pointer', async () => {
    await title(page, 'slowLine').click();
    const to = await placeWithin(page);
    await page.mouse.move(to.x, to.y, { steps: 2 });
    await page.keyboard.press('ControlOrMeta+d');
    await expect(code(page)).toContainText('slowLine1 = ema(close, 40)');
    await expect.poll(() => besides(page, 'slowLine1', to.x)).toBeLessThan(4);
    await undo(page);
    await expect.poll(() => textOf(page)).toBe(CROSS);
  });

  await test.step('a held arrow key is one step of undo', async () => {
    const place = () =>
      node(page, 'up').evaluate((element) => element.closest<HTMLElement>('.react-flow__node')?.style.transform);
    await title(page, 'up').click();
    const before = await place();
    for (let count = 0; count < 12; count += 1) await page.keyboard.down('ArrowDown');
    await page.keyboard.up('ArrowDown');
    await expect.poll(place).not.toBe(before);
    await undo(page);
    await expect.poll(place).toBe(before);
  });
});

test('palette and search: folds, favourites, a click that connects, and what is found is brought into sight', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openSeed(page, { name: 'Found', code: CROSS });
  await page.keyboard.press('Escape');

  await test.step('Ctrl+F counts what is found and goes from one to the next', async () => {
    await page.keyboard.press('ControlOrMeta+f');
    const search = page.getByRole('search', { name: 'Find on the canvas' });
    await expect(search.getByRole('textbox')).toBeFocused();
    await page.keyboard.type('line');
    await expect(search.getByRole('status')).toHaveText('1 of 2');
    const first = await selectedNodes(page).getAttribute('data-id');
    await page.keyboard.press('Enter');
    await expect(search.getByRole('status')).toHaveText('2 of 2');
    await expect(selectedNodes(page)).not.toHaveAttribute('data-id', first ?? '');
    await page.keyboard.press('Shift+Enter');
    await expect(search.getByRole('status')).toHaveText('1 of 2');
    await search.getByRole('textbox').fill('40');
    await expect(search.getByRole('status')).toHaveText('1 of 1');
    await expect(node(page, 'slowLine')).toBeInViewport();
    await search.getByRole('textbox').fill('zzz');
    await expect(search.getByRole('status')).toHaveText('none');
    await page.keyboard.press('Escape');
    await expect(search).toHaveCount(0);
  });

  await test.step('in the code the same key searches the code', async () => {
    await code(page).click();
    await page.keyboard.press('ControlOrMeta+f');
    await expect(page.getByRole('search', { name: 'Find on the canvas' })).toHaveCount(0);
    await page.keyboard.press('Escape');
  });

  const palette = page.getByRole('complementary', { name: 'Blocks' });
  await test.step('a click adds a block that is wired to the selected node', async () => {
    await title(page, 'slowLine').click();
    await page.keyboard.press('b');
    await palette.getByRole('textbox', { name: 'Find a block' }).fill('absolute');
    await page.keyboard.press('Enter');
    await expect(code(page)).toContainText('abs(slowLine)');
    await palette.getByRole('textbox', { name: 'Find a block' }).fill('');
  });

  await test.step('a group is folded, a block is a favourite, also after a reload', async () => {
    const math = palette.getByRole('region', { name: 'Math' });
    await math.getByRole('button', { name: /^Math/ }).click();
    await expect(math.getByRole('listitem')).toHaveCount(0);
    const actions = palette.getByRole('region', { name: 'Actions' });
    await actions.getByRole('button', { name: /Make a favourite: Buy/ }).click();
    await expect(palette.getByRole('region', { name: 'Favourites' }).getByRole('listitem')).toHaveCount(1);
    await page.reload();
    await expect(palette.getByRole('region', { name: 'Favourites' }).getByRole('listitem')).toHaveCount(1);
    await expect(palette.getByRole('region', { name: 'Math' }).getByRole('listitem')).toHaveCount(0);
  });

  await test.step('what was used lately stands first in the picker', async () => {
    const { x, y } = await emptyPlace(page);
    await page.mouse.dblclick(x, y);
    await expect(page.getByRole('dialog', { name: 'Add a block' }).getByRole('option').first()).toContainText('abs');
    await page.keyboard.press('Escape');
    await expect(field(page, 'slowLine', 'timePeriod')).toHaveValue('40');
  });
});

test('a right click on a row of a list offers what can be done with it', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const address = await openSeed(page, { name: 'Listed', code: CROSS });
  await page.goto('/formulas');
  const row = page.getByRole('row', { name: /Listed/ });
  await row.getByText('Listed').click({ button: 'right' });
  await page.getByRole('menu', { name: 'More about Listed' }).getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(page).toHaveURL(/\/formulas\/[0-9a-f-]{36}$/);
  expect(page.url()).not.toBe(address);

  await test.step('a run', async () => {
    await page.goto(address);
    await runBacktest(page);
    await page.goto('/backtests');
    const run = page.getByRole('row', { name: /Listed/ }).first();
    await run.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Open the strategy' }).click();
    await expect(page).toHaveURL(address);
  });
});
