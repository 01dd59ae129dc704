import type { Page } from '@playwright/test';
import { drag, emptyPlace, expectStill, placeWithin } from '../support/canvas.ts';
import { textOf } from '../support/code-pane.ts';
import { expectSaved, invite, join, node, openSeed, register, saveState, writeCode } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const CROSS = `fastLine = sma(close, 10)
slowLine = ema(close, 40)
up = crossover(fastLine, slowLine)

buy(when: up, stop: 5%)
`;
const LONG = Array.from({ length: 16 }, (_, index) => `line${index} = sma(close, ${index + 2})`).join('\n');

const title = (page: Page, name: string) => node(page, name).getByTestId('node-title');
const undo = (page: Page) => page.keyboard.press('ControlOrMeta+z');
const frame = (page: Page, name: string) => page.getByTestId(`frame-${name}`);
const header = (page: Page, name: string) => frame(page, name).getByRole('group');
const placeOf = async (page: Page, name: string) => {
  const box = await node(page, name).boundingBox();
  if (!box) throw new Error(`${name} is not on the screen`);
  return box;
};
async function leaveTexts(page: Page): Promise<void> {
  const { x, y } = await emptyPlace(page);
  await page.mouse.click(x, y);
}

test('frames group, name, colour, move and fold nodes, for the colleague too, and each is one step of undo', async ({
  newPerson,
}) => {
  const [ada, ben, vera] = [await newPerson('Ada'), await newPerson('Ben'), await newPerson('Vera')];
  const { page } = ada;
  await register(ada);
  const [editor, viewer] = [await invite(page, 'Editor'), await invite(page, 'Viewer')];
  const address = await openSeed(page, { name: 'Framed', code: CROSS });
  await join(ben, editor);
  await ben.page.goto(address);
  await expectSaved(ben.page);

  await test.step('Ctrl+G frames the selection; F2 names the frame', async () => {
    await title(page, 'fastLine').click();
    await title(page, 'slowLine').click({ modifiers: ['Shift'] });
    await page.keyboard.press('ControlOrMeta+g');
    await header(page, '').focus();
    await page.keyboard.press('F2');
    await expect(frame(page, '').getByRole('textbox')).toBeFocused();
    await page.keyboard.type('Lines');
    await page.keyboard.press('Enter');
    await expect(header(page, 'Lines')).toHaveAccessibleName('Frame Lines, 2 nodes');
    await expect(frame(ben.page, 'Lines')).toBeVisible();
  });

  await test.step('a drag of its title moves what is in it', async () => {
    const [before, other] = [await placeOf(page, 'fastLine'), await placeOf(page, 'up')];
    const box = await header(page, 'Lines').boundingBox();
    if (!box) throw new Error('no frame');
    const from = { x: box.x + 60, y: box.y + 8 };
    await drag(page, from, { x: from.x + 30, y: from.y + 50 });
    await expect.poll(async () => Math.round((await placeOf(page, 'fastLine')).y - before.y)).toBe(50);
    expect((await placeOf(page, 'up')).y).toBe(other.y);
    await undo(page);
    await expect.poll(async () => (await placeOf(page, 'fastLine')).y).toBe(before.y);
    await expect
      .poll(async () => Math.abs(((await header(page, 'Lines').boundingBox())?.y ?? 0) - box.y))
      .toBeLessThan(2);
  });

  await test.step('its corner makes it larger, and its colour changes', async () => {
    const corner = await frame(page, 'Lines').getByTestId('frame-corner').boundingBox();
    const before = await frame(page, 'Lines').boundingBox();
    if (!corner || !before) throw new Error('no corner');
    await drag(page, { x: corner.x + 8, y: corner.y + 8 }, { x: corner.x + 48, y: corner.y + 28 });
    await expect
      .poll(async () => Math.round(((await frame(page, 'Lines').boundingBox())?.width ?? 0) - before.width))
      .toBe(40);
    await header(page, 'Lines').hover();
    await header(page, 'Lines').getByRole('button', { name: 'Another colour than blue' }).click();
    await expect(header(page, 'Lines').getByRole('button', { name: 'Another colour than green' })).toBeAttached();
  });

  await test.step('folded, its nodes are away for both, the code is as it was, and undo opens it', async () => {
    await header(page, 'Lines').focus();
    await page.keyboard.press('Enter');
    await expect(node(page, 'fastLine')).toHaveCount(0);
    await expect(node(ben.page, 'slowLine')).toHaveCount(0);
    await expect(header(ben.page, 'Lines')).toHaveAccessibleName('Frame Lines, 2 nodes, folded');
    await expect(node(page, 'up')).toBeVisible();
    await expect.poll(() => textOf(page)).toBe(CROSS);
    await undo(page);
    await expect(node(ben.page, 'slowLine')).toBeVisible();
  });

  await test.step('a change of the code and a reload leave it, and a viewer sees it and changes nothing', async () => {
    await writeCode(page, CROSS.replace('sma(close, 10)', 'sma(close, 12)'));
    await expectSaved(page);
    await page.reload();
    await expect(frame(page, 'Lines')).toBeVisible();
    await join(vera, viewer);
    await vera.page.goto(address);
    await expect(saveState(vera.page)).toHaveText('View only');
    await header(vera.page, 'Lines').focus();
    await vera.page.keyboard.press('Delete');
    await vera.page.keyboard.press('Enter');
    await expect(node(vera.page, 'fastLine')).toBeVisible();
    await expect(frame(vera.page, 'Lines').getByRole('button')).toHaveCount(0);
  });

  await test.step('Delete takes the frame away and leaves its nodes', async () => {
    await header(page, 'Lines').focus();
    await page.keyboard.press('Delete');
    await expect(frame(ben.page, 'Lines')).toHaveCount(0);
    await expect(node(page, 'fastLine')).toBeVisible();
  });
});

test('frames and notes are copied with what is in them, into another strategy too, and those of a function are shown there', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openSeed(page, { name: 'Target', code: 'x = hlc3\n' });
  const target = page.url();
  await openSeed(page, { name: 'Copied', code: CROSS });
  const frames = page.locator('[data-frame]');
  const notes = page.getByTestId('note');

  await test.step('Ctrl+D at a frame copies the frame, its nodes and the note between them', async () => {
    await title(page, 'fastLine').click();
    await title(page, 'slowLine').click({ modifiers: ['Shift'] });
    await page.keyboard.press('ControlOrMeta+g');
    await page.keyboard.type('Lines');
    await page.keyboard.press('Enter');
    const box = await frame(page, 'Lines').boundingBox();
    if (!box) throw new Error('no frame');
    await page.mouse.move(box.x + box.width / 2, box.y + 38);
    await page.keyboard.press('Shift+S');
    await page.keyboard.type('why these');
    await leaveTexts(page);
    await header(page, 'Lines').focus();
    await page.keyboard.press('ControlOrMeta+d');
    await expect(frames).toHaveCount(2);
    await expect(notes).toHaveCount(2);
    await expect.poll(() => textOf(page)).toContain('fastLine1 = sma(close, 10)');
    await undo(page);
    await expect(frames).toHaveCount(1);
    await expect(notes).toHaveCount(1);
    await expect.poll(() => textOf(page)).toBe(CROSS);
  });

  await test.step('copied and pasted into another strategy, the frame and the note are there', async () => {
    await header(page, 'Lines').focus();
    await page.keyboard.press('ControlOrMeta+c');
    await expectSaved(page);
    await page.goto(target);
    await expectSaved(page);
    const { x, y } = await placeWithin(page);
    await page.mouse.click(x, y);
    await page.keyboard.press('ControlOrMeta+v');
    await expect(frame(page, 'Lines')).toBeVisible();
    await expect(notes).toHaveText(['why these']);
    await expect(header(page, 'Lines')).toHaveAccessibleName('Frame Lines, 2 nodes');
  });

  await test.step('a block of the framed nodes takes the frame along; it is shown where the function is open', async () => {
    await page.keyboard.press('Shift+B');
    await page.getByLabel('What it is called').fill('lines');
    await page.keyboard.press('Enter');
    await expect(frames).toHaveCount(0);
    await expect(notes).toHaveCount(0);
    const bar = page.getByRole('navigation', { name: 'Functions' });
    await bar.getByRole('button', { name: 'lines', exact: true }).click();
    await expect(frame(page, 'Lines')).toBeVisible();
    await expect(notes).toHaveText(['why these']);
    const { x, y } = await placeWithin(page);
    await page.mouse.click(x, y);
    await page.keyboard.press('Shift+S');
    await page.keyboard.type('within');
    await leaveTexts(page);
    await expect(notes).toHaveCount(2);
    await bar.getByRole('button', { name: 'Strategy' }).click();
    await expect(notes).toHaveCount(0);
    await expectSaved(page);
  });
});

test('notes are written, moved, coloured and deleted, for the colleague too', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  const { page } = ada;
  await register(ada);
  const link = await invite(page, 'Editor');
  const address = await openSeed(page, { name: 'Noted', code: CROSS });
  await join(ben, link);
  await ben.page.goto(address);
  await expectSaved(ben.page);
  const note = (at: Page) => at.getByTestId('note');

  await test.step('Shift+S makes one at the pointer, and its text is typed at once', async () => {
    const place = await placeWithin(page);
    await leaveTexts(page);
    await page.mouse.move(place.x, place.y, { steps: 2 });
    await page.keyboard.press('Shift+S');
    await expect(page.getByRole('textbox', { name: 'Text of the note' })).toBeFocused();
    await page.keyboard.type('Why forty?');
    await leaveTexts(page);
    await expect(note(ben.page)).toHaveText('Why forty?');
    await expect.poll(async () => Math.abs(((await note(page).boundingBox())?.x ?? 0) - place.x)).toBeLessThan(4);
  });

  await test.step('it is moved by a drag and by arrow keys', async () => {
    const box = await note(page).boundingBox();
    if (!box) throw new Error('no note');
    await drag(page, { x: box.x + 30, y: box.y + 60 }, { x: box.x + 50, y: box.y + 90 });
    await expect.poll(async () => Math.round(((await note(page).boundingBox())?.y ?? 0) - box.y)).toBe(30);
    await note(page).focus();
    for (let count = 0; count < 3; count += 1) await page.keyboard.press('ArrowDown');
    await undo(page);
    await expect.poll(async () => Math.round(((await note(page).boundingBox())?.y ?? 0) - box.y)).toBe(30);
  });

  await test.step('its menu colours it', async () => {
    await note(page).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Another colour' }).click();
    await note(page).hover();
    await expect(note(page).getByRole('button', { name: 'Another colour than red' })).toBeAttached();
  });

  await test.step('Escape and a reload keep what is typed, and two who write keep both texts', async () => {
    const text = (at: Page) => at.getByRole('textbox', { name: 'Text of the note' });
    await note(page).dblclick();
    await text(page).fill('Why fifty?');
    await page.keyboard.press('Escape');
    await expect(note(ben.page)).toHaveText('Why fifty?');
    await note(page).dblclick();
    await text(page).fill('Why fifty? Ada');
    await note(ben.page).dblclick();
    await text(ben.page).fill('Why fifty? Ben');
    await ben.page.keyboard.press('ControlOrMeta+Enter');
    // Ada's copy of the document has Ben's text, beside what Ada has typed.
    await expect(note(page)).toHaveAccessibleName('Note: Why fifty? Ben');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(note(ben.page)).toHaveText('Why fifty? Ben Ada');
    await note(page).dblclick();
    await text(page).fill('Kept');
    await page.reload();
    await expect(note(page)).toHaveText('Kept');
    await expect(note(ben.page)).toHaveText('Kept');
  });

  await test.step('a colleague writes it anew; Delete takes it away, and undo brings it back', async () => {
    await note(ben.page).dblclick();
    await ben.page.getByRole('textbox', { name: 'Text of the note' }).fill('Since fifty was worse');
    await ben.page.keyboard.press('ControlOrMeta+Enter');
    await expect(note(page)).toHaveText('Since fifty was worse');
    await note(page).focus();
    await page.keyboard.press('Delete');
    await expect(note(ben.page)).toHaveCount(0);
    await undo(page);
    await expect(note(ben.page)).toHaveText('Since fifty was worse');
    expect(await textOf(page)).toBe(CROSS);
  });
});

test('a click on the map goes there, and tidying puts nodes in order in one step of undo', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openSeed(page, { name: 'Mapped', code: `${LONG}\nbuy(when: line0 > line15)\n` });
  const view = () => page.locator('.react-flow__viewport').evaluate((element: HTMLElement) => element.style.transform);

  await test.step('the map', async () => {
    const map = await page.getByTestId('graph-map').boundingBox();
    if (!map) throw new Error('no map');
    await page.mouse.click(map.x + map.width * 0.25, map.y + map.height * 0.2);
    await expectStill(page);
    const first = await view();
    await page.mouse.click(map.x + map.width * 0.75, map.y + map.height * 0.8);
    await expectStill(page);
    expect(await view()).not.toBe(first);
  });

  await test.step('tidy', async () => {
    await leaveTexts(page);
    await page.keyboard.press('Shift+F');
    await expectStill(page);
    const place = () =>
      node(page, 'line3').evaluate((element) => element.closest<HTMLElement>('.react-flow__node')?.style.transform);
    const tidy = await place();
    const box = await title(page, 'line3').boundingBox();
    if (!box) throw new Error('not in sight');
    await drag(page, { x: box.x + 4, y: box.y + 4 }, { x: box.x + 144, y: box.y - 60 });
    await expect.poll(place).not.toBe(tidy);
    const moved = await place();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+L');
    await expect.poll(place).toBe(tidy);
    await undo(page);
    await expect.poll(place).toBe(moved);
  });
});
