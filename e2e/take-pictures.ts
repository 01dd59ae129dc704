/**
 * `npm run pictures`: takes the pictures of the README from the running demo, in a browser of each of two people; and
 * one of every screen, in both themes at three widths, into `.cache/pictures`, to be looked at. `SCREENS=bots,try`
 * takes some of the screens alone, `BASE_URL=` those of a server that runs.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, expect, type Browser, type Page } from '@playwright/test';
import { findChromium } from '#tools/chromium.ts';
import { SCREENS } from './support/screens.ts';
import { startServer } from './support/server.ts';

const FOLDER = 'public/pictures';
const ALL = '.cache/pictures';
const WIDTHS = [390, 1280, 1440];
const THEMES = ['light', 'dark'] as const;
const say = (line: string) => process.stdout.write(`${line}\n`);

async function signIn(browser: Browser, url: string, name: string): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await expect(page).toHaveURL(/\/formulas$/);
  return page;
}

const picture = async (page: Page, path: string): Promise<void> => {
  await page.screenshot({ path, animations: 'disabled' });
  say(path);
};

/** Both people in one strategy, and its result. */
async function ofReadme(browser: Browser, url: string): Promise<void> {
  const [ada, ben] = [await signIn(browser, url, 'Ada'), await signIn(browser, url, 'Ben')];
  for (const page of [ada, ben]) {
    await page.getByRole('link', { name: 'Golden cross' }).first().click();
    await expect(page.getByRole('status', { name: 'Save state' })).toHaveText('Saved');
  }
  await ada.getByRole('button', { name: 'Run backtest' }).click();
  await ada.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
  await expect(ada.getByRole('region', { name: 'Last backtest' })).toContainText('Done');

  await ben.getByTestId('node-slowLine').click();
  await ben.getByTestId('node-Buy').or(ben.getByTestId('node-buy')).hover();
  await ada.getByTestId('node-fastLine').click();
  await expect(ada.getByTestId('cursor-Ben')).toBeVisible();
  await picture(ada, join(FOLDER, 'builder.png'));

  await ada.getByRole('link', { name: 'Open the result' }).click();
  await expect(ada.getByRole('table', { name: 'Trades' })).toBeVisible();
  await ada.getByRole('table', { name: 'Trades' }).getByRole('row').nth(3).click();
  await ada.mouse.move(720, 10);
  await ada.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await ada.evaluate(() => document.querySelector('main')?.scrollTo(0, 0));
  await picture(ada, join(FOLDER, 'backtest.png'));
  await Promise.all([ada, ben].map((page) => page.context().close()));
}

/** One width after the other, as a window is drawn smaller; the theme changes with the system's. */
async function ofScreens(browser: Browser, url: string, wanted: readonly string[]): Promise<void> {
  const stranger = await (await browser.newContext({ baseURL: url, reducedMotion: 'reduce' })).newPage();
  const ada = await signIn(browser, url, 'Ada');
  for (const { name, isPublic = false, open } of SCREENS) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const page = isPublic ? stranger : ada;
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width < 500 ? 844 : 800 });
      try {
        await open(page);
      } catch (error) {
        say(`  ${name} did not open at ${width}: ${error instanceof Error ? error.message.slice(0, 200) : ''}`);
        continue;
      }
      for (const theme of THEMES) {
        await page.emulateMedia({ colorScheme: theme });
        await page.waitForFunction(
          (dark) => document.documentElement.classList.contains('dark') === dark,
          theme === 'dark',
        );
        await page.waitForTimeout(300);
        await picture(page, join(ALL, `${name}-${width}-${theme}.png`));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        if (wide > width) say(`  ${name} is ${wide} wide at ${width}`);
      }
    }
  }
}

await mkdir(FOLDER, { recursive: true });
await mkdir(ALL, { recursive: true });
const running = process.env['BASE_URL'];
const wanted = (process.env['SCREENS'] ?? '').split(',').filter(Boolean);
const server = running === undefined ? await startServer() : null;
const url = running ?? server?.url ?? '';
const browser = await chromium.launch({
  executablePath: findChromium(process.env['CHROMIUM_PATH'], say),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  if (wanted.length === 0) await ofReadme(browser, url);
  await ofScreens(browser, url, wanted);
} finally {
  await browser.close();
  await server?.remove();
}
