import { defineConfig } from '@playwright/test';
import { locateChromium } from '#tools/chromium.ts';

const executablePath = locateChromium(process.env['CHROMIUM_PATH']);

export default defineConfig({
  testDir: '.',
  // The longest tests come first, so that no worker waits for another at the end.
  projects: ['pages', 'flows', 'access'].map((name) => ({ name, testMatch: `${name}/**/*.spec.ts` })),
  outputDir: '../test-results',
  globalSetup: './support/global-setup.ts',
  // One test waits for a third of its time: for a clock, for the disk, for the other person's page. Meanwhile the other
  // worker computes.
  workers: 2,
  // A failed test runs once more, to be traced: tracing every test takes nearly half of the time. A test that passes
  // only then counts as failed.
  retries: 1,
  failOnFlakyTests: true,
  forbidOnly: true,
  timeout: 120_000,
  // A hang ends as a failure with a name, not as a run without an end. Thirteen minutes are usual; a slow machine took
  // four times as long.
  globalTimeout: 60 * 60_000,
  // Only what hangs takes so long, also on a machine that does something else beside.
  expect: { timeout: 30_000 },
  use: {
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Several windows at once: none of them may be slowed down for being behind another.
        '--disable-renderer-backgrounding',
        '--disable-backgrounding-occluded-windows',
        '--disable-background-timer-throttling',
      ],
    },
  },
});
