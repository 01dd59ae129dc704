import type { BrowserContext, Page } from '@playwright/test';
import { register } from '../support/journeys.ts';
import { baseUrl, expect, test } from '../support/test.ts';

const OPTIONS = { baseURL: process.env['BASE_URL'] ?? '', viewport: { width: 800, height: 600 } };
/** The same server under two names: two origins. */
const pages = (): string[] => [`${baseUrl()}/sign-in`, `${baseUrl().replace('localhost', '127.0.0.1')}/healthz`];

/** Everything that the browser keeps for this page. */
const keptBy = (page: Page) =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    cookies: document.cookie,
  }));

async function fill(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  for (const address of pages()) {
    await page.goto(address);
    await page.evaluate(async () => {
      localStorage.setItem('left', 'behind');
      sessionStorage.setItem('left', 'behind');
      document.cookie = 'left=behind';
      await caches.open('left behind');
      await new Promise((resolve) => (indexedDB.open('left behind').onsuccess = resolve));
    });
  }
  expect((await keptBy(page)).databases).toEqual(['left behind']);
}

test('a browser that is used again has nothing of the person before', async ({ browsers }) => {
  const context = await browsers.lend(OPTIONS);
  await fill(context);
  const [page] = context.pages();
  if (!page) throw new Error('There is no page.');
  await register({ name: 'Ada', email: `${crypto.randomUUID()}@example.com`, password: 'a quiet loom', page, context });
  expect(await context.cookies()).not.toEqual([]);
  await browsers.giveBack(context);

  const again = await browsers.lend(OPTIONS);
  expect(again).toBe(context);
  expect(again.pages()).toEqual([]);
  expect(await again.cookies()).toEqual([]);
  const next = await again.newPage();
  for (const address of pages()) {
    await next.goto(address);
    expect(await keptBy(next)).toEqual({ local: [], session: [], databases: [], caches: [], cookies: '' });
  }
  await browsers.giveBack(again);
});

test('a browser of other looks, or one that was changed for good, is not used again', async ({ browsers }) => {
  const context = await browsers.lend(OPTIONS);
  await browsers.giveBack(context);
  const dark = await browsers.lend({ ...OPTIONS, colorScheme: 'dark' });
  expect(dark).not.toBe(context);
  await browsers.giveBack(dark);

  const changed = await browsers.lend(OPTIONS);
  expect(changed).toBe(context);
  await changed.addInitScript(() => undefined);
  await browsers.giveBack(changed);
  const other = await browsers.lend(OPTIONS);
  expect(other).not.toBe(changed);
  await browsers.giveBack(other);
});
