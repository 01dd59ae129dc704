import type { Page } from '@playwright/test';
import { drag, expectStill, placeWithin, portAt, selectedNodes, takeFirstBlock, wireAt } from '../support/canvas.ts';
import { textOf } from '../support/code-pane.ts';
import { code, expectSaved, field, invite, join, node, openSeed, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const CODE = `fn crosses(a, b = 20) =
    slow = ema(close, 30)
    other = wma(slow, b)
    return crossover(a, other)

fastLine = sma(close, 10)
up = crosses(fastLine, 40)

buy(when: up, stop: 5%)
`;

const title = (page: Page, name: string) => node(page, name).getByTestId('node-title');
const bar = (page: Page) => page.getByRole('navigation', { name: 'Functions' });
const open = (page: Page) => bar(page).getByRole('button', { name: 'crosses', exact: true }).click();
const leave = (page: Page) => bar(page).getByRole('button', { name: 'Strategy' }).click();
const says = (page: Page, text: string) => expect.poll(() => textOf(page)).toBe(text);
async function leaveTexts(page: Page): Promise<void> {
  const { x, y } = await placeWithin(page);
  await page.mouse.click(x, y);
}
async function undo(page: Page): Promise<void> {
  await leaveTexts(page);
  await page.keyboard.press('ControlOrMeta+z');
}

test('what is done within a function stays within it', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openSeed(page, { name: 'Within', code: CODE });

  await test.step('Delete of a price that the strategy reads, too', async () => {
    await open(page);
    await expect(node(page, 'slow')).toBeVisible();
    await page
      .locator('.react-flow__node')
      .filter({ hasText: 'Close' })
      .click({ position: { x: 20, y: 14 } });
    await page.keyboard.press('Delete');
    await expect(code(page)).toContainText('slow = ema(timePeriod: 30)');
    await expect(code(page)).toContainText('fastLine = sma(close, 10)');
    await undo(page);
    await says(page, CODE);
  });

  await test.step('a part has its value in the call that is looked at, a parameter what the call gives', async () => {
    await expect(node(page, 'slow').getByTestId('node-value')).toHaveText(/\d/);
    await expect(node(page, 'b').getByTestId('node-value')).toHaveText('40');
    await expect(page.getByLabel('Values of the call')).toHaveCount(0);
  });

  await test.step('a wire into empty canvas offers what fits', async () => {
    const place = await placeWithin(page);
    await drag(page, await portAt(page, 'slow', 'timePeriod'), place);
    const picker = page.getByRole('dialog', { name: 'Add a block' });
    await expect(picker.getByRole('option').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(picker).toHaveCount(0);
  });

  await test.step('a block is put onto the wire of a parameter, by its menu and from the palette', async () => {
    await leaveTexts(page);
    const onto = await wireAt(page, 'a → crossover x');
    await page.mouse.click(onto.x, onto.y);
    await page.keyboard.press('Shift+A');
    await page.getByRole('dialog', { name: 'Add a block' }).getByPlaceholder('Blocks that fit…').fill('abs');
    await takeFirstBlock(page, 'abs');
    await expect(code(page)).toContainText('return crossover(abs(a), other)');
    await undo(page);
    await says(page, CODE);
    await page.keyboard.press('b');
    const palette = page.getByRole('complementary', { name: 'Blocks' });
    await palette.getByRole('textbox', { name: 'Find a block' }).fill('abs');
    await expectStill(page);
    const at = await palette.getByRole('button', { name: /^Absolute abs/ }).boundingBox();
    const to = await wireAt(page, 'a → crossover x');
    if (!at) throw new Error('the palette does not show abs');
    await drag(page, { x: at.x + 20, y: at.y + 8 }, to);
    await expect(code(page)).toContainText('return crossover(abs(a), other)');
    await undo(page);
    await says(page, CODE);
    await leaveTexts(page);
    await page.keyboard.press('b');
    await expectStill(page);
  });

  await test.step('parameters and results stay, the rest is pasted', async () => {
    await leaveTexts(page);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('ControlOrMeta+c');
    await leave(page);
    await leaveTexts(page);
    await page.keyboard.press('ControlOrMeta+v');
    await expect(page.getByText('Not all of it has a place here')).toBeVisible();
    await expect(code(page)).toContainText('other1 = wma(slow1');
    await expect(code(page)).not.toContainText('param(');
    await expect(code(page)).not.toContainText('result(');
    await undo(page);
    await says(page, CODE);
  });
});

test('a function is found, called, named and taken away', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openSeed(page, { name: 'Called', code: CODE });
  const name = page.getByLabel('Name of the function');

  await test.step('by the picker, wired as any block', async () => {
    const place = await placeWithin(page);
    const port = await page
      .locator('.react-flow__node', { has: node(page, 'fastLine') })
      .locator('.react-flow__handle.source')
      .first()
      .boundingBox();
    if (!port) throw new Error('no port');
    await drag(page, { x: port.x + port.width / 2, y: port.y + port.height / 2 }, place);
    await page.getByPlaceholder('Blocks that fit…').fill('cros');
    await page.getByRole('option', { name: /^crosses/ }).click();
    await expect(code(page)).toContainText('crosses(fastLine)');
    await undo(page);
    await says(page, CODE);
  });

  await test.step('by the palette and by the search', async () => {
    await page.keyboard.press('b');
    const palette = page.getByRole('complementary', { name: 'Blocks' });
    await expect(palette.getByRole('region', { name: 'Functions' }).getByText('crosses').first()).toBeVisible();
    await page.keyboard.press('b');
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('open crosses');
    await page.getByRole('option', { name: /Open crosses/ }).click();
    await expect(node(page, 'slow')).toBeVisible();
    await leave(page);
  });

  await test.step('Enter on its call opens it, its menu, too', async () => {
    await title(page, 'up').click();
    await page.keyboard.press('Enter');
    await expect(node(page, 'slow')).toBeVisible();
    await page.keyboard.press('Shift+Enter');
    await expect(node(page, 'buy')).toBeVisible();
    await title(page, 'up').click({ button: 'right' });
    await expect(page.getByRole('menuitem', { name: 'Mute or unmute the selection' })).toBeVisible();
    await page.getByRole('menuitem', { name: 'Open the function of the selected block' }).click();
    await expect(node(page, 'slow')).toBeVisible();
  });

  await test.step('a name that a block has is refused with its reason, Escape leaves it, a reload keeps it', async () => {
    await name.fill('wma');
    await name.press('Enter');
    await expect(name).toHaveAccessibleDescription(/has a meaning already/);
    await name.press('Escape');
    await expect(name).toHaveValue('crosses');
    await name.fill('meets');
    await page.reload();
    await expect(code(page)).toContainText('up = meets(fastLine, 40)');
    await expectSaved(page);
    await undo(page);
    await expect(code(page)).toContainText('fn crosses(a, b = 20)');
    await page.keyboard.press('ControlOrMeta+Shift+z');
    await expect(code(page)).toContainText('fn meets(a, b = 20)');
  });

  await test.step('parameters and results that are added cover nothing', async () => {
    await bar(page).getByRole('button', { name: 'meets', exact: true }).click();
    await expect(node(page, 'slow')).toBeVisible();
    await bar(page).getByRole('button', { name: 'Add a parameter' }).click();
    await bar(page).getByRole('button', { name: 'Add a result' }).click();
    const boxes = await page
      .locator('.react-flow__node')
      .evaluateAll((nodes) => nodes.map((each) => each.getBoundingClientRect().toJSON() as DOMRect));
    const covered = boxes.flatMap((a, index) =>
      boxes.slice(index + 1).filter((b) => a.x < b.right && b.x < a.right && a.y < b.bottom && b.y < a.bottom),
    );
    expect(covered).toEqual([]);
    await undo(page);
    await undo(page);
  });

  await test.step('where it is deleted, what it was made of stands in place of its call', async () => {
    await bar(page).getByRole('button', { name: 'Delete the function' }).click();
    await expect(code(page)).not.toContainText('fn ');
    await expect(code(page)).toContainText('up = crossover(fastLine, other');
    await expect(page.getByText('meets is deleted')).toBeVisible();
    await undo(page);
    await expect(code(page)).toContainText('up = meets(fastLine, 40)');
  });
});

test('the values in a function are those of the call that was opened, or is chosen', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openSeed(page, {
    name: 'Called twice',
    code: `fn scaled(a, by = 2) =
    part = a * by
    return part + 1

one = scaled(5, 3)
two = scaled(7)

buy(when: close > one + two)
`,
  });
  const valueOf = (name: string) => node(page, name).getByTestId('node-value');
  const call = page.getByLabel('Values of the call');

  await test.step('a double-click opens the function with the values of that call', async () => {
    await title(page, 'two').dblclick();
    await expect(node(page, 'part')).toBeVisible();
    await expect(call.locator('option:checked')).toHaveText('two');
    await expect(valueOf('part')).toHaveText('14');
    await expect(valueOf('a')).toHaveText('7');
  });

  await test.step('another call has other values', async () => {
    await call.selectOption({ label: 'one' });
    await expect(valueOf('part')).toHaveText('15');
    await expect(valueOf('by')).toHaveText('3');
  });

  await test.step('opened from the list, they are those of the first call', async () => {
    await leave(page);
    await expect(node(page, 'buy')).toBeVisible();
    await bar(page).getByRole('button', { name: 'scaled', exact: true }).click();
    await expect(call.locator('option:checked')).toHaveText('one');
    await expect(valueOf('part')).toHaveText('15');
  });
});

test('who is followed is followed into a function, and a selection becomes a block that covers nothing', async ({
  newPerson,
}) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  const { page } = ada;
  await register(ada);
  const link = await invite(page, 'Editor');
  const address = await openSeed(page, { name: 'Followed', code: CODE });
  await join(ben, link);
  await ben.page.goto(address);
  await expectSaved(ben.page);

  await test.step('into the function and out of it', async () => {
    await ben.page.getByRole('button', { name: 'Follow Ada' }).click();
    await open(page);
    await expect(node(ben.page, 'slow')).toBeVisible();
    await leave(page);
    await expect(node(ben.page, 'buy')).toBeVisible();
    await ben.page.keyboard.press('Escape');
  });

  await test.step('pointers are shown where they are', async () => {
    await open(page);
    const { x, y } = await placeWithin(page);
    await page.mouse.move(x, y);
    await page.mouse.move(x + 8, y + 8, { steps: 3 });
    await expect(ben.page.getByTestId('cursor-Ada')).toHaveCount(0);
    await leave(page);
  });

  await test.step('a block of the selection', async () => {
    await title(page, 'fastLine').click();
    await page.keyboard.press('Shift+B');
    await page.getByLabel('What it is called').fill('quick');
    await page.keyboard.press('Enter');
    await expect(code(page)).toContainText('fastLine = quick()');
    await expect(selectedNodes(page)).toHaveCount(1);
    await expect(field(page, 'up', 'b')).toHaveValue('40');
  });
});
