import { apiOf } from '../support/api.ts';
import { violationsInBothThemes } from '../support/axe.ts';
import { register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

test('strategies are found by word, tag, owner and market, with the equity of their last backtest', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const api = apiOf(page);
  const code = 'buy(when: close > sma(close, 20))\nsell(when: close < sma(close, 20))\n';
  const { id } = await api.formula.create.mutate({ name: 'Slow trend', code });
  await api.formula.create.mutate({ name: 'Fast reversal', code });
  const [market] = await api.market.list.query();
  await api.backtest.start.mutate({ formulaId: id, marketId: market?.id ?? '', inputs: {}, settings: SETTINGS });
  await page.goto('/formulas');
  const rows = page.getByRole('table', { name: 'Strategies' }).or(page.getByRole('table', { name: 'Strategies' }));
  const row = (name: string) => rows.getByRole('row').filter({ hasText: name });

  await test.step('the row says of which market the figures are, and draws the equity', async () => {
    await expect(row('Slow trend')).toContainText('SPX 1d');
    await expect(row('Slow trend')).toContainText('Ada');
    await expect(
      row('Slow trend').getByRole('img', { name: 'Equity of Slow trend in its last backtest' }),
    ).toBeVisible();
    await expect(row('Fast reversal').getByRole('img')).toHaveCount(0);
  });

  await test.step('tags are given, shown and searched for by a click', async () => {
    await page.getByRole('button', { name: 'More about Fast reversal' }).click();
    await page.getByRole('menuitem', { name: 'Tags…' }).click();
    await page.getByRole('dialog').getByLabel('Tags').fill('intraday, long only');
    await page.keyboard.press('Enter');
    const tag = row('Fast reversal').getByRole('button', { name: 'long only', exact: true });
    await tag.click();
    await expect(page.getByRole('searchbox')).toHaveValue('#long-only');
    await expect(row('Slow trend')).toHaveCount(0);
    await expect(row('Fast reversal')).toHaveCount(1);
  });

  await test.step('the slash goes to the search, Escape shows all again', async () => {
    await page.getByRole('searchbox').press('Escape');
    await expect(row('Slow trend')).toHaveCount(1);
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('/');
    await page.keyboard.type('spx ada');
    await expect(row('Fast reversal')).toHaveCount(0);
    await page.keyboard.type(' nothing');
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect(row('Fast reversal')).toHaveCount(1);
  });

  await test.step('a telephone shows the return beside the name', async () => {
    await page.setViewportSize({ width: 400, height: 850 });
    await expect(row('Slow trend').getByText(/%$/).first()).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
    expect(await violationsInBothThemes(page)).toEqual([]);
  });
});

const SETTINGS = {
  cash: 10_000,
  commission: 0,
  commissionFixed: 0,
  commissionMinimum: 0,
  slippage: 0,
  lot: 0,
  leverage: 1,
  fill: 'open',
  closeAtEnd: false,
  short: true,
} as const;

test('a list of hundreds draws what is in sight; what is looked for is there again after the way back', async ({
  newPerson,
}) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const api = apiOf(page);
  const count = 90;
  for (let first = 0; first < count; first += 15)
    await Promise.all(
      Array.from({ length: 15 }, (_, index) => api.formula.create.mutate({ name: `Idea ${first + index}` })),
    );
  await page.goto('/formulas');
  const rows = page.getByRole('table', { name: 'Strategies' }).getByRole('row');
  await expect(rows.first()).toBeVisible();
  expect(await rows.count(), 'rows that are drawn').toBeLessThan(60);

  await page.keyboard.press('/');
  await page.keyboard.type('idea 77');
  await expect(rows).toHaveCount(2);
  await rows.nth(1).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/formulas\/[0-9a-f-]{36}$/);
  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue('idea 77');
  await expect(rows).toHaveCount(2);
  await page.reload();
  await expect(rows).toHaveCount(2);
});

test('bots and markets are searched by the same key', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  const api = apiOf(page);
  const { id: formulaId } = await api.formula.create.mutate({
    name: 'Trend',
    code: 'buy(when: close > sma(close, 20))',
  });
  const { id: versionId } = await api.version.create.mutate({ formulaId, message: 'First' });
  const [market] = await api.market.list.query();
  for (const name of ['Night watch', 'Day watch'])
    await api.bot.create.mutate({ name, versionId, marketId: market?.id ?? '', mode: 'paper', settings: SETTINGS });
  await page.goto('/bots');
  const rows = page.getByRole('table', { name: 'Bots' }).getByRole('row');
  await expect(rows).toHaveCount(3);
  await page.keyboard.press('/');
  await page.keyboard.type('watch NIGHT trend');
  await expect(rows).toHaveCount(2);
  await expect(page.getByRole('search', { name: 'Bots' }).getByRole('status')).toHaveText('1 of 2');
  await page.keyboard.type(' nothing');
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(rows).toHaveCount(3);
  expect(await violationsInBothThemes(page)).toEqual([]);
});

test('on a telephone every list shows its important columns without a way to the side', async ({ newPerson }) => {
  const ada = await newPerson('Ada', { viewport: { width: 390, height: 844 } });
  const { page } = ada;
  await register(ada);
  const api = apiOf(page);
  const code = 'input fast = 10 in 5..50\nbuy(when: close > sma(close, fast))\n';
  const { id: formulaId } = await api.formula.create.mutate({ name: 'A strategy with a rather long name', code });
  const { id: versionId } = await api.version.create.mutate({ formulaId, message: 'First' });
  const [market] = await api.market.list.query();
  const marketId = market?.id ?? '';
  await api.backtest.start.mutate({ formulaId, marketId, inputs: {}, settings: SETTINGS });
  const axes = [{ name: 'fast', values: [5, 10] }];
  const search = { kind: 'grid' } as const;
  await api.sweep.start.mutate({ formulaId, marketId, settings: SETTINGS, axes, search, rankedBy: 'sharpe' });
  const name = 'A bot with a rather long name';
  await api.bot.create.mutate({ name, versionId, marketId, mode: 'paper', settings: SETTINGS });
  for (const path of ['formulas', 'backtests', 'sweeps', 'bots', 'markets']) {
    await page.goto(`/${path}`);
    const table = page.getByRole('table').first();
    await expect(table.getByRole('row')).not.toHaveCount(1);
    const hidden = await table.evaluate(
      ({ scrollWidth, parentElement }) => scrollWidth - (parentElement?.clientWidth ?? 0),
    );
    expect(hidden, `pixels of ${path} beyond the side`).toBeLessThanOrEqual(0);
  }
  await page.goto('/bots');
  await expect(page.getByRole('button', { name: `Start ${name}` })).toBeInViewport();
  await expect(page.getByText('paper', { exact: true }).filter({ visible: true })).toHaveCount(1);
});
