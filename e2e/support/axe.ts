import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const WCAG_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
/** The rules whose answer depends on the theme; all others read the document alone, which is the same in both. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

type Limit = (axe: AxeBuilder) => AxeBuilder;

/**
 * What axe has against the page as it is, in words. Only what is wrong is written down: selectors for all that is right
 * take half of the time.
 */
async function findings(page: Page, limit: Limit): Promise<string[]> {
  // In the page itself, which has no frames of other origins: otherwise each look opens a page of its own.
  const axe = limit(new AxeBuilder({ page }).options({ resultTypes: ['violations'] })).setLegacyMode();
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join('\n')}`);
}

/** Every rule of axe, in the theme that the page has. */
export const violationsOfAnyRule = (page: Page): Promise<string[]> => findings(page, (axe) => axe);

/**
 * WCAG AA in both themes, for pages that follow the system's. The page keeps the second: what is opened after this is
 * loaded in the other theme.
 */
export async function violationsInBothThemes(page: Page): Promise<string[]> {
  const first = await themeOf(page);
  const second = first === 'dark' ? 'light' : 'dark';
  const found = await findings(page, (axe) => axe.withTags(WCAG_AA));
  await page.emulateMedia({ colorScheme: second });
  await page.waitForFunction((theme) => document.documentElement.classList.contains(theme), second);
  // Colours arrive within a frame: whoever tests has asked for less motion.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const ofColours = await findings(page, (axe) => axe.withRules(OF_COLOURS));
  return [...found.map((text) => `${first}: ${text}`), ...ofColours.map((text) => `${second}: ${text}`)];
}

const themeOf = (page: Page): Promise<'light' | 'dark'> =>
  page.evaluate(() => (document.documentElement.classList.contains('dark') ? 'dark' : 'light'));
