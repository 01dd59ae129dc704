import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const HELP = `No Chromium was found for the browser tests. Install one of these, then run the tests again:
  Debian, Ubuntu:  sudo apt-get install chromium
  any system:      npx playwright install chromium
or name one that you have:  CHROMIUM_PATH=/path/to/chromium npm test`;

export class NoChromiumError extends Error {}

/** A Chromium on this machine, or null. */
export function locateChromium(named: string | undefined): string | null {
  if (named) {
    if (!existsSync(named)) throw new NoChromiumError(`CHROMIUM_PATH names ${named}, but there is no such file.`);
    return named;
  }
  return [...PLACES, chromium.executablePath()].find((path) => existsSync(path)) ?? null;
}

/**
 * As `locateChromium`, installing it where that can be done without asking: Debian's package as root, else Playwright's
 * download.
 */
export function findChromium(named: string | undefined, say: (line: string) => void): string {
  const found = locateChromium(named);
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('No Chromium here: installing the Debian package …');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      DEBIAN_FRONTEND: 'noninteractive',
    });
  } else {
    say('No Chromium here: asking Playwright to download one …');
    run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium']);
  }
  const installed = locateChromium(named);
  if (!installed) throw new NoChromiumError(HELP);
  return installed;
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } });
}
