import type { Page } from '@playwright/test';
import { newFormula, node, register, setField, writeCode } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const preview = (page: Page) => page.getByRole('region', { name: 'Preview' });
const value = (page: Page, nodeName: string) => node(page, nodeName).getByTestId('node-value');
const chart = (page: Page) => preview(page).getByRole('group', { name: /Prices with the trades/ });

test('every edit is run at once: values on the nodes, figures and equity below, without the server', async ({
  newPerson,
}) => {
  const { page, context, ...ada } = await newPerson('Ada');
  await register({ page, context, ...ada });
  await newFormula(page, 'Previewed');
  await expect(preview(page)).toContainText(/5,105 bars in [\d.]+ ms/);
  await expect(value(page, 'close')).toHaveText('2,874.56');
  await expect(preview(page)).toContainText('Trades');
  const before = await preview(page).locator('dl').textContent();
  const average = await value(page, 'fastLine').textContent();

  await test.step('an edit changes what depends on it', async () => {
    await setField(page, 'fast', 'value', '7');
    await expect(value(page, 'fastLine')).not.toHaveText(average ?? '');
    await expect(preview(page).locator('dl')).not.toHaveText(before ?? '');
    await expect(value(page, 'close')).toHaveText('2,874.56');
  });

  await test.step('the nodes show their values at the bar under the crosshair', async () => {
    const box = await chart(page).boundingBox();
    if (!box) throw new Error('the chart is not shown');
    await page.mouse.move(box.x + box.width / 3, box.y + box.height / 3);
    await expect(value(page, 'close')).not.toHaveText('2,874.56');
    await page.mouse.move(box.x + box.width / 3, box.y - 200);
    await expect(value(page, 'close')).toHaveText('2,874.56');
  });

  await test.step('a formula with an error leaves the last result, and says so', async () => {
    await writeCode(page, 'buy(when: close > sma(close, 0))\n');
    await expect(preview(page)).toContainText('One error: this was the last strategy without.');
    await writeCode(page, 'buy(when: close > sma(close, 9))\n');
    await expect(preview(page)).toContainText(/5,105 bars in/);
  });

  await test.step('figures of the last good formula stand beside the inputs that made them', async () => {
    await writeCode(page, 'input fast = 10 in 5..50\nslow = ema(close, 40)\nbuy(when: ema(close, fast) > slow)\n');
    await expect(preview(page)).toContainText('fast 10');
    await writeCode(page, 'input fast = 33 in 5..50\nslow = ema(close, 0)\nbuy(when: ema(close, fast) > slow)\n');
    await expect(preview(page)).toContainText('this was the last strategy without');
    await expect(node(page, 'fast').getByLabel('value', { exact: true })).toHaveValue('33');
    await expect(preview(page)).toContainText('fast 10');
    await writeCode(page, 'buy(when: close > sma(close, 9))\n');
    await expect(preview(page)).toContainText(/5,105 bars in/);
  });

  await test.step('its market stays when another is imported that comes before it by name', async () => {
    const market = preview(page).getByRole('combobox', { name: 'Market of the preview' });
    const shown = (await market.textContent()) ?? '';
    expect(shown).not.toBe('');
    const rows = Array.from({ length: 300 }, (_, index) => {
      const day = new Date(Date.UTC(2021, 0, 4 + index)).toISOString().slice(0, 10);
      return `${day},100,130,70,${100 + (index % 9)},1000`;
    });
    const other = await context.newPage();
    await other.goto('/markets');
    await other.getByRole('button', { name: 'Import CSV' }).first().click();
    const dialog = other.getByRole('dialog');
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'AAA.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['Date,Open,High,Low,Close,Volume', ...rows].join('\n')),
    });
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(dialog).toBeHidden();
    await other.close();
    await market.click();
    await expect(page.getByRole('option', { name: /AAA/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(market).toHaveText(shown);
  });

  await test.step('it goes on while the server can not be reached', async () => {
    await context.setOffline(true);
    await setField(page, 'sma', 'timePeriod', '50');
    const slow = await value(page, 'sma').textContent();
    await setField(page, 'sma', 'timePeriod', '150');
    await expect(value(page, 'sma')).not.toHaveText(slow ?? '');
    await context.setOffline(false);
  });
});

test('the preview has days and costs of its own, found again after a reload, and given back', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await newFormula(page, 'With costs');
  const made = preview(page).getByRole('list', { name: 'Preview made with' });
  await expect(made).toContainText('no costs');
  await expect(made).toContainText('3 Jan 2000 – 17 Apr 2020');
  const free = await preview(page).locator('dl').textContent();

  await page.getByRole('button', { name: 'Settings of the preview' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings of the preview' });
  await settings.getByLabel('From').fill('2015-01-01');
  await settings.getByLabel('Commission').fill('0.2');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect(made).toContainText('commission 0.2');
  await expect(made).toContainText('1 Jan 2015 – 17 Apr 2020');
  await expect(preview(page).locator('dl')).not.toHaveText(free ?? '');

  await page.reload();
  await expect(made).toContainText('commission 0.2');
  await expect(made).toContainText('1 Jan 2015');
  await page.getByRole('button', { name: 'Settings of the preview' }).click();
  await page.getByRole('button', { name: 'As the last run, over all bars' }).click();
  await page.keyboard.press('Escape');
  await expect(made).toContainText('no costs');
  await expect(preview(page).locator('dl')).toHaveText(free ?? '');
});

test('what is merely unfinished is quiet: no warning, no error, and nothing jumps', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  const { page } = ada;
  await register(ada);
  await newFormula(page, 'Unfinished');
  const close = node(page, 'close');
  const at = await close.boundingBox();
  await page.keyboard.press('a');
  await page.keyboard.type('crossover');
  await page.keyboard.press('Enter');
  // A node without its inputs, and a value that nobody reads yet.
  const signs = page.locator('.react-flow__node').getByLabel(/^Problems: /);
  await expect(signs.first()).toBeVisible();
  for (const sign of await signs.all()) await expect(sign).toHaveClass(/text-faint/);
  await page.getByRole('tab', { name: /Problems/ }).click();
  const problems = page.getByRole('tabpanel', { name: /Problems/ });
  await expect(problems.getByLabel('Unfinished').first()).toBeVisible();
  await expect(problems.getByLabel('Error')).toHaveCount(0);
  expect(await close.boundingBox()).toEqual(at);
});
