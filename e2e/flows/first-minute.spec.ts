import { apiOf } from '../support/api.ts';
import { violationsInBothThemes } from '../support/axe.ts';
import {
  code,
  expectArranged,
  field,
  lastBacktest,
  register,
  setField,
  signIn,
  writeCode,
} from '../support/journeys.ts';
import { expect, test, unique } from '../support/test.ts';

const figures = '[aria-label="Preview"] dl';

test('a stranger sees the product move, tries a strategy without the server, and finds it in their account', async ({
  newPerson,
}) => {
  test.setTimeout(180_000);
  const ada = await newPerson('Ada', { motion: 'no-preference' });
  const { page } = ada;
  const written: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') written.push(`${request.method()} ${request.url()}`);
  });

  await test.step('the landing page runs a strategy, and its values change as bars go by', async () => {
    await page.goto('/');
    const shown = page.getByRole('region', { name: 'An example strategy' });
    await expect(shown).toContainText('Total return');
    const value = shown.getByTestId('node-strength');
    const before = await value.textContent();
    await expect(value).not.toHaveText(before ?? '');
  });

  await test.step('the sandbox is the builder: a field changes code and figures, code changes the graph', async () => {
    await page.getByRole('link', { name: 'Try it without an account' }).click();
    await expect(page).toHaveURL(/\/try$/);
    await expectArranged(page);
    await expect(page.locator(figures)).toContainText('Trades');
    const before = await page.locator(figures).textContent();
    await setField(page, 'length', 'value', '9');
    await expect(code(page)).toContainText('input length = 9 in 2..14');
    await expect(page.locator(figures)).not.toHaveText(before ?? '');
    await writeCode(
      page,
      'input length = 9 in 2..14\nstrength = rsi(close, length)\nbuy(when: strength < 25)\nsell(when: strength > 65 or close < sma(close, 200))\n',
    );
    await expect(page.locator('.react-flow__node')).toHaveCount(10);
  });

  await test.step('it is there again after a reload, and undo works within it', async () => {
    await page.keyboard.press('Escape');
    await page.reload();
    await expectArranged(page);
    await expect(code(page)).toContainText('or close < sma(close, 200)');
    expect(await field(page, 'length', 'value').inputValue()).toBe('9');
    await setField(page, 'length', 'value', '7');
    await expect(code(page)).toContainText('input length = 7');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(code(page)).toContainText('input length = 9');
  });

  expect(written, 'nothing was written to the server').toEqual([]);

  await test.step('registering takes it along, with its backtest and the first steps', async () => {
    await page.getByRole('link', { name: /Keep it/ }).click();
    await page.getByLabel('Organisation').fill(unique('Loomworks'));
    await page.getByLabel('Your name').fill(ada.name);
    await page.getByLabel('E-mail').fill(ada.email);
    await page.getByLabel('Password').fill(ada.password);
    await page.getByRole('button', { name: 'Create the organisation' }).click();
    await expect(page).toHaveURL(/\/formulas\/[0-9a-f-]{36}$/);
    await expect(code(page)).toContainText('input length = 9');
    await expect(lastBacktest(page)).toContainText('Total return');
    await expect(page.getByRole('heading', { name: 'The strategy that I tried' })).toBeVisible();
  });

  await test.step('the first steps stay dismissed, and are found again', async () => {
    const steps = page.getByRole('region', { name: 'First steps' });
    await expect(steps).toBeVisible();
    await steps.getByRole('button', { name: 'Got it' }).click();
    await expect(steps).toHaveCount(0);
    await page.reload();
    await expectArranged(page);
    await expect(steps).toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('first steps');
    await page.keyboard.press('Enter');
    await expect(steps).toBeVisible();
  });
});

test('the sandbox holds at a telephone’s width, and axe has nothing against it', async ({ newPerson }) => {
  const { page } = await newPerson('Pia', { viewport: { width: 400, height: 850 } });
  await page.goto('/try');
  await expectArranged(page);
  await expect(code(page)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
  expect(await violationsInBothThemes(page)).toEqual([]);
});

test('whoever asked for less motion sees the example strategy stand still', async ({ newPerson }) => {
  const { page } = await newPerson('Sol');
  await page.goto('/');
  const value = page.getByTestId('node-strength');
  await expect(value).toContainText(/\d\.\d/);
  const moves = await value.evaluate(
    (element) =>
      new Promise<number>((resolve) => {
        let count = 0;
        new MutationObserver((records) => (count += records.length)).observe(element, {
          subtree: true,
          childList: true,
          characterData: true,
        });
        let frames = 0;
        const frame = (): void => void ((frames += 1) === 30 ? resolve(count) : requestAnimationFrame(frame));
        requestAnimationFrame(frame);
      }),
  );
  expect(moves).toBe(0);
});

test('bars of one’s own are backtested within nine clicks of signing in', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await apiOf(page).formula.create.mutate({
    name: 'Mine',
    code: 'buy(when: close > open)\nsell(when: close < open)\n',
  });
  await page.context().clearCookies();
  await page.addInitScript(() => {
    const clicks = Number(sessionStorage.getItem('clicks') ?? 0);
    sessionStorage.setItem('clicks', String(clicks));
    // Of the person, not those that a label passes on to its field.
    window.addEventListener(
      'click',
      (event) => {
        if (event.detail > 0) sessionStorage.setItem('clicks', String(Number(sessionStorage.getItem('clicks')) + 1));
      },
      true,
    );
  });
  await signIn(ada);
  await page.getByRole('link', { name: 'Mine' }).click();
  await page.getByRole('button', { name: 'Run backtest' }).click();
  await page.getByRole('button', { name: 'Import CSV' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByText('Drop a CSV here, or choose one').click();
  const rows = Array.from({ length: 300 }, (_, day) => {
    const close = 100 + 10 * Math.sin(day / 7);
    return `${new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10)},${close},${close + 1},${close - 1},${close + (day % 2 === 0 ? 0.5 : -0.5)},1000`;
  });
  await (
    await chooser
  ).setFiles({
    name: 'MINE.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['time,open,high,low,close,volume', ...rows].join('\n')),
  });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByLabel('Market', { exact: true })).toContainText('MINE 1d');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(lastBacktest(page)).toContainText('on MINE 1d');
  await expect(lastBacktest(page)).toContainText('Total return');
  await page.getByRole('link', { name: 'Open the result' }).click();
  await expect(page).toHaveURL(/\/backtests\//);
  const clicks = Number(await page.evaluate(() => sessionStorage.getItem('clicks')));
  expect(clicks).toBeGreaterThanOrEqual(7);
  expect(clicks, 'clicks of the person').toBeLessThanOrEqual(9);
});

test('two tabs try one strategy, and the palette is there without an account', async ({ newPerson }) => {
  const { page, context } = await newPerson('Ada');
  await page.goto('/try');
  await expectArranged(page);
  const other = await context.newPage();
  await other.goto('/try');
  await expectArranged(other);
  await setField(page, 'length', 'value', '9');
  await expect(code(other)).toContainText('input length = 9 in 2..14');
  await setField(other, 'oversold', 'value', '15');
  await expect(code(page)).toContainText('input oversold = 15 in 5..40');
  await expect(code(page)).toContainText('input length = 9 in 2..14');
  await other.close();
  await page.reload();
  await expectArranged(page);
  await expect(code(page)).toContainText('input oversold = 15 in 5..40');
  await expect(code(page)).toContainText('input length = 9 in 2..14');

  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await page.keyboard.type('blocks');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(
    page.getByRole('complementary', { name: 'Blocks' }).or(page.getByLabel('Find a block')).first(),
  ).toBeVisible();
  await page.getByRole('heading', { level: 1 }).evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toContainText('Show or hide the blocks');
});
