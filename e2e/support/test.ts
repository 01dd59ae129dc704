import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { keepBrowsers, type Browsers } from './browsers.ts';

/** Somebody with a browser of their own. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly page: Page;
  readonly context: BrowserContext;
}

const PASSWORD = 'a quiet loom at dawn';

/** As if the person's machine were so many times slower: what depends on who comes first then shows. */
const SLOWDOWN = Number(process.env['BROWSER_SLOWDOWN'] ?? 1);

let count = 0;
/** Unique within and across runs, since journeys share one server. */
export const unique = (name: string) => `${name}-${process.pid}-${(count += 1)}`;

export function baseUrl(): string {
  const url = process.env['BASE_URL'];
  if (!url) throw new Error('The global setup has started no server.');
  return url;
}

interface Fixtures {
  /** Opens a browser for a new person, who has no account yet. */
  newPerson: (
    name: string,
    options?: {
      url?: string;
      viewport?: { width: number; height: number };
      colorScheme?: 'light' | 'dark';
      /** Whether what moves shall be seen moving; else a test need not wait for it. */
      motion?: 'reduce' | 'no-preference';
    },
  ) => Promise<Person>;
}

export const test = base.extend<Fixtures, { browsers: Browsers }>({
  browsers: [
    async ({ browser }, use) => {
      const browsers = keepBrowsers(browser);
      await use(browsers);
      await browsers.close();
    },
    { scope: 'worker' },
  ],
  newPerson: async ({ browsers }, use, testInfo) => {
    const contexts: BrowserContext[] = [];
    await use(async (name, options = {}) => {
      const context = await browsers.lend({
        baseURL: options.url ?? baseUrl(),
        viewport: options.viewport ?? { width: 1440, height: 900 },
        colorScheme: options.colorScheme ?? 'light',
        reducedMotion: options.motion ?? 'reduce',
      });
      contexts.push(context);
      const email = `${unique(name.toLowerCase())}@example.com`;
      const page = await context.newPage();
      if (SLOWDOWN > 1)
        await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
      return { name, email, password: PASSWORD, context, page };
    });
    // Pictures and traces of a failure are taken when a browser closes.
    const hasFailed = testInfo.status !== testInfo.expectedStatus || testInfo.retry > 0;
    for (const context of contexts) await (hasFailed ? context.close() : browsers.giveBack(context));
  },
});

export { expect };
