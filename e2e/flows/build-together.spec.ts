import {
  code,
  expectSaved,
  field,
  invite,
  inviteByHand,
  join,
  joinByHand,
  lastBacktest,
  newFormula,
  newFormulaByHand,
  node,
  register,
  registerByHand,
  runBacktest,
  setField,
} from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

test('two people build a strategy together and both see its backtest stream in', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await registerByHand(ada);
  await joinByHand(ben, await inviteByHand(ada.page, 'Editor'));
  const address = await newFormulaByHand(ada.page, 'Together');
  await ben.page.goto(address);
  await expectSaved(ben.page);

  await test.step('each sees that the other is there, and where', async () => {
    for (const [{ page }, other] of [
      [ada, ben],
      [ben, ada],
    ] as const) {
      await expect(page.getByRole('list', { name: 'People here' }).getByRole('listitem')).toHaveCount(2);
      await expect(page.getByRole('list', { name: 'People here' })).toContainText(other.name.slice(0, 1));
    }
    await node(ben.page, 'fastLine').hover();
    await expect(ada.page.getByTestId('cursor-Ben')).toBeVisible();
  });

  await test.step('an edit on the canvas arrives in the other’s code and canvas', async () => {
    await setField(ada.page, 'fast', 'value', '33');
    await expect(code(ben.page)).toContainText('input fast = 33 in 5..100');
    await expect(field(ben.page, 'fast', 'value')).toHaveValue('33');
    await expectSaved(ada.page);
  });

  await test.step('an edit in the code arrives on the other’s canvas and in their code', async () => {
    const line = code(ben.page).locator('.cm-line', { hasText: 'slowLine = sma(close, slow)' });
    await line.getByText('sma').dblclick();
    await ben.page.keyboard.type('ema');
    await expect(code(ada.page)).toContainText('slowLine = ema(close, slow)');
    await expect(node(ada.page, 'slowLine')).toContainText('ema');
    await expectSaved(ben.page);
  });

  await test.step('undo takes back one’s own edit and leaves the other’s', async () => {
    await ada.page.getByRole('button', { name: 'Undo' }).click();
    await expect(code(ben.page)).toContainText('input fast = 20 in 5..100');
    await expect(code(ada.page)).toContainText('slowLine = ema(close, slow)');
  });

  await test.step('a backtest of one is seen by both as it happens, also by who looks at the list', async () => {
    await runBacktest(ada.page);
    for (const { page } of [ada, ben]) {
      await expect(lastBacktest(page)).toContainText('Done');
      await expect(lastBacktest(page)).toContainText('Ada');
      await expect(lastBacktest(page)).toContainText('Sharpe');
    }
    await lastBacktest(ben.page).getByRole('link', { name: 'Open the result' }).click();
    await expect(ben.page).toHaveURL(/\/backtests\/[0-9a-f-]{36}$/);
    await expect(ben.page.getByRole('table', { name: 'Trades' })).toBeVisible();
    await expect(ben.page.locator('canvas').first()).toBeVisible();
  });
});

test('an edit in one browser is on the other’s screen within a blink', async ({ newPerson }, testInfo) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await register(ada);
  await join(ben, await invite(ada.page, 'Editor'));
  const address = await newFormula(ada.page, 'Blink');
  await ben.page.goto(address);
  await expectSaved(ben.page);

  // When each value is first in a frame that Ben's browser draws.
  await ben.page.evaluate(() => {
    const seen = new Map<string, number>();
    Object.assign(window, { seen });
    const look = (): void => {
      const value = /input fast = (\d+)/.exec(document.querySelector('.cm-content')?.textContent ?? '')?.[1];
      if (value !== undefined && !seen.has(value)) seen.set(value, performance.timeOrigin + performance.now());
      requestAnimationFrame(look);
    };
    look();
  });
  await ada.page.evaluate(() => {
    const sent: number[] = [];
    Object.assign(window, { sent });
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter') sent.push(performance.timeOrigin + performance.now());
      },
      true,
    );
  });

  const values = Array.from({ length: 12 }, (_, index) => String(index + 30));
  for (const value of values) {
    await setField(ada.page, 'fast', 'value', value);
    // Until the frame has drawn the value: the document says it earlier, and the next value may overtake a slow frame.
    await ben.page.waitForFunction(
      (shown) => (window as unknown as { seen: Map<string, number> }).seen.has(shown),
      value,
    );
  }
  const sent = await ada.page.evaluate(() => (window as unknown as { sent: number[] }).sent);
  const seen = await ben.page.evaluate(() => [...(window as unknown as { seen: Map<string, number> }).seen]);
  const arrivals = new Map(seen);
  const delays = values
    .map((value, index) => (arrivals.get(value) ?? Number.NaN) - (sent[index] ?? Number.NaN))
    .toSorted((a, b) => a - b);
  const at = (share: number): string => `${(delays[Math.ceil(share * delays.length) - 1] ?? Number.NaN).toFixed(0)} ms`;
  const figures = `from Enter to the other’s screen, ${delays.length} edits: p50 ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)}`;
  testInfo.annotations.push({ type: 'latency', description: figures });
  process.stdout.write(`    ${figures}\n`);
  expect(delays.every((delay) => delay > 0)).toBe(true);
});
