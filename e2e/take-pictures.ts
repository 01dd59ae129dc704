/** `npm run pictures`: takes the pictures of the README from the running demo, in a browser of each of two people. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, expect, type Browser, type Page } from '@playwright/test';
import { findChromium } from '#tools/chromium.ts';
import { startServer } from './support/server.ts';

const FOLDER = 'public/pictures';
const say = (line: string) => process.stdout.write(`${line}\n`);

async function signIn(browser: Browser, url: string, name: string): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
  });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('link', { name: 'Golden cross' }).first().click();
  await expect(page.getByRole('status', { name: 'Save state' })).toHaveText('Saved');
  return page;
}

const picture = async (page: Page, name: string): Promise<void> => {
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  say(path);
};

await mkdir(FOLDER, { recursive: true });
const server = await startServer();
const browser = await chromium.launch({
  executablePath: findChromium(process.env['CHROMIUM_PATH'], say),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const ada = await signIn(browser, server.url, 'Ada');
  const ben = await signIn(browser, server.url, 'Ben');
  await ada.getByRole('button', { name: 'Run backtest' }).click();
  await ada.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
  await expect(ada.getByRole('region', { name: 'Last backtest' })).toContainText('Done');

  await ben.getByTestId('node-slowLine').click();
  await ben.getByTestId('node-Buy').or(ben.getByTestId('node-buy')).hover();
  await ada.getByTestId('node-fastLine').click();
  await expect(ada.getByTestId('cursor-Ben')).toBeVisible();
  await picture(ada, 'builder');

  await ada.getByRole('link', { name: 'Open the result' }).click();
  await expect(ada.getByRole('table', { name: 'Trades' })).toBeVisible();
  await ada.getByRole('table', { name: 'Trades' }).getByRole('row').nth(3).click();
  await ada.mouse.move(720, 10);
  await ada.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await ada.evaluate(() => document.querySelector('main')?.scrollTo(0, 0));
  await picture(ada, 'backtest');
} finally {
  await browser.close();
  await server.remove();
}
