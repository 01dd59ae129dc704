import type { Page } from '@playwright/test';
import { drag, expectStill, wire, wireAt } from '../support/canvas.ts';
import { textOf } from '../support/code-pane.ts';
import { expectSaved, invite, join, node, openSeed, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const CHAIN = `fastLine = sma(close, 10)
slowLine = ema(close, 40)
up = crossover(fastLine, slowLine)

buy(when: up, stop: 5%)
`;

const SLOW = 'slowLine → up y';
const dots = (page: Page) => wire(page, SLOW).locator('.bend');
const undo = (page: Page) => page.keyboard.press('ControlOrMeta+z');

async function middleOf(page: Page, index = 0) {
  const box = await dots(page).nth(index).locator('.bend-dot').boundingBox();
  if (!box) throw new Error('The wire has no such point.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** How far apart two places are, in pixels. */
const apart = (a: { x: number; y: number }, b: { x: number; y: number }): number => Math.hypot(a.x - b.x, a.y - b.y);

test('wires are led around what is in their way, for the colleague too, and mean the same', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  const { page } = ada;
  await register(ada);
  const link = await invite(page, 'Viewer');
  const address = await openSeed(page, { name: 'Led', code: CHAIN });
  await join(ben, link);
  await ben.page.goto(address);
  await expect(node(ben.page, 'up')).toBeVisible();
  const said = await textOf(page);

  await test.step('the link of the strategy, with who can open it', async () => {
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    const shared = page.getByRole('dialog', { name: 'Share the strategy' });
    await expect(shared.getByLabel('Link to the strategy')).toHaveValue(page.url());
    await expect(shared).toContainText('All 2 members');
    await expect(shared).toContainText('1 can edit, 1 can look');
    await expect(shared.getByRole('link', { name: 'Invite them to the team' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(shared).toHaveCount(0);
  });

  await test.step('a double click on a wire makes a point there', async () => {
    const at = await wireAt(page, SLOW);
    await page.mouse.dblclick(at.x, at.y);
    await expect(dots(page)).toHaveCount(1);
    expect(apart(await middleOf(page), at)).toBeLessThan(4);
    await expect(dots(ben.page)).toHaveCount(1);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('a drag moves the point, and one undo takes the drag back', async () => {
    const from = await middleOf(page);
    const to = { x: from.x, y: from.y + 60 };
    await drag(page, from, to);
    expect(apart(await middleOf(page), to)).toBeLessThan(4);
    await undo(page);
    await expect.poll(async () => apart(await middleOf(page), from)).toBeLessThan(4);
    await drag(page, from, to);
  });

  await test.step('Escape lets go of a point, which is where it was', async () => {
    const from = await middleOf(page);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 40, from.y + 30, { steps: 3 });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(apart(await middleOf(page), from)).toBeLessThan(4);
  });

  await test.step('by keys: Shift+D makes another one, the arrows move it, Delete takes it away', async () => {
    await wire(page, SLOW).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+D');
    await expect(dots(page)).toHaveCount(2);
    const focused = wire(page, SLOW).locator('.bend:focus');
    await expect(focused).toHaveAttribute('aria-label', /Bend \d of 2/);
    const index = await dots(page).evaluateAll((all) => all.findIndex((dot) => dot === document.activeElement));
    const before = await middleOf(page, index);
    await page.keyboard.press('ArrowUp');
    await expect.poll(async () => (await middleOf(page, index)).y).toBeLessThan(before.y);
    await page.keyboard.press('Delete');
    await expect(dots(page)).toHaveCount(1);
    await expect(wire(page, SLOW)).toHaveCount(1);
  });

  await test.step('it is there after a reload, a viewer can only look, and the code says the same', async () => {
    await expectSaved(page);
    await page.reload();
    await expectStill(page);
    await expect(dots(page)).toHaveCount(1);
    await ben.page.reload();
    await expect(dots(ben.page)).toHaveCount(1);
    await expect(dots(ben.page)).toHaveAttribute('aria-hidden', 'true');
    expect(await textOf(page)).toBe(said);
  });

  await test.step('moved with both of its nodes, and copied with them', async () => {
    await page.getByTestId('node-title').first().waitFor();
    await node(page, 'slowLine').getByTestId('node-title').click();
    await page.keyboard.press('Escape');
    await node(page, 'slowLine').getByTestId('node-title').click();
    await page.keyboard.down('Shift');
    await node(page, 'up').getByTestId('node-title').click();
    await page.keyboard.up('Shift');
    const [dot, title] = [await middleOf(page), await node(page, 'up').getByTestId('node-title').boundingBox()];
    await page.keyboard.press('ArrowDown');
    await expect
      .poll(async () => (await node(page, 'up').getByTestId('node-title').boundingBox())?.y)
      .toBeGreaterThan(title?.y ?? 0);
    const moved = ((await node(page, 'up').getByTestId('node-title').boundingBox())?.y ?? 0) - (title?.y ?? 0);
    expect(Math.abs((await middleOf(page)).y - dot.y - moved)).toBeLessThan(3);
    await page.keyboard.press('ControlOrMeta+d');
    await expect(page.locator('.bend')).toHaveCount(2);
    await undo(page);
    await expect(page.locator('.bend')).toHaveCount(1);
  });

  await test.step('the menu of the wire takes its points away; cutting the wire does, too', async () => {
    await page.keyboard.press('Escape');
    const at = await middleOf(page);
    await page.mouse.click(at.x, at.y, { button: 'right' });
    await page.getByRole('menuitem', { name: 'Take the points off the wire' }).click();
    await expect(dots(page)).toHaveCount(0);
    await undo(page);
    await expect(dots(page)).toHaveCount(1);
    const dot = await middleOf(page);
    await page.keyboard.down('Alt');
    await page.mouse.click(dot.x, dot.y);
    await page.keyboard.up('Alt');
    await expect(dots(page)).toHaveCount(0);
    await expect(wire(page, SLOW)).toHaveCount(1);
  });
});
