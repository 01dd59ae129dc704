import type { Page } from '@playwright/test';
import { drag, expectStill, expectWiresOfCode, placeWithin, portAt, wire } from '../support/canvas.ts';
import { textOf } from '../support/code-pane.ts';
import { code, expectSaved, invite, join, node, openSeed, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const CODE = `up = close > open
big = volume > 1000
late = barIndex > 100

buy(when: up and big)
`;

const says = (page: Page, text: string) => expect.poll(() => textOf(page)).toContain(text);
const undo = (page: Page) => page.keyboard.press('ControlOrMeta+z');
const title = (page: Page, name: string) => node(page, name).getByTestId('node-title');
const ends = (page: Page) => node(page, 'and').locator('.react-flow__handle.target');
const FREE = '+';

async function outputOf(page: Page, name: string) {
  const box = await node(page, name).locator('.react-flow__handle.source').boundingBox();
  if (!box) throw new Error(`${name} has no output`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('and takes as many as one likes: one node, a free port at its end, fewer when one goes', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  const { page } = ada;
  await register(ada);
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const link = await invite(page, 'Editor');
  const address = await openSeed(page, { name: 'Chained', code: CODE });
  await join(ben, link);
  await ben.page.goto(address);
  await expectSaved(ben.page);

  await test.step('a wire to the free port makes it one longer, for the colleague too', async () => {
    await expect(ends(page)).toHaveCount(3);
    await drag(page, await outputOf(page, 'late'), await portAt(page, 'and', FREE));
    await says(page, 'buy(when: up and big and late)');
    await says(ben.page, 'buy(when: up and big and late)');
    await expect(node(page, 'and')).toHaveCount(1);
    await expect(ends(page)).toHaveCount(4);
    await expect(title(page, 'and')).toHaveText('up and big and late');
    await expectWiresOfCode(page);
    await expectWiresOfCode(ben.page);
  });

  await test.step('one step of undo takes it back', async () => {
    await undo(page);
    await says(page, 'buy(when: up and big)');
    await page.keyboard.press('ControlOrMeta+y');
    await says(page, 'buy(when: up and big and late)');
  });

  await test.step('a wire that is dropped on the node enters at the free port', async () => {
    await expectStill(page);
    const box = await title(page, 'and').boundingBox();
    if (!box) throw new Error('the node is gone');
    await drag(page, await outputOf(page, 'up'), { x: box.x + box.width / 2, y: box.y + box.height / 2 });
    await says(page, 'buy(when: up and big and late and up)');
    await undo(page);
    await says(page, 'buy(when: up and big and late)\n');
  });

  await test.step('a wire that is taken off leaves a port less', async () => {
    await drag(page, await portAt(page, 'and', (await portsOf(page))[1] ?? ''), await placeWithin(page));
    await says(page, 'buy(when: up and late)');
    await expect(ends(page)).toHaveCount(3);
    await expectWiresOfCode(page);
    await undo(page);
    await says(page, 'buy(when: up and big and late)');
  });

  await test.step('so does a node that is taken away', async () => {
    await title(page, 'big').click();
    await page.keyboard.press('Delete');
    await says(page, 'buy(when: up and late)');
    await undo(page);
    await says(page, 'buy(when: up and big and late)');
  });

  await test.step('an end that is moved within the chain takes the place of its neighbour', async () => {
    const from = await portAt(page, 'and', (await portsOf(page))[0] ?? '');
    await drag(page, from, await portAt(page, 'and', (await portsOf(page))[2] ?? ''));
    await says(page, 'buy(when: big and up)');
    await undo(page);
    await says(page, 'buy(when: up and big and late)');
  });

  await test.step('copied and pasted it is whole, deleted it is gone', async () => {
    await title(page, 'and').click();
    await page.keyboard.press('ControlOrMeta+c');
    const { x, y } = await placeWithin(page);
    await page.mouse.click(x, y);
    await page.keyboard.press('ControlOrMeta+v');
    await expect(node(page, 'and')).toHaveCount(2);
    await says(page, '= up and big and late');
    await page.keyboard.press('Delete');
    await expect(node(page, 'and')).toHaveCount(1);
    await expect.poll(() => textOf(page)).not.toContain('= up and');
    await title(page, 'and').click();
    await page.keyboard.press('Delete');
    await says(page, 'buy()');
    expect(await textOf(page)).not.toContain('and');
    await undo(page);
    await says(page, 'buy(when: up and big and late)');
  });

  await test.step('typed in the code it is the same node', async () => {
    await expect(wire(page, 'late → and c')).toBeAttached();
    await expect(code(page)).toContainText('up and big and late');
  });
});

/** The ports at which wires enter, from the top. */
const portsOf = (page: Page): Promise<(string | null)[]> =>
  ends(page).evaluateAll((handles) => handles.map((handle) => handle.getAttribute('data-handleid')));
