import { expectStill, expectWiresOfCode } from '../support/canvas.ts';
import { code, node, openSeed, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const FIFTEEN = `input fast = 10 in 5..50
input slow = 40 in 20..200

fastLine = ema(close, fast)
slowLine = ema(close, slow)
bands = bbands(close, 20)
strength = rsi(close, 14)
up = crossover(fastLine, slowLine)
calm = strength < 70

buy(when: up and calm and close < bands.upper, stop: 5%)
sell(when: crossunder(fastLine, slowLine))
`;

const SCREENS = [
  { width: 1440, height: 900, least: 12 },
  { width: 1280, height: 720, least: 8 },
] as const;

for (const { width, height, least } of SCREENS) {
  test(`a strategy of fifteen nodes can be read as it opens on ${width} × ${height}`, async ({ newPerson }) => {
    const ada = await newPerson('Ada', { viewport: { width, height }, motion: 'no-preference' });
    const { page } = ada;
    await register(ada);
    await openSeed(page, { name: 'Fifteen', code: FIFTEEN, layout: 'first' });
    await expect(node(page, 'buy')).toBeInViewport({ ratio: 0.99 });
    await expect(node(page, 'sell')).toBeInViewport({ ratio: 0.99 });
    await expectStill(page);
    const [sizes, zoom] = await page.locator('[data-testid="node-title"]').evaluateAll((titles) => {
      const scale = new DOMMatrixReadOnly(
        getComputedStyle(document.querySelector('.react-flow__viewport') ?? document.body).transform,
      ).a;
      return [titles.map((title) => Number.parseFloat(getComputedStyle(title).fontSize) * scale), scale] as const;
    });
    expect(zoom).toBeGreaterThanOrEqual(0.8);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
    const canvas = await page.locator('.react-flow').boundingBox();
    const boxes = await page
      .locator('.react-flow__node')
      .evaluateAll((nodes) => nodes.map((each) => each.getBoundingClientRect().toJSON() as DOMRect));
    const whole = boxes.filter(
      (box) =>
        canvas &&
        box.left >= canvas.x &&
        box.right <= canvas.x + canvas.width &&
        box.top >= canvas.y &&
        box.bottom <= canvas.y + canvas.height,
    );
    expect(whole.length).toBeGreaterThanOrEqual(least);
  });
}

test('outputs of a block with several have rows of their own, beside no field', async ({ newPerson }) => {
  const ada = await newPerson('Ada', { motion: 'no-preference' });
  const { page } = ada;
  await register(ada);
  await openSeed(page, {
    name: 'Rows',
    code: 'bands = bbands(close, 20)\nlines = macd(close)\nslow = stoch()\nother = feed(symbol: "SPX")\nbuy(when: close > bands.upper and lines.signal > 0 and slow.k > 80 and other.close > 3)\n',
    layout: 'first',
  });
  await page.keyboard.press('Escape');
  for (const name of ['bands', 'lines', 'slow', 'other']) {
    await page.keyboard.press('Shift+F');
    const overlaps = await node(page, name).evaluate((element) => {
      const boxes = (selector: string) =>
        [...element.querySelectorAll(selector)]
          .map((each) => each.getBoundingClientRect())
          .filter(({ width }) => width > 0);
      const texts = [...boxes('li > span'), ...boxes('header > span')];
      const fields = boxes('input, select');
      return texts.flatMap((text) =>
        fields.filter(
          (field) =>
            text.left < field.right - 0.5 &&
            field.left < text.right - 0.5 &&
            text.top < field.bottom - 0.5 &&
            field.top < text.bottom - 0.5,
        ),
      ).length;
    });
    expect(overlaps, name).toBe(0);
  }
  await expectWiresOfCode(page);
});

test('the first block stays where it is dropped', async ({ newPerson }) => {
  const ada = await newPerson('Ada', { motion: 'no-preference' });
  const { page } = ada;
  await register(ada);
  await page.request.post('/api/trpc/formula.create', { data: { json: { name: 'Bare' } } });
  await page.goto('/formulas');
  await page.getByRole('link', { name: 'Bare' }).click();
  await expect(page.getByText('An empty canvas')).toBeVisible();
  await page.getByRole('button', { name: 'Blocks', exact: true }).click();
  const canvas = await page.locator('.react-flow').boundingBox();
  if (!canvas) throw new Error('There is no canvas.');
  const at = { x: 150, y: 120 };
  await page
    .getByRole('complementary', { name: 'Blocks' })
    .getByRole('button', { name: /^Buy/ })
    .dragTo(page.locator('.react-flow__pane'), { targetPosition: at });
  await expect(node(page, 'buy')).toBeVisible();
  await expectStill(page);
  const box = await node(page, 'buy').boundingBox();
  expect([Math.round(box?.x ?? 0), Math.round(box?.y ?? 0)]).toEqual([
    Math.round(canvas.x + at.x),
    Math.round(canvas.y + at.y),
  ]);
});

test('the nearest block and command come first, and Enter takes them', async ({ newPerson }) => {
  const ada = await newPerson('Ada', { motion: 'no-preference' });
  const { page } = ada;
  await register(ada);
  await openSeed(page, { name: 'Found', code: 'buy(when: close > open)\n' });
  const pane = page.locator('.react-flow__pane');

  for (const [query, written] of [
    ['less', '<'],
    ['>', '>'],
    ['and', 'and'],
    ['close', 'close'],
  ] as const) {
    await test.step(`${query} in the picker`, async () => {
      await pane.dblclick({ position: { x: 60, y: 40 } });
      const picker = page.getByRole('dialog', { name: 'Add a block' });
      await picker.getByPlaceholder('Add a block…').pressSequentially(query);
      const option = picker.getByRole('option').first();
      await expect(option.locator('code')).toHaveText(written);
      await expect(option).toHaveAttribute('data-selected', 'true');
      await expect.poll(() => picker.getByRole('listbox').evaluate((list) => list.scrollTop)).toBe(0);
      await page.keyboard.press('Escape');
      await expect(picker).toHaveCount(0);
    });
  }

  await test.step('Enter in the list of blocks adds the first', async () => {
    await page.getByRole('button', { name: 'Blocks', exact: true }).click();
    const search = page.getByRole('textbox', { name: 'Find a block' });
    await search.fill('less');
    await search.press('Enter');
    await expect(node(page, 'lt')).toBeVisible();
  });

  for (const [query, title] of [
    ['theme', 'Switch between light and dark theme'],
    ['sweep', 'Sweep the inputs'],
    ['format', 'Format the code'],
    ['undo', 'Undo'],
  ] as const) {
    await test.step(`${query} among the commands`, async () => {
      await page.keyboard.press('ControlOrMeta+k');
      const palette = page.getByRole('dialog', { name: 'Commands' });
      await palette.getByRole('combobox').pressSequentially(query);
      await expect(palette.getByRole('option').first()).toContainText(title);
      await expect(palette.getByRole('option').first()).toHaveAttribute('data-selected', 'true');
      await page.keyboard.press('Escape');
      await expect(palette).toHaveCount(0);
    });
  }

  await test.step('what cannot be done gives its place to nothing else', async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox')).toBeFocused();
    await page.keyboard.type('undo');
    await page.keyboard.press('Enter');
    await expect(code(page)).not.toContainText('lt1');
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('undo');
    await expect(page.getByRole('option', { name: /Undo/ })).toContainText('not now');
  });
});
