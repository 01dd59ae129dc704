import { createServer, request as httpRequest } from 'node:http';
import type { Page } from '@playwright/test';
import { TEMPLATES } from '../../src/features/formulas/templates.ts';
import {
  code,
  expectArranged,
  expectSaved,
  lastBacktest,
  newFormula,
  openSeed,
  register,
  runBacktest,
} from '../support/journeys.ts';
import { baseUrl, expect, test } from '../support/test.ts';

const PAGES = [
  '/formulas',
  '/backtests',
  '/backtests/compare',
  '/sweeps',
  '/markets',
  '/bots',
  '/signals',
  '/team',
  '/settings',
  '/settings/documents',
  '/reference',
  '/reference/rsi',
];

/** What the browser refused because of the policy of a page or of one of its workers. */
function violations(page: Page): string[] {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (/content security policy|trusted type/i.test(message.text()))
      heard.push(`${new URL(page.url()).pathname}: ${message.text()}`);
  });
  page.on('pageerror', (error) => heard.push(`${new URL(page.url()).pathname}: ${error.message}`));
  return heard;
}

test('every page runs under its policy, opened by its address', async ({ newPerson }) => {
  const { page } = await newPerson('ada');
  const heard = violations(page);
  for (const path of ['/', '/register', '/join/none', '/nowhere', '/sign-in']) {
    await page.goto(path);
    await expect(page.locator('h1').first()).toBeVisible();
  }
  await page.getByRole('button', { name: /^Ada/ }).click();
  await expect(page).toHaveURL(/\/formulas$/);
  for (const path of PAGES) {
    await page.goto(path);
    await expect(page.locator('main h1, main h2').first()).toBeVisible();
  }
  await page.goto('/formulas');
  await page.getByRole('link', { name: 'Golden cross' }).first().click();
  await expect(page.getByRole('region', { name: /Preview/i }).first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole('region', { name: /Preview/i }).first()).toBeVisible();
  expect(heard).toEqual([]);
});

test('the tidy worker, a backtest and a sweep run under it too, opened by a link and by their address', async ({
  newPerson,
}) => {
  const { page, ...ada } = await newPerson('Ada');
  const heard = violations(page);
  await register({ page, ...ada });
  // The first layout is the tidy worker's.
  await openSeed(page, { name: 'Under the policy', code: TEMPLATES[0].code, layout: 'first' });
  const worker = page.waitForEvent('worker');
  await page.getByTestId('node-fastLine').locator('header').click();
  await page.keyboard.press('Shift+L');
  await (await worker).waitForEvent('close');
  await expectArranged(page);
  await expectSaved(page);

  await runBacktest(page);
  const builder = page.url();
  await lastBacktest(page).getByRole('link', { name: 'Open the result' }).click();
  const trades = page.getByRole('table', { name: 'Trades' });
  await expect(trades).toBeVisible();
  await page.reload();
  await expect(trades).toBeVisible();

  await page.goto(builder);
  await page.getByRole('button', { name: 'Sweep', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Sweep the inputs' });
  await dialog.getByLabel('slow step').fill('90');
  await dialog.getByLabel('slow step').press('Tab');
  await dialog.getByRole('button', { name: 'Sweep', exact: true }).click();
  await expect(page).toHaveURL(/\/sweeps\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('table', { name: 'Settings' })).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await expect(page.getByRole('img', { name: /Sharpe by fast and slow/ })).toBeVisible();
  expect(heard).toEqual([]);
});

test('an inline script that somebody slipped in does not run', async ({ newPerson }) => {
  const { page } = await newPerson('ada');
  await page.goto('/sign-in');
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.documentElement.dataset.ran = "yes"';
    document.head.append(script);
    return document.documentElement.dataset['ran'] ?? 'no';
  });
  expect(ran).toBe('no');
});

test('another site can’t frame us', async ({ newPerson }) => {
  const { page } = await newPerson('ada');
  const evil = createServer(
    (_request, response) =>
      void response.setHeader('content-type', 'text/html').end(`<iframe src="${baseUrl()}/sign-in"></iframe>`),
  ).listen(0, '127.0.0.1');
  await new Promise((resolve) => evil.once('listening', resolve));
  const address = evil.address();
  const refused = page.waitForEvent('console', (message) => /frame-ancestors|X-Frame-Options/.test(message.text()));
  await page.goto(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`);
  await refused;
  expect(await page.frameLocator('iframe').getByLabel('Password').count()).toBe(0);
  evil.close();
});

/** An answer as it is, for a request that names another host. */
const ask = (path: string, host?: string, method = 'GET') =>
  new Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const { port, host: own } = new URL(baseUrl());
    httpRequest({ host: '127.0.0.1', port, path, method, headers: { host: host ?? own } }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    })
      .on('error', reject)
      .end();
  });

test('every kind of answer carries the headers', async () => {
  for (const path of [
    '/',
    '/sign-in',
    '/formulas/7',
    '/nowhere',
    '//evil.example',
    '/formulas/',
    '/api/trpc/session.me',
    '/api/nothing',
    '/api/markets/import',
    '/_next/static/nothing.js',
    '/_next/image?url=x',
    '/healthz',
    '/metrics',
    '/%zz',
    '/schemas/formula-1.json',
  ]) {
    const { status, headers } = await ask(path);
    const what = `${path} ${status}`;
    expect(headers['content-security-policy'], what).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options'], what).toBe('nosniff');
    expect(headers['referrer-policy'], what).toBeTruthy();
    expect(headers['permissions-policy'], what).toBeTruthy();
    // No redirect leaves.
    const { location } = headers;
    if (typeof location === 'string') expect(new URL(location, baseUrl()).origin, what).toBe(new URL(baseUrl()).origin);
  }
});

test('a name that another site points to us is refused, for pages, the API and sockets', async () => {
  for (const path of ['/', '/api/trpc/session.demo', '/trpc', '/collab/7'])
    expect((await ask(path, 'evil.example')).status, path).toBe(421);
});

test('a link that proposes inputs changes nothing before a click, nor after a dismissal', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await newFormula(page, 'Proposed');
  await expectSaved(page);
  const before = await code(page).textContent();
  const name = /input (\w+) = /.exec(before ?? '')?.[1] ?? 'n';
  const address = page.url();
  await page.goto(`${address}?inputs=${encodeURIComponent(JSON.stringify({ [name]: 41 }))}`);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await dialog
    .getByRole('button', { name: /^(Dismiss|Close)$/ })
    .last()
    .click();
  await expect(page).toHaveURL(address);
  await expect(code(page)).not.toContainText('41');
  expect(await code(page).textContent()).toBe(before);
});
