import type { Browser, BrowserContext, BrowserContextOptions, Clock } from '@playwright/test';

/**
 * Browsers of people (contexts of Playwright), used again by later tests: scripts and styles that a browser has loaded
 * once need not be sent and unpacked for each person, which is a quarter of the time of opening the builder.
 */
export interface Browsers {
  /** A browser with nothing of anybody in it. */
  lend(options: BrowserContextOptions): Promise<BrowserContext>;
  /**
   * Closes the pages and forgets the person. A browser that was changed in a way that can't be taken back is closed.
   */
  giveBack(context: BrowserContext): Promise<void>;
  close(): Promise<void>;
}

/** What a context keeps beyond its pages and its storage, by the method that puts it there. */
const LASTING = [
  'addInitScript',
  'exposeBinding',
  'exposeFunction',
  'grantPermissions',
  'on',
  'route',
  'routeFromHAR',
  'routeWebSocket',
  'setDefaultNavigationTimeout',
  'setDefaultTimeout',
  'setExtraHTTPHeaders',
  'setGeolocation',
  'setOffline',
] as const satisfies readonly (keyof BrowserContext)[];

const LASTING_OF_CLOCK = [
  'install',
  'pauseAt',
  'setFixedTime',
  'setSystemTime',
] as const satisfies readonly (keyof Clock)[];

function markCalls<T extends object>(owner: T, names: readonly (keyof T)[], mark: () => void): void {
  for (const name of names) {
    const method = owner[name];
    if (typeof method !== 'function') continue;
    Object.defineProperty(owner, name, {
      value: (...args: unknown[]): unknown => {
        mark();
        return Reflect.apply(method, owner, args);
      },
    });
  }
}

/**
 * Unloads the app, so that it writes nothing any more, and empties what the browser keeps for all origins but the cache
 * of what it loaded.
 */
async function forgetPerson(context: BrowserContext): Promise<void> {
  const [page = await context.newPage(), ...others] = context.pages();
  await Promise.all(others.map((other) => other.close()));
  await page.goto('about:blank');
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin: '*', storageTypes: 'all' });
  await context.clearCookies();
  await page.close();
}

export function keepBrowsers(browser: Browser): Browsers {
  const free = new Map<string, BrowserContext[]>();
  const kindOf = new Map<BrowserContext, string>();
  const changed = new Set<BrowserContext>();

  async function open(kind: string, options: BrowserContextOptions): Promise<BrowserContext> {
    const context = await browser.newContext(options);
    kindOf.set(context, kind);
    const mark = (): void => void changed.add(context);
    markCalls(context, LASTING, mark);
    markCalls(context.clock, LASTING_OF_CLOCK, mark);
    return context;
  }

  return {
    lend: async (options) => {
      const kind = JSON.stringify(options);
      return free.get(kind)?.pop() ?? open(kind, options);
    },
    giveBack: async (context) => {
      const kind = kindOf.get(context);
      if (kind === undefined || changed.has(context)) return context.close();
      await forgetPerson(context);
      free.set(kind, [...(free.get(kind) ?? []), context]);
    },
    close: async () => {
      for (const context of [...free.values()].flat()) await context.close();
      free.clear();
    },
  };
}
