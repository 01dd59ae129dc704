import type { Locator, Page } from '@playwright/test';
import { code, invite, join, openSeed, register } from './journeys.ts';
import { expect, type Person } from './test.ts';

/** Two people of one organisation with the same formula open, which says `text`. */
export async function openTogether(ada: Person, ben: Person, name: string, text: string): Promise<void> {
  await register(ada);
  await join(ben, await invite(ada.page, 'Editor'));
  await ben.page.goto(await openAlone(ada, name, text));
  await expectCode(ben.page, text);
}

/** A new formula that says `text`, open; gives its address. */
export async function openAlone(person: Person, name: string, text: string): Promise<string> {
  const address = await openSeed(person.page, { name, code: text });
  await expectCode(person.page, text);
  return address;
}

export const line = (page: Page, text: string): Locator => code(page).locator('.cm-line').filter({ hasText: text });

/** The whole text, as the editor has it on screen: formulas in these tests are shorter than the pane. */
export async function textOf(page: Page): Promise<string> {
  return code(page)
    .locator('.cm-line')
    .evaluateAll((lines) => lines.map(({ textContent }) => textContent).join('\n'));
}

export const expectCode = (page: Page, text: string): Promise<void> => expect.poll(() => textOf(page)).toBe(text);

type Side = 'before' | 'behind';

/** Scrolls to a text, and tells where on the screen it begins, or ends. */
async function placeOf(page: Page, text: string, side: Side): Promise<{ x: number; y: number }> {
  const place = await code(page).evaluate(
    (content, { wanted, isBehind }) => {
      const scroller = content.closest('.cm-scroller');
      scroller?.scrollTo({ left: 0 });
      for (const element of content.querySelectorAll('.cm-line')) {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const nodes: { node: Node; start: number }[] = [];
        let all = '';
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          nodes.push({ node, start: all.length });
          all += node.textContent ?? '';
        }
        const first = all.indexOf(wanted);
        const at = isBehind ? first + wanted.length - 1 : first;
        const found = first < 0 ? undefined : nodes.findLast(({ start }) => start <= at);
        if (!found) continue;
        const range = document.createRange();
        range.setStart(found.node, at - found.start);
        range.setEnd(found.node, at - found.start + 1);
        const beyond = range.getBoundingClientRect().left - (scroller?.getBoundingClientRect().right ?? 0) + 120;
        if (beyond > 0) scroller?.scrollBy(beyond, 0);
        const { left, top, width, height } = range.getBoundingClientRect();
        return { x: left + width * (isBehind ? 0.8 : 0.2), y: top + height / 2 };
      }
      return null;
    },
    { wanted: text, isBehind: side === 'behind' },
  );
  if (!place) throw new Error(`There is no ${text} in:\n${await textOf(page)}`);
  return place;
}

async function click(page: Page, text: string, side: Side, key?: 'Shift' | 'ControlOrMeta'): Promise<void> {
  await leaveText(page);
  const { x, y } = await placeOf(page, text, side);
  if (key) await page.keyboard.down(key);
  await page.mouse.click(x, y);
  if (key) await page.keyboard.up(key);
  await leaveText(page);
}

/** Help for the word under the pointer would lie over the text. */
async function leaveText(page: Page): Promise<void> {
  await page.mouse.move(4, 4);
  await expect(page.locator('.cm-tooltip-hover')).toHaveCount(0);
}

/** Puts the cursor before a text. */
export const putCursor = (page: Page, text: string): Promise<void> => click(page, text, 'before');

export const putCursorBehind = (page: Page, text: string): Promise<void> => click(page, text, 'behind');

/** Clicks on a name with the key that makes it a link. */
export const followLink = (page: Page, text: string): Promise<void> => click(page, text, 'before', 'ControlOrMeta');

export async function hoverOver(page: Page, text: string): Promise<void> {
  const { x, y } = await placeOf(page, text, 'before');
  await page.mouse.move(x, y - 60);
  await page.mouse.move(x, y, { steps: 4 });
}

/** Selects a text and puts another in its place. */
export async function replace(page: Page, before: string, after: string): Promise<void> {
  await click(page, before, 'before');
  await click(page, before, 'behind', 'Shift');
  await page.keyboard.insertText(after);
}

/** The line that one's own cursor is in. */
export const activeLine = (page: Page): Locator => code(page).locator('.cm-activeLine');

/** A colleague's caret in this person's code. */
export const caretOf = (page: Page, name: string): Locator => code(page).getByTestId(`code-cursor-${name}`);

/** What stands before a colleague's caret in its line; null while it is not there. */
export const textBeforeCaret = (page: Page, name: string): Promise<string | null> =>
  code(page).evaluate((content, wanted) => {
    const caret = content.querySelector(`[data-testid="code-cursor-${wanted}"]`);
    const element = caret?.closest('.cm-line');
    if (!caret || !element) return null;
    const range = document.createRange();
    range.setStart(element, 0);
    range.setEndBefore(caret);
    return range.toString();
  }, name);

export const popup = (page: Page): Locator => page.locator('.cm-tooltip');
