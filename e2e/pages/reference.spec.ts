import type { Page } from '@playwright/test';
import { BLOCKS } from '#core/formula/blocks/catalogue.ts';
import { findBlocks } from '#core/formula/reference/find-blocks.ts';
import { violationsInBothThemes } from '../support/axe.ts';
import { newFormula, node, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const cards = (page: Page) => page.locator('[data-scroller]').getByRole('listitem');
const plot = (page: Page, title: string) =>
  page.getByRole('img', { name: new RegExp(`^${title} on the S&P 500, daily`) });

test('the reference shows every block, finds as one types, and moves with the arrows', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await page.goto('/formulas');
  await page.getByRole('link', { name: 'Reference', exact: true }).click();
  await expect(page).toHaveURL(/\/reference$/);
  await expect(page.getByRole('heading', { name: 'Reference' })).toBeVisible();
  await expect(cards(page)).toHaveCount(BLOCKS.length);

  await test.step('plots are drawn where one looks', async () => {
    await expect(cards(page).first().locator('svg path').first()).toBeVisible();
    expect(await cards(page).locator('svg').count()).toBeLessThan(BLOCKS.length / 2);
    await cards(page).last().scrollIntoViewIfNeeded();
    await expect(cards(page).last().locator('svg path').first()).toBeVisible();
  });

  await page.keyboard.press('/');
  const search = page.getByRole('textbox', { name: 'Find a block' });
  await expect(search).toBeFocused();
  await page.keyboard.type('relative strength');
  await expect(cards(page).first()).toContainText('Relative strength index');
  await page.keyboard.press('ArrowDown');
  await expect(page).toHaveURL(/\/reference\/rsi$/);
  await expect(page).toHaveTitle(/^Relative strength index/);
  await expect(plot(page, 'Relative strength index')).toBeVisible();

  await search.fill('cross');
  for (const name of ['cross', 'crossover', 'crossunder']) {
    await page.keyboard.press('ArrowDown');
    await expect(page).toHaveURL(new RegExp(`/reference/${name}$`));
  }
  await page.keyboard.press('ArrowUp');
  await expect(page).toHaveURL(/\/reference\/crossover$/);
  await expect(page.getByRole('heading', { name: /Crosses above/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Crosses above/ })).toBeFocused();

  await page.goBack();
  await expect(page).toHaveURL(/\/reference$/);
});

test('each press of an arrow is one block further, however fast they come', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await page.goto('/reference');
  const search = page.getByRole('textbox', { name: 'Find a block' });
  await search.fill('a');
  await search.press('ArrowDown');
  const order = findBlocks('a').map(({ name }) => name);
  await expect(page).toHaveURL(new RegExp(`/reference/${order[0]}$`));
  // A key in each moment in which the page before may be drawn.
  for (const [key, at] of [
    ['ArrowDown', 30],
    ['ArrowUp', 10],
  ] as const) {
    await search.evaluate(async (field, pressed) => {
      for (let count = 0; count < (pressed === 'ArrowDown' ? 30 : 20); count += 1) {
        field.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }));
        await new Promise((resolve) => setTimeout(resolve, count % 4));
      }
    }, key);
    await expect(page).toHaveURL(new RegExp(`/reference/${order[at]}$`));
    await expect(page.getByRole('navigation', { name: 'Blocks' }).locator('[aria-current=page]')).toHaveAttribute(
      'href',
      `/reference/${order[at]}`,
    );
  }
});

test('a block has an address of its own, with everything that is declared of it', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/reference/bbands');
  await expect(page.getByRole('heading', { name: /Bollinger bands/ })).toBeVisible();
  await expect(page.getByText(/^bbands\(source: series<number>, timePeriod: number = 5/)).toBeVisible();
  const row = page.getByRole('row', { name: /timePeriod/ });
  for (const text of ['number', '5', 'whole, 2 to 100,000 bars', 'Bars to look back over.'])
    await expect(row).toContainText(text);
  await expect(page.getByRole('row', { name: /maType/ })).toContainText('"ema"');
  await expect(page.getByRole('row', { name: /^upper/ })).toContainText('The upper band.');
  await expect(page.getByText('behind 4 bars, with these defaults')).toBeVisible();
  await expect(page.getByText('TA-Lib 0.6')).toBeVisible();
  await expect(plot(page, 'Bollinger bands')).toHaveAttribute(
    'aria-label',
    /upper between .* and .*middle between .*lower between/,
  );

  await test.step('the plot tells the values under the pointer', async () => {
    const legend = page.locator('figcaption');
    await expect(legend).toContainText('22 May 2019');
    await plot(page, 'Bollinger bands').hover({ position: { x: 4, y: 60 } });
    await expect(legend).toContainText('4 Sep 2018');
    await expect(legend).toContainText('2,896.7');
  });

  await test.step('the example can be copied', async () => {
    await page.getByRole('button', { name: 'Copy the example' }).click();
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('bbands(close, 5, 2, 2, "sma")');
  });

  await page.goto('/reference/bbnads');
  await expect(page.getByText('There is no block “bbnads”')).toBeVisible();
  await page.locator('[data-scroller]').getByRole('link', { name: 'bbands' }).click();
  await expect(page).toHaveURL(/\/reference\/bbands$/);
});

test('the reference is accessible (WCAG AA) in both themes', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await page.goto('/reference');
  await page.getByRole('textbox', { name: 'Find a block' }).fill('average');
  await expect(cards(page).first().locator('svg path').first()).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.goto('/reference/supertrend');
  await expect(plot(page, 'Supertrend')).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
});

test('the builder leads to the block that is selected', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await newFormula(page, 'Mine');
  await node(page, 'fastLine').click();
  const [opened] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('tabpanel').getByRole('link', { name: 'Reference' }).click(),
  ]);
  await expect(opened).toHaveURL(/\/reference\/sma$/);
  await expect(opened.getByRole('heading', { name: /Simple moving average/ })).toBeVisible();
});

test('on a telephone the reference is one column that leads to a block and back', async ({ newPerson }) => {
  const ada = await newPerson('Ada', { viewport: { width: 390, height: 844 } });
  const { page } = ada;
  await register(ada);
  await page.goto('/reference');
  await page.getByRole('textbox', { name: 'Find a block' }).fill('macd');
  await cards(page).first().getByRole('link').click();
  await expect(plot(page, 'MACD')).toBeVisible();
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBeLessThanOrEqual(0);
  await page.getByRole('link', { name: 'All blocks' }).click();
  await expect(cards(page).first()).toBeVisible();
});
