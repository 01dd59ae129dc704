import {
  activeLine,
  caretOf,
  expectCode,
  followLink,
  hoverOver,
  line,
  openAlone,
  openTogether,
  popup,
  putCursor,
  putCursorBehind,
  replace,
  textBeforeCaret,
  textOf,
} from '../support/code-pane.ts';
import { code, expectSaved, field, newFormula, node, register, saveState, setField } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

// Two browsers on two cores, and people who type letter by letter.
test.describe.configure({ timeout: 120_000 });

const CODE = `input fast = 10 in 2..50
input slow = 20

fastLine = sma(close, fast)
slowLine = sma(close, slow)
strength = rsi(close, 14)

buy(when: crossover(fastLine, slowLine) and strength > 50, size: 50%)
sell(when: crossunder(fastLine, slowLine))
`;

test('two people write in different statements at once', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await openTogether(ada, ben, 'Two pens', CODE);

  await putCursorBehind(ada.page, 'rsi(close, 14)');
  await ada.page.keyboard.type(' + ');
  await expect(code(ada.page).locator('.cm-lintRange-error')).toBeVisible();

  await replace(ben.page, 'sma(close, slow)', 'ema(close, slow)');
  await expect(line(ada.page, 'slowLine = ema(close, slow)')).toBeVisible();
  // The formula is the last good one while Ada's text does not read.
  await expectCode(ben.page, CODE.replace('sma(close, slow)', 'ema(close, slow)'));

  // Her cursor is where it was.
  await ada.page.keyboard.type('1');
  const both = CODE.replace('sma(close, slow)', 'ema(close, slow)').replace('rsi(close, 14)', 'rsi(close, 14) + 1');
  await expectCode(ada.page, both);
  await expectCode(ben.page, both);

  await test.step('undo takes back what one wrote oneself', async () => {
    await ada.page.keyboard.press('ControlOrMeta+z');
    await expectCode(ben.page, CODE.replace('sma(close, slow)', 'ema(close, slow)'));
    await ben.page.keyboard.press('ControlOrMeta+z');
    await expectCode(ada.page, CODE);
    await ben.page.keyboard.press('ControlOrMeta+Shift+Z');
    await expectCode(ada.page, CODE.replace('sma(close, slow)', 'ema(close, slow)'));
  });
});

test('two people write in one statement at once', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await openTogether(ada, ben, 'One line', CODE);

  await putCursorBehind(ada.page, 'strength = rsi(close, 14');
  await ada.page.keyboard.type(' * ');
  await replace(ben.page, 'rsi(close, 14)', 'rsi(fastLine, 14)');
  await expectCode(ben.page, CODE.replace('rsi(close, 14)', 'rsi(fastLine, 14)'));
  // What Ada is typing stays as she has it.
  await expect(line(ada.page, 'strength = rsi(close, 14 * )')).toBeVisible();
  await ada.page.keyboard.type('2');
  // Different arguments: both changes stand.
  const merged = CODE.replace('rsi(close, 14)', 'rsi(fastLine, 14 * 2)');
  await expectCode(ada.page, merged);
  await expectCode(ben.page, merged);

  await test.step('a statement that is deleted while somebody types in it is not lost', async () => {
    await putCursorBehind(ada.page, 'strength = rsi(fastLine, 14 * 2)');
    await ada.page.keyboard.type(' -');
    await replace(ben.page, ' and strength > 50', '');
    await putCursor(ben.page, 'strength = rsi');
    await ben.page.keyboard.press('Shift+ArrowDown');
    await ben.page.keyboard.press('Delete');
    await expect(line(ben.page, 'strength')).toHaveCount(0);
    await expect(line(ada.page, 'buy(when: crossover(fastLine, slowLine), size: 50%)')).toBeVisible();
    await expect(line(ada.page, 'strength = rsi(fastLine, 14 * 2) -')).toBeVisible();
    await ada.page.keyboard.type(' 7');
    await expect(line(ben.page, 'strength = rsi(fastLine, 14 * 2) - 7')).toBeVisible();
    await expect.poll(async () => (await textOf(ada.page)) === (await textOf(ben.page))).toBe(true);
  });
});

test('one writes while the other works on the canvas', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await openTogether(ada, ben, 'Pen and canvas', CODE);

  await putCursorBehind(ada.page, 'rsi(close, 14)');
  await ada.page.keyboard.press('Enter');
  await ada.page.keyboard.type('weak = 2 * ');
  await setField(ben.page, 'strength', 'timePeriod', '9');
  await expect(line(ada.page, 'strength = rsi(close, 9)')).toBeVisible();
  await ada.page.keyboard.type('strength');
  await expect(node(ben.page, 'weak')).toBeVisible();
  await replace(ada.page, 'fast = 10', 'fast = 11');
  await expect(field(ben.page, 'fast', 'value')).toHaveValue('11');

  await node(ben.page, 'weak').click();
  await ben.page.keyboard.press('Delete');
  await expect(line(ada.page, 'weak')).toHaveCount(0);
  await expectCode(ada.page, CODE.replace('14', '9').replace('fast = 10', 'fast = 11'));

  await test.step('a node that is selected shows its statement, and the other way round', async () => {
    await node(ben.page, 'slowLine').click();
    await expect(code(ben.page).locator('.cm-statement-selected')).toHaveText('slowLine = sma(close, slow)');
    await putCursor(ben.page, 'strength = rsi');
    await expect(ben.page.getByLabel('Name in code')).toHaveValue('strength');
  });
});

test('colleagues’ cursors stand where they are, whatever is written around them', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await openTogether(ada, ben, 'Cursors', CODE);

  await putCursorBehind(ben.page, 'strength = rsi(');
  await expect(caretOf(ada.page, 'Ben')).toBeVisible();
  await expect(caretOf(ada.page, 'Ben')).toHaveAttribute('data-name', 'Ben');
  await expect.poll(() => textBeforeCaret(ada.page, 'Ben')).toBe('strength = rsi(');

  // Above it, in front of it, and with an error that Ben does not see.
  await putCursorBehind(ada.page, 'slow = 20');
  await ada.page.keyboard.press('Enter');
  await ada.page.keyboard.type('input other = ');
  await expect.poll(() => textBeforeCaret(ada.page, 'Ben')).toBe('strength = rsi(');
  await ada.page.keyboard.type('3');
  await expect(line(ben.page, 'input other = 3')).toBeVisible();
  await replace(ada.page, 'strength = rsi', 'strength = 1 + rsi');
  await expect(line(ben.page, 'strength = 1 + rsi(close, 14)')).toBeVisible();
  await expect.poll(() => textBeforeCaret(ada.page, 'Ben')).toBe('strength = 1 + rsi(');
  await expect.poll(() => textBeforeCaret(ben.page, 'Ada')).toBe('strength = 1 + rsi');

  // What Ben types and Ada can not see yet moves nothing here.
  await ben.page.keyboard.type('h');
  await expect(line(ben.page, 'strength = 1 + rsi(hclose, 14)')).toBeVisible();
  await expect.poll(() => textBeforeCaret(ada.page, 'Ben')).toBe('strength = 1 + rsi(');
  await ben.page.keyboard.press('Backspace');
  await node(ben.page, 'slow').click();
  await expect(caretOf(ada.page, 'Ben')).toHaveCount(0);
});

test('completion knows names, blocks, arguments, choices and outputs', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openAlone(ada, 'Completion', CODE);
  const options = page.getByRole('listbox', { name: 'Completions' });
  const option = (name: string) => options.getByRole('option').filter({ has: page.getByText(name, { exact: true }) });

  await putCursorBehind(page, 'rsi(close, 14)');
  await page.keyboard.press('Enter');
  await page.keyboard.type('up = crossov');
  await expect(option('crossover')).toContainText('(x, y)');
  await expect(
    popup(page)
      .getByText('When the first rises above the second.')
      .or(popup(page).getByText(/Crosses above/)),
  ).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(activeLine(page)).toHaveText('up = crossover(x, y)');

  // The places of the call are filled in one after the other, and the signature says for what.
  const signature = page.getByRole('status', { name: 'Signature of crossover' });
  await expect(signature.locator('strong')).toHaveText('x');
  await page.keyboard.type('fastL');
  await expect(option('fastLine')).toContainText('sma(close, fast)');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(signature.locator('strong')).toHaveText('y');
  await page.keyboard.type('high');
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  await expect(activeLine(page)).toHaveText('up = crossover(fastLine, high)');

  await page.keyboard.press('Enter');
  await page.keyboard.type('bands = bbands(close, 20, maT');
  await expect(option('maType')).toBeVisible();
  await expect(options.getByText('source', { exact: true })).toHaveCount(0);
  await page.keyboard.press('Enter');
  await page.keyboard.type('"');
  await expect(option('ema')).toBeVisible();
  await page.keyboard.type('em');
  await expect(options.getByRole('option').first()).toContainText('ema');
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await expect(activeLine(page)).toHaveText('bands = bbands(close, 20, maType: "ema")');

  await page.keyboard.press('Enter');
  await page.keyboard.type('wide = close > bands.');
  await expect(options.getByRole('option')).toHaveText([/upper/, /middle/, /lower/]);
  await page.keyboard.press('Enter');
  await expect(activeLine(page)).toHaveText('wide = close > bands.upper');

  await page.keyboard.press('Enter');
  await page.keyboard.type('day = feed(timeframe: "1d").cl');
  await expect(option('close')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.type('ose');
  await page.keyboard.press('Enter');
  await page.keyboard.type('input risk = 1% in 0%..5% st');
  await expect(option('step')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(activeLine(page)).toHaveText('input risk = 1% in 0%..5% step');
  await page.keyboard.type(' 1%');
  await expectSaved(page);
  // What is out of sight is not drawn.
  await page.getByRole('button', { name: 'Fit View' }).click();
  await expect(node(page, 'risk')).toBeVisible();
  await expect(node(page, 'bands')).toBeVisible();
});

test('words explain themselves under the pointer', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openAlone(ada, 'Hover', CODE);
  const help = page.locator('.cm-tooltip-hover');

  await hoverOver(page, 'rsi(close');
  await expect(help).toContainText('Relative strength index');
  await expect(help).toContainText('rsi(source, timePeriod = 14)');
  await expect(help.getByRole('link', { name: 'Open in the reference' })).toBeVisible();

  await hoverOver(page, 'fastLine, slowLine) and');
  await expect(help).toContainText('fastLine = sma(close, fast)');
  await expect(help).toContainText('after 9 bars · used 2 times');

  await hoverOver(page, 'when: crossover');
  await expect(help).toContainText('a condition · required');

  await hoverOver(page, '50, size');
  await expect(help).toHaveCount(0);
});

test('problems are shown as one types, with fixes at the cursor, in the list and on the node', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openAlone(ada, 'Problems', CODE);
  const card = page.getByRole('dialog', { name: 'Problems here' });

  await test.step('a slip of the text is written right', async () => {
    await replace(page, 'rsi(close, 14)', 'rsi(clse, 0)');
    await expect(code(page).locator('.cm-lintRange-error')).toHaveText('clse');
    await expect(page.locator('.cm-lint-marker-error')).toBeVisible();
    await putCursor(page, 'clse');
    await page.keyboard.press('ControlOrMeta+.');
    await expect(card).toContainText('There is no `clse` here.');
    await expect(card.getByRole('button', { name: 'Write `close`' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(line(page, 'strength = rsi(close, 0)')).toBeVisible();
    await expect(code(page)).toBeFocused();
  });

  await test.step('a problem of meaning is put right in the formula', async () => {
    await expect(code(page).locator('.cm-lintRange-error').first()).toContainText('strength');
    await putCursor(page, 'input fast');
    await page.keyboard.press('F8');
    await expect(card).toContainText('is at least 2, not 0');
    await expect(activeLine(page)).toContainText('strength = rsi');
    await page.keyboard.press('ControlOrMeta+.');
    await expect(card.getByRole('button', { name: 'Make it 2' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expectCode(page, CODE.replace('14', '2'));
    await expect(field(page, 'strength', 'timePeriod')).toHaveValue('2');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(field(page, 'strength', 'timePeriod')).toHaveValue('0');
  });

  await test.step('the node has the fix too', async () => {
    await node(page, 'strength')
      .getByRole('button', { name: /Problems: / })
      .click();
    await page.getByRole('list', { name: 'Problems of the node' }).getByRole('button', { name: 'Make it 2' }).click();
    await expectCode(page, CODE.replace('14', '2'));
  });

  await test.step('the list leads to node and line', async () => {
    await putCursorBehind(page, 'strength = rsi(close, 2)');
    await page.keyboard.press('Enter');
    await page.keyboard.type('idle = ema(close, 7)');
    await expect(node(page, 'idle')).toBeVisible();
    await putCursor(page, 'input slow');
    await page.getByRole('tab', { name: /Problems/ }).click();
    const list = page.getByRole('list', { name: 'Problems' });
    await list.getByRole('button', { name: 'Nobody uses `idle`.' }).click();
    await expect(activeLine(page)).toHaveText('idle = ema(close, 7)');
    await expect(code(page).locator('.cm-statement-selected')).toHaveText('idle = ema(close, 7)');
    await list.getByRole('button', { name: 'Remove `idle`' }).click();
    await expectCode(page, CODE.replace('14', '2'));
    await expect(page.getByText('No problems', { exact: true })).toBeVisible();
  });
});

test('a statement is renamed everywhere, for everybody, in one step', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await openTogether(ada, ben, 'Rename', CODE);
  const renamed = CODE.replaceAll('fastLine', 'quick');

  await putCursor(ada.page, 'fastLine, slowLine) and');
  await ada.page.keyboard.press('F2');
  const input = ada.page.getByLabel('New name of fastLine');
  await input.fill('close');
  await expect(popup(ada.page).getByRole('alert')).toContainText('has a meaning already');
  await input.fill('slowLine');
  await input.press('Enter');
  await expect(popup(ada.page).getByRole('alert')).toContainText('is the name of another one already');
  await input.fill('quick');
  await input.press('Enter');
  await expectCode(ada.page, renamed);
  await expectCode(ben.page, renamed);
  await expect(node(ben.page, 'quick')).toBeVisible();
  await expect(code(ada.page)).toBeFocused();
  await ada.page.keyboard.press('ControlOrMeta+z');
  await expectCode(ben.page, CODE);

  await test.step('also where a colleague is writing it at that moment', async () => {
    await putCursorBehind(ben.page, 'rsi(close, 14)');
    await ben.page.keyboard.type(' + fastLine *');
    await ada.page.keyboard.press('ControlOrMeta+Shift+Z');
    await expect(line(ben.page, 'strength = rsi(close, 14) + quick *')).toBeVisible();
    await ben.page.keyboard.type(' 2');
    await expectCode(ada.page, renamed.replace('14)', '14) + quick * 2'));
  });
});

test('names lead to their definitions and uses', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await openAlone(ada, 'Names', CODE);

  await putCursor(page, 'slowLine))');
  await expect(code(page).locator('.cm-name-use')).toHaveText(['slowLine', 'slowLine', 'slowLine']);
  await page.keyboard.press('F12');
  await expect(activeLine(page)).toHaveText('slowLine = sma(close, slow)');
  await page.keyboard.press('Shift+F12');
  await expect(activeLine(page)).toContainText('buy(');
  await page.keyboard.press('Shift+F12');
  await expect(activeLine(page)).toContainText('sell(');
  await page.keyboard.press('Shift+F12');
  await expect(activeLine(page)).toHaveText('slowLine = sma(close, slow)');
  await followLink(page, 'strength > 50');
  await expect(activeLine(page)).toHaveText('strength = rsi(close, 14)');
});

test('long calls and sections fold, code is formatted on demand and when one leaves it', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const text = `# The averages,
# and how strong the move is
fastLine = sma(close, 10)
strength = rsi(close, 14)

buy(
    when: crossover(close, fastLine) and strength > 50,
    size: 50%,
    stop: 5%,
    note: "a note that makes the line long"
)
sell(when: close < fastLine)
`;
  await openAlone(ada, 'Folding', text);

  await putCursor(page, 'size: 50%');
  await page.keyboard.press('Control+Shift+BracketLeft');
  await expect(line(page, 'buy(')).toHaveText('buy(…)');
  await expect(line(page, 'size: 50%')).toHaveCount(0);
  await page.keyboard.press('Control+Shift+BracketRight');
  await expect(line(page, 'size: 50%')).toBeVisible();
  await page.getByTitle('Fold').first().click({ force: true });
  await expect(line(page, '# The averages,')).toHaveText('# The averages,…');
  await expect(line(page, 'strength = ')).toHaveCount(0);
  await page.locator('.cm-foldPlaceholder').click();
  await expectCode(page, text);

  await test.step('format', async () => {
    await replace(page, 'fastLine = sma(close, 10)', 'fastLine   =  sma( close,10 )');
    await expect(line(page, 'fastLine   =  sma( close,10 )')).toBeVisible();
    await page.keyboard.press('Shift+Alt+F');
    await expectCode(page, text);
    await replace(page, 'rsi(close, 14)', 'rsi( close,14 ) +');
    await page.keyboard.press('Shift+Alt+F');
    await expect(line(page, 'strength = rsi( close,14 ) +')).toBeVisible();
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.getByRole('tab', { name: 'Versions' }).click();
    await expectCode(page, text);
  });

  await test.step('the help names the keys', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard' });
    await expect(sheet.getByText('Rename a statement everywhere')).toBeVisible();
    await expect(sheet.getByText('Fix the problem at the cursor')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+k');
    const commands = page.getByRole('dialog', { name: 'Commands' });
    await expect(commands.getByRole('combobox')).toBeFocused();
    await page.keyboard.type('next problem');
    await expect(commands.getByRole('option').first()).toHaveAttribute('data-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(code(page)).toBeFocused();
  });
  await expectSaved(page);
});

test('what is typed is not lost by leaving at once', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const address = await newFormula(page, 'In a hurry');
  for (const [digit, leave] of [
    ['1', 'reload'],
    ['2', 'another page'],
    ['3', 'back'],
  ] as const) {
    await test.step(leave, async () => {
      await putCursorBehind(page, 'sma(close, fast');
      const left = page.waitForEvent('framenavigated');
      // Before the pause at which typing is read.
      await page
        .evaluate(
          ([text, way]) => {
            document.execCommand('insertText', false, text);
            queueMicrotask(() => {
              if (way === 'reload') location.reload();
              else if (way === 'back') history.back();
              else location.assign('/formulas');
            });
          },
          [` + ${digit}`, leave] as const,
        )
        .catch(() => undefined);
      await left;
      await page.goto(address);
      await expect(code(page)).toContainText(`sma(close, fast + ${digit}`);
      await expectSaved(page);
    });
  }
});

test('text that is not taken is never called saved, never run past, and is there again after a reload', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  await register(ada);
  await newFormula(ada.page, 'Half a thought');
  await expectSaved(ada.page);
  await replace(ada.page, 'sma(close, slow)', 'sma(close, twohundred)');
  await expect(saveState(ada.page)).toHaveText('1 line not taken');
  await ada.page.reload();
  await expect(code(ada.page)).toContainText('slowLine = sma(close, twohundred)');
  await expect(saveState(ada.page)).toHaveText('1 line not taken');
  await ada.page.getByRole('tab', { name: /Problems/ }).click();
  await expect(ada.page.getByRole('list', { name: 'Problems' })).toContainText('twohundred');
  await ada.page.getByRole('button', { name: 'Run backtest' }).click();
  await expect(ada.page.getByRole('dialog').getByRole('button', { name: 'Run the last valid strategy' })).toBeVisible();
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  for (const [key, action] of [
    ['ControlOrMeta+s', 'Save the last valid strategy'],
    ['ControlOrMeta+Shift+Enter', 'Sweep the last valid strategy'],
  ] as const) {
    await ada.page.keyboard.press(key);
    await expect(ada.page.getByRole('dialog')).toContainText('1 line not taken');
    await expect(ada.page.getByRole('dialog').getByRole('button', { name: action })).toBeVisible();
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Show' }).click();
    await expect(code(ada.page)).toBeFocused();
    await expect(ada.page.getByRole('dialog')).toHaveCount(0);
  }
  await ada.page.getByRole('button', { name: 'Discard what is not taken' }).click();
  await ada.page
    .getByRole('alertdialog')
    .or(ada.page.getByRole('dialog'))
    .getByRole('button', { name: 'Discard' })
    .click();
  await expectSaved(ada.page);
  await expect(code(ada.page)).toContainText('slowLine = sma(close, slow)');
});
