/**
 * `npm test`: everything that must hold, in the order in which a failure is cheapest to find. Each part can be run
 * alone (`npm run format:check`, `typecheck`, `lint`, `graph`, `unused`, `test:unit`, `test:postgres`, `test:browser`,
 * `sizes`). Ends with the line `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { checkDependencies } from './check-dependencies.ts';
import { findChromium, NoChromiumError } from './chromium.ts';

interface Tally {
  readonly passed: number;
  readonly failed: number;
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const bin = (path: string) => join('node_modules', path);

function run(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', reject).once('close', (code) => resolve(code ?? 1));
  });
}

const one = (code: number): Tally => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/**
 * A run that ended badly without naming a failed test (a file that did not load, a crash) still counts as one failure.
 */
const honest = (tally: Tally, code: number): Tally =>
  code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;

async function report<T>(file: string, shape: z.ZodType<T>): Promise<T | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : shape.parse(JSON.parse(text));
}

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

async function vitest(folder: string): Promise<Tally> {
  const file = join(folder, 'vitest.json');
  const code = await run(bin('vitest/vitest.mjs'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const stats = await report(file, vitestReport);
  return honest({ passed: stats?.numPassedTests ?? 0, failed: stats?.numFailedTests ?? 0 }, code);
}

async function browser(folder: string): Promise<Tally> {
  const file = join(folder, 'playwright.json');
  const CHROMIUM_PATH = findChromium(process.env['CHROMIUM_PATH'], say);
  const code = await run(
    bin('@playwright/test/cli.js'),
    ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
    {
      CHROMIUM_PATH,
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    },
  );
  const stats = (await report(file, playwrightReport))?.stats;
  return honest({ passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) }, code);
}

type Part = readonly [title: string, run: () => Promise<Tally>];

async function tallyOf([title, run]: Part): Promise<Tally> {
  const since = performance.now();
  say(`\n▸ ${title}`);
  const tally = await run().catch((error: unknown) => {
    say(error instanceof NoChromiumError ? error.message : String(error));
    return { passed: 0, failed: 1 };
  });
  say(
    `  ${title}: ${tally.passed} passed, ${tally.failed} failed in ${((performance.now() - since) / 1000).toFixed(0)} s`,
  );
  return tally;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'alphaloom-test-'));
  // Parts of one step run at once: the compiler and the linter take one core each. Everything else fills the machine
  // alone.
  const steps: readonly (readonly Part[])[] = [
    [
      ['types', async () => one(await run(bin('typescript/bin/tsc'), ['--noEmit']))],
      [
        'dependencies',
        async () => ((await checkDependencies(say)) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),
      ],
      ['circles of imports', async () => one(await run('tools/import-graph.ts', []))],
      ['what nobody uses', async () => one(await run(bin('knip/bin/knip.js'), ['--no-progress']))],
      ['format', async () => one(await run(bin('prettier/bin/prettier.cjs'), ['--check', '--log-level', 'warn', '.']))],
      ['lint', async () => one(await run(bin('eslint/bin/eslint.js'), ['.', '--max-warnings', '0']))],
    ],
    [['unit, property and Postgres tests', () => vitest(folder)]],
    [['browser tests', () => browser(folder)]],
    // Of the build that the browser tests had.
    [['first loads of pages', async () => one(await run('tools/page-sizes.ts', []))]],
  ];
  const tallies: Tally[] = [];
  for (const step of steps) tallies.push(...(await Promise.all(step.map(tallyOf))));
  const total = (key: keyof Tally) => tallies.reduce((sum, tally) => sum + tally[key], 0);
  await rm(folder, { recursive: true, force: true });
  say(`\n${total('passed')} passed, ${total('failed')} failed`);
  process.exitCode = total('failed') === 0 ? 0 : 1;
}

await main();
