import type { Page } from '@playwright/test';
import { selectedNodes } from '../support/canvas.ts';
import {
  code,
  expectSaved,
  field,
  newFormula,
  node,
  openSeed,
  register,
  saveState,
  setField,
} from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const CODE = `quick = ema(close, 9)
slow = ema(close, 40)

buy(when: quick > slow, stop: 8%)
`;

/** Types without leaving the field. */
async function type(page: Page, text: string): Promise<void> {
  await field(page, 'slow', 'timePeriod').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

test('what is typed into a field is taken, or said until it is', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openSeed(page, { name: 'Typed', code: CODE });
  const period = field(page, 'slow', 'timePeriod');
  const says = (text: string) => expect(code(page)).toContainText(text);

  await test.step('a text that is not taken is no part of Saved, has its reason, and the run asks', async () => {
    await setField(page, 'slow', 'timePeriod', '1,000');
    await expect(period).toHaveAttribute('aria-invalid', 'true');
    await expect(period).toHaveAccessibleDescription(/1,000 can be read as 1000 and as 1/);
    await expect(page.getByText('1,000 can be read as').first()).toBeVisible();
    await expect(saveState(page)).toContainText('1 field not taken');
    await expect(saveState(page)).not.toContainText('Saved');
    await page.getByRole('tab', { name: 'Problems' }).click();
    await expect(page.getByRole('list', { name: 'Problems' })).toContainText('1,000 in timePeriod is not taken');
    await page.keyboard.press('ControlOrMeta+Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('1 field not taken');
    await expect(dialog.getByRole('button', { name: 'Run the last valid strategy' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('a reload keeps such a text', async () => {
    await page.reload();
    await expect(period).toHaveValue('1,000');
    await expect(saveState(page)).toContainText('1 field not taken');
    await setField(page, 'slow', 'timePeriod', '41');
    await says('slow = ema(close, 41)');
    await expectSaved(page);
  });

  await test.step('a percent sign is no 0 %, and a scrub never leaves what a stop may be', async () => {
    const stop = field(page, 'buy', 'stop');
    await stop.fill('%');
    await stop.press('Enter');
    await expect(stop).toHaveAttribute('aria-invalid', 'true');
    await stop.press('Escape');
    await expect(stop).toHaveValue('8%');
    await stop.press('Escape');
    const label = await node(page, 'buy').getByText('stop', { exact: true }).boundingBox();
    if (!label) throw new Error('no label');
    await page.mouse.move(label.x + 4, label.y + 6);
    await page.mouse.down();
    await page.mouse.move(label.x - 300, label.y + 6, { steps: 8 });
    await says('stop: 1%');
    await page.keyboard.press('Escape');
    await says('stop: 8%');
    await page.mouse.move(label.x + 40, label.y + 6, { steps: 3 });
    await page.mouse.up();
    await says('stop: 8%');
  });

  await test.step('keys that are no text’s go on: undo after steps, ⌘K', async () => {
    await period.focus();
    await period.press('ArrowUp');
    await says('slow = ema(close, 42)');
    await period.press('ControlOrMeta+z');
    await says('slow = ema(close, 41)');
    await period.press('ControlOrMeta+k');
    await expect(page.locator('[cmdk-input]')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.locator('[cmdk-input]')).toBeHidden();
  });

  await test.step('leaving the field by zoom, by a reload and by Back loses nothing', async () => {
    await type(page, '95');
    await expect(saveState(page)).toContainText('Typing…');
    await page.locator('.react-flow__pane').hover({ position: { x: 300, y: 20 } });
    await page.keyboard.down('Control');
    for (let step = 0; step < 6; step += 1) await page.mouse.wheel(0, 200);
    await page.keyboard.up('Control');
    await expect(page.locator('.react-flow')).toHaveAttribute('data-level', 'titles');
    await says('slow = ema(close, 95)');
    await page.keyboard.press('Shift+F');
    await type(page, '96');
    await page.reload();
    await expect(period).toHaveValue('96');
    await says('slow = ema(close, 96)');
    await page.getByRole('link', { name: 'All strategies' }).click();
    await page.getByRole('link', { name: 'Typed' }).first().click();
    await type(page, '97');
    await page.goBack();
    await page.goForward();
    await expect(period).toHaveValue('97');
    await says('slow = ema(close, 97)');
  });

  await test.step('nodes say what they are, what they read and who reads them', async () => {
    for (const each of await page.locator('.react-flow__node').all()) await expect(each).toHaveAccessibleName(/\S/);
    await expect(page.locator('.react-flow__node', { has: node(page, 'slow') })).toHaveAccessibleName(
      /^slow, .* of Close over 97.*, read by quick > slow$/,
    );
  });
});

test('a number of a dialog is taken as meant or refused, and the key of a command leaves texts and dialogs alone', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await newFormula(page, 'Costs');
  const before = await code(page).textContent();
  const dialog = page.getByRole('dialog');

  await test.step('numbers of the run', async () => {
    await page.getByRole('button', { name: 'Run backtest' }).click();
    for (const [label, typed, shown] of [
      ['Commission', '0,1', '0.1'],
      ['Slippage', ',05', '0.05'],
      ['Cash', '10.000,50', '10000.5'],
    ] as const) {
      const input = dialog.getByLabel(label).first();
      await input.fill(typed);
      await input.press('Tab');
      await expect(input).toHaveValue(shown);
    }
    const cash = dialog.getByLabel('Cash').first();
    await cash.fill('-5');
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(cash).toBeFocused();
    await expect(cash).toHaveAccessibleDescription('At least 0.01.');
    await expect(dialog).toBeVisible();
    await cash.fill('-6');
    await page.keyboard.press('Escape');
    await expect(cash).toHaveValue('10000.5');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  const shortcuts = await test.step('the keys of all commands', async () => {
    await page.locator('.react-flow__pane').click({ position: { x: 300, y: 20 } });
    await page.keyboard.press('?');
    const keys = await dialog
      .locator('kbd')
      .evaluateAll((all) => all.map((each) => [...each.children].map((key) => key.textContent ?? '')));
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    const names: Readonly<Record<string, string>> = {
      '⇧': 'Shift',
      Ctrl: 'Control',
      '↵': 'Enter',
      Del: 'Delete',
      '⌫': 'Backspace',
      SPACE: 'Space',
    };
    const held = new Set(['Control', 'Shift', 'Alt']);
    return (
      keys
        .map((parts) => parts.map((part) => names[part] ?? (/^[A-Z]$/.test(part) ? part.toLowerCase() : part)))
        .filter((parts) => parts.slice(0, -1).every((part) => held.has(part)))
        .map((parts) => parts.join('+'))
        // Enter sends the text, Escape leaves it, arrows, Delete and Backspace are the text’s.
        .filter((keys) => !/Enter|Esc|[←→↑↓]|Delete|Backspace/.test(keys))
    );
  });
  expect(shortcuts.length).toBeGreaterThan(20);

  await test.step('in a dialog', async () => {
    await page.getByRole('button', { name: 'Save version' }).click();
    await dialog.getByRole('textbox').first().fill('hello');
    for (const keys of shortcuts) await page.keyboard.press(keys);
    await expect(dialog).toHaveCount(1);
    await expect(dialog).toContainText('Save a version');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(code(page)).toHaveText(before ?? '');
  });

  await test.step('in a comment', async () => {
    await setField(page, 'fast', 'value', '21');
    await expect(code(page)).toContainText('input fast = 21');
    const now = await code(page).textContent();
    await node(page, 'fast')
      .getByTestId('node-title')
      .click({ position: { x: 4, y: 6 } });
    await page.keyboard.press('c');
    const text = page.getByRole('textbox', { name: 'Comment on fast' });
    await text.pressSequentially('please look');
    // The keys that work in texts, too, lead elsewhere: each of them alone is tested where it leads.
    for (const keys of shortcuts.filter((each) => !/^Control\+(Shift\+)?[kbsjp']$/.test(each)))
      await page.keyboard.press(keys);
    await expect(code(page)).toHaveText(now ?? '');
    await expect(text).toBeVisible();
  });
});

test('the whole screen says whether the work is saved, and Escape leaves it last', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openSeed(page, { name: 'Whole', code: CODE });
  const width = async () => (await page.locator('.react-flow').boundingBox())?.width;
  await page.keyboard.press('f');
  await expect.poll(width).toBe(1440);
  await node(page, 'slow')
    .getByTestId('node-title')
    .click({ position: { x: 4, y: 6 } });
  await page.keyboard.press('Escape');
  await expect(selectedNodes(page)).toHaveCount(0);
  expect(await width()).toBe(1440);
  await ada.context.setOffline(true);
  await expect(saveState(page)).toContainText('Offline');
  await expect(saveState(page)).toBeInViewport();
  await saveState(page).getByText('Offline').click({ trial: true });
  await ada.context.setOffline(false);
  await page.locator('.react-flow__pane').click({ position: { x: 300, y: 20 } });
  await page.keyboard.press('Escape');
  await expect.poll(width).toBeLessThan(1440);
});
