import type { Page } from '@playwright/test';
import { violationsInBothThemes } from '../support/axe.ts';
import { node, openSeed, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const preview = (page: Page) => page.getByRole('region', { name: 'Preview' });
const chart = (page: Page) => preview(page).getByRole('group', { name: /Prices with the trades/ });
const why = (page: Page) => page.getByRole('region', { name: 'Why' });

const CODE = `fastLine = ema(close, 10)
slowLine = ema(close, 40)
strength = rsi(close, 14)
buy(when: crossover(fastLine, slowLine) and strength > 50)
sell(when: crossunder(fastLine, slowLine))
`;

test('why: a bar, its decisions and the path to them, by pointer and by keyboard', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await openSeed(page, { name: 'Explained', code: CODE });
  await expect(preview(page)).toContainText(/bars in [\d.]+ ms/);

  await test.step('the key explains the bar, and leads from signal to signal', async () => {
    await page.keyboard.press('e');
    await expect(why(page)).toBeVisible();
    await expect(why(page)).toContainText('buy did not happen: ');
    await why(page).getByRole('button', { name: 'Signal before' }).click();
    await expect(why(page)).toContainText(/(buy|sell) was ordered, and filled at [\d,.]+ on the next bar/);
    await expect(why(page).getByRole('status')).toContainText('Its condition was true');
  });

  await test.step('what led to it is lit on the canvas, what did not stands back', async () => {
    await expect(node(page, 'fastLine')).toHaveAttribute('data-light', 'value');
    await expect(node(page, 'close')).toHaveAttribute('data-light', 'off');
    await expect(page.getByTestId('wires-on-path')).toBeAttached();
    await expect(page.getByTestId('wires-true')).toBeAttached();
    const reasons = why(page).getByRole('list', { name: 'Reasons' });
    await expect(reasons).toContainText(/crossed (above|below) slowLine at this bar/);
    await reasons.getByRole('button', { name: /^· fastLine/ }).click();
    await expect(page.locator('.react-flow__node.selected')).toHaveCount(1);
  });

  await test.step('another decision of the bar is chosen', async () => {
    const rows = why(page).getByRole('button', { expanded: false });
    const words = (await rows.first().textContent()) ?? '';
    await rows.first().click();
    await expect(why(page).getByRole('button', { name: words, expanded: true })).toBeVisible();
  });

  await test.step('a click on the chart explains the bar under it', async () => {
    const before = await why(page).getByRole('heading').textContent();
    const box = await chart(page).boundingBox();
    if (!box) throw new Error('the chart is not shown');
    await page.mouse.click(box.x + box.width / 4, box.y + box.height / 3);
    await expect(why(page).getByRole('heading')).not.toHaveText(before ?? '');
    expect(await violationsInBothThemes(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  await test.step('without an explanation nothing is lit', async () => {
    await why(page).getByRole('button', { name: 'Close the explanation' }).click();
    await expect(why(page)).toBeHidden();
    await expect(node(page, 'fastLine')).not.toHaveAttribute('data-light');
    await expect(page.getByTestId('wires-on-path')).toHaveCount(0);
  });
});

test('small pictures of series, and lines that are drawn on the chart, are found again', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await openSeed(page, { name: 'Pictured', code: CODE });
  await expect(preview(page)).toContainText(/bars in [\d.]+ ms/);
  await node(page, 'strength').getByTestId('node-title').click();
  await page.keyboard.press('k');
  await expect(page.getByTestId('node-spark')).toHaveCount(1);
  await page.keyboard.press('d');
  await page.keyboard.press('Escape');
  const legend = chart(page).getByRole('group', { name: 'Legend' });
  await expect(legend).toContainText(/strength [\d.]+/);
  await page.reload();
  await expect(page.getByTestId('node-spark')).toHaveCount(1);
  await expect(legend).toContainText(/strength [\d.]+/);
  await page.keyboard.press('Shift+K');
  await expect(async () => {
    expect(await page.getByTestId('node-spark').count()).toBeGreaterThan(5);
  }).toPass();
  await page.keyboard.press('Shift+K');
  await expect(page.getByTestId('node-spark')).toHaveCount(0);
});

test('a chart: legend under the cursor, ranges, logarithm, measure, keys', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await openSeed(page, { name: 'Charted', code: CODE });
  const legend = chart(page).getByRole('group', { name: 'Legend' });
  await expect(legend).toContainText(/O [\d.,]+ H [\d.,]+ L [\d.,]+ C 2874\.56/);
  const box = await chart(page).boundingBox();
  if (!box) throw new Error('the chart is not shown');
  await page.mouse.move(box.x + box.width / 3, box.y + box.height / 3);
  await expect(legend).not.toContainText('C 2874.56');
  await preview(page).getByRole('button', { name: 'The last 1Y' }).click();
  const log = preview(page).getByRole('button', { name: 'Logarithmic prices' });
  await log.click();
  await expect(log).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + box.width / 4, box.y + box.height / 3);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 4, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(page.getByTestId('measured')).toContainText(/\+\d+ bars · \d+ d · [+−][\d.]+ \([+−][\d.]+%\)/);
  await chart(page).focus();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('measured')).toHaveCount(0);
  await page.keyboard.press('ArrowLeft');
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('Shift+ArrowLeft');
  await expect(page.getByTestId('measured')).toContainText(/−5 bars · \d+ d · [+−][\d.]+ \([+−][\d.]+%\)/);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('measured')).toHaveCount(0);
  await page.keyboard.press('ArrowLeft');
  await expect(legend).not.toContainText('C 2874.56');
  await page.keyboard.press('Enter');
  await expect(why(page)).toBeVisible();
});
