import type { Page } from '@playwright/test';
import { expectStill } from '../support/canvas.ts';
import { openTogether } from '../support/code-pane.ts';
import { code, field, node, setField } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

/** Views glide to where the other is. */
const MOVING = { motion: 'no-preference' } as const;

const CODE = `${Array.from({ length: 60 }, (_, index) => `input length${index} = ${index + 2} in 2..500`).join('\n')}

line = sma(close, length0)

buy(when: close > line)
`;

const frame = (page: Page, name: string) => page.getByRole('status').filter({ hasText: `Following ${name}` });
/**
 * Where the canvas is: x and y in pixels, the zoom in hundredths. Views are told rounded, so whole numbers are what two
 * screens share.
 */
const viewport = (page: Page): Promise<number[]> =>
  page.locator('.react-flow__viewport').evaluate((element) => {
    const { m41, m42, a } = new DOMMatrix(getComputedStyle(element).transform);
    return [m41, m42, a * 100];
  });
const areTogether = async (a: Page, b: Page): Promise<boolean> => {
  const [one, other] = [await viewport(a), await viewport(b)];
  return one.every((value, index) => Math.abs(value - (other[index] ?? NaN)) < 1);
};
const firstLine = (page: Page): Promise<number> =>
  code(page).evaluate((content) => Math.round((content.closest('.cm-scroller')?.scrollTop ?? 0) / 20));

/** Moves the canvas as a person does. */
async function pan(page: Page, x: number, y: number): Promise<void> {
  await page.locator('.react-flow__pane').hover({ position: { x: 300, y: 20 } });
  await page.mouse.wheel(x, y);
}

const follow = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: `Follow ${name}` }).click();
  await expect(frame(page, name)).toBeVisible();
};

test('one follows another over canvas and code, until either goes their own way', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada', MOVING), await newPerson('Ben', MOVING)];
  await openTogether(ada, ben, 'After you', CODE.slice(0, 400).replace(/\n[^\n]*$/, '\n'));
  const isTogether = () => expect.poll(() => areTogether(ada.page, ben.page)).toBe(true);

  await test.step('everybody has one colour on every screen, and not the other’s', async () => {
    const colors = async (page: Page) =>
      Object.fromEntries(
        await page
          .getByRole('list', { name: 'People here' })
          .getByRole('img')
          .evaluateAll((all) => all.map((avatar) => [avatar.ariaLabel, (avatar as HTMLElement).style.backgroundColor])),
      );
    await expect.poll(async () => Object.keys(await colors(ada.page)).toSorted()).toEqual(['Ada', 'Ben']);
    const seen = await colors(ada.page);
    expect(seen['Ada']).not.toBe(seen['Ben']);
    expect(await colors(ben.page)).toEqual(seen);
  });

  await test.step('the canvas moves with theirs', async () => {
    await pan(ben.page, 260, 140);
    await follow(ada.page, 'Ben');
    await isTogether();
    const before = await viewport(ben.page);
    await pan(ben.page, -500, 90);
    await expect.poll(() => viewport(ben.page)).not.toEqual(before);
    await isTogether();
    await ben.page.getByRole('button', { name: 'Zoom In' }).click();
    await isTogether();
    await expect(frame(ada.page, 'Ben')).toBeVisible();
  });

  await test.step('Escape ends it', async () => {
    await ada.page.keyboard.press('Escape');
    await expect(frame(ada.page, 'Ben')).toHaveCount(0);
    // Less than a pixel from where Ben is, the view may still glide.
    await expectStill(ada.page);
    const own = await viewport(ada.page);
    await ben.page.getByRole('button', { name: 'Fit View' }).click();
    await node(ben.page, 'length3').hover();
    // What comes after the view that is not followed is here.
    await expect(ada.page.getByTestId('cursor-Ben')).toBeVisible();
    expect(await viewport(ada.page)).toEqual(own);
  });

  await test.step('so does a pan, an edit and a click of one’s own', async () => {
    await follow(ada.page, 'Ben');
    await isTogether();
    await pan(ada.page, 80, 0);
    await expect(frame(ada.page, 'Ben')).toHaveCount(0);
    await follow(ada.page, 'Ben');
    await isTogether();
    await ada.page.getByRole('button', { name: 'Zoom Out' }).click();
    await expect(frame(ada.page, 'Ben')).toHaveCount(0);
    await follow(ada.page, 'Ben');
    await code(ada.page).click();
    await expect(frame(ada.page, 'Ben')).toHaveCount(0);
  });

  await test.step('what the other edits does not end it, what one edits oneself does', async () => {
    await ben.page.getByRole('button', { name: 'Fit View' }).click();
    await setField(ada.page, 'length0', 'value', '4');
    await follow(ada.page, 'Ben');
    await setField(ben.page, 'length1', 'value', '31');
    await expect(code(ada.page)).toContainText('input length1 = 31');
    await expect(frame(ada.page, 'Ben')).toBeVisible();
    await ada.page.getByRole('button', { name: 'Undo' }).click();
    await expect(code(ben.page)).toContainText('input length0 = 2 ');
    await expect(frame(ada.page, 'Ben')).toHaveCount(0);
  });

  await test.step('the field that the other has open is marked', async () => {
    await field(ben.page, 'length2', 'value').focus();
    await expect(ada.page.getByTestId('field-of-Ben')).toBeVisible();
    await field(ben.page, 'length2', 'value').blur();
    await expect(ada.page.getByTestId('field-of-Ben')).toHaveCount(0);
  });

  await test.step('it ends with a word when they leave', async () => {
    await follow(ada.page, 'Ben');
    await ben.page.goto('/formulas');
    await expect(frame(ada.page, 'Ben')).toHaveCount(0);
    await expect(ada.page.getByText('Ben has left')).toBeVisible();
  });
});

test('the code scrolls with theirs', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada', MOVING), await newPerson('Ben', MOVING)];
  await openTogether(ada, ben, 'Line by line', 'line = sma(close, 20)\n\nbuy(when: close > line)\n');
  await code(ben.page).click();
  await ben.page.keyboard.press('ControlOrMeta+a');
  await ben.page.keyboard.insertText(CODE);
  await expect(code(ada.page)).toContainText('length0');
  await ben.page.keyboard.press('ControlOrMeta+Home');
  await follow(ada.page, 'Ben');
  await code(ben.page).hover();
  await ben.page.mouse.wheel(0, 400);
  await expect.poll(() => firstLine(ben.page)).toBeGreaterThan(10);
  await expect.poll(async () => (await firstLine(ada.page)) - (await firstLine(ben.page))).toBe(0);
  await code(ada.page).hover();
  await ada.page.mouse.wheel(0, -100);
  await expect(frame(ada.page, 'Ben')).toHaveCount(0);
});
