import { expectWiresOfCode, selectedNodes } from '../support/canvas.ts';
import { code, expectSaved, node, openSeed, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const CROSS = `fastLine = sma(close, 10)
slowLine = ema(close, 40)
up = crossover(fastLine, slowLine)

buy(when: up, stop: 5%)
`;

test('a selection becomes a block, which is opened, changed, left and unpacked', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openSeed(page, { name: 'Blocks', code: CROSS });
  const functions = page.getByRole('navigation', { name: 'Functions' });
  await expect(functions).toHaveCount(0);

  await test.step('made of two nodes, and named', async () => {
    await node(page, 'slowLine').click();
    await node(page, 'up').click({ modifiers: ['Shift'] });
    await page.keyboard.press('Shift+B');
    const dialog = page.getByRole('dialog', { name: 'Make a block of the selection' });
    await dialog.getByLabel('What it is called').fill('crosses');
    await dialog.getByRole('button', { name: 'Make the block' }).click();
    await expect(code(page)).toContainText('fn crosses(fastLine1) =');
    await expect(code(page)).toContainText('up = crosses(fastLine)');
    await expect(node(page, 'slowLine')).toHaveCount(0);
  });

  await test.step('one step of undo', async () => {
    await page.keyboard.press('ControlOrMeta+z');
    await expect(code(page)).not.toContainText('crosses');
    await expect(functions).toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+Shift+z');
    await expect(code(page)).toContainText('up = crosses(fastLine)');
  });

  await test.step('opened by a double-click: its parameters and results are nodes', async () => {
    await node(page, 'up').dblclick();
    await expect(node(page, 'slowLine')).toBeVisible();
    await expect(node(page, 'fastLine1')).toBeVisible();
    await expect(node(page, 'buy')).toHaveCount(0);
    await expect(functions.getByLabel('Name of the function')).toHaveValue('crosses');
  });

  await test.step('renamed, and its parameter with the argument of its call', async () => {
    await functions.getByLabel('Name of the function').fill('meets');
    await functions.getByLabel('Name of the function').press('Enter');
    await expect(code(page)).toContainText('up = meets(fastLine)');
    await node(page, 'fastLine1').click();
    await expect(selectedNodes(page)).toHaveCount(1);
    await page.keyboard.press('F2');
    await page.getByLabel('Name of the node').fill('quick');
    await page.keyboard.press('Enter');
    await expect(code(page)).toContainText('fn meets(quick) =');
    await expect(code(page)).toContainText('up = meets(fastLine)');
  });

  await test.step('left, called once more, and unpacked', async () => {
    await functions.getByRole('button', { name: 'Strategy' }).click();
    await expect(node(page, 'buy')).toBeVisible();
    await expect(node(page, 'slowLine')).toHaveCount(0);
    await functions.getByRole('button', { name: 'Call meets' }).click();
    await expect(code(page)).toContainText('meets()');
    await expect(selectedNodes(page)).toHaveCount(1);
    await page.keyboard.press('Delete');
    await expect(code(page)).not.toContainText('meets()');
    await node(page, 'up').click();
    await page.keyboard.press('Shift+U');
    await expect(code(page)).not.toContainText('fn meets');
    await expect(code(page)).toContainText('up = crossover(fastLine');
    await expect(functions).toHaveCount(0);
    await expectWiresOfCode(page);
  });
  await expectSaved(page);
});
