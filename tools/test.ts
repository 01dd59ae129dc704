/**
 * `npm test`: everything that must hold. Each part can be run alone (`npm run format:check`, `typecheck`, `lint`,
 * `graph`, `unused`, `build`, `test:unit`, `test:postgres`, `test:browser`, `sizes`). Ends with the line `N passed, N
 * failed`.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { checkDependencies } from './check-dependencies.ts';
import { findChromium, NoChromiumError } from './chromium.ts';

interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Programs and threads that Node starts again and again read its compiled sources here: a third of a server's start.
 */
const COMPILED = join(tmpdir(), 'alphaloom-test-compiled');

const say = (line: string) => process.stdout.write(`${line}\n`);
const bin = (path: string) => join('node_modules', path);

/**
 * Runs a script of Node. One `behind` the tests gets what the tests leave of the machine, and says what it has to say
 * at its end, in one piece.
 */
function run(
  script: string,
  args: readonly string[],
  { env = {}, isBehind = false }: { readonly env?: Readonly<Record<string, string>>; readonly isBehind?: boolean } = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      stdio: ['ignore', isBehind ? 'pipe' : 'inherit', isBehind ? 'pipe' : 'inherit'],
      env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, ...env },
    });
    const said: Buffer[] = [];
    for (const output of [child.stdout, child.stderr]) output?.on('data', (chunk: Buffer) => said.push(chunk));
    if (isBehind && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    child.once('error', reject).once('close', (code) => {
      if (said.length > 0) say(`\n${Buffer.concat(said).toString().trimEnd()}`);
      resolve(code ?? 1);
    });
  });
}

const one = (code: number): Tally => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** A check that reads the sources alone. */
const check = async (script: string, ...args: readonly string[]): Promise<Tally> =>
  one(await run(script, args, { isBehind: true }));

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
    { env: { CHROMIUM_PATH, PLAYWRIGHT_JSON_OUTPUT_NAME: file } },
  );
  const stats = (await report(file, playwrightReport))?.stats;
  return honest({ passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) }, code);
}

const tallies: Tally[] = [];

/** Runs a part, says what became of it, and counts it. */
async function part(title: string, run: () => Promise<Tally>): Promise<void> {
  const since = performance.now();
  say(`\n▸ ${title}`);
  const tally = await run().catch((error: unknown) => {
    say(error instanceof NoChromiumError ? error.message : String(error));
    return { passed: 0, failed: 1 };
  });
  tallies.push(tally);
  const seconds = ((performance.now() - since) / 1000).toFixed(0);
  say(`  ${title}: ${tally.passed} passed, ${tally.failed} failed in ${seconds} s`);
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'alphaloom-test-'));
  // Tests wait for a database, a clock or another process for a part of their time. What only reads the sources runs
  // behind them in that time, two at once, each in the memory that the one before has left. The pages are built first:
  // the browser tests need them.
  const built = part('pages', () => check('tools/build.ts'));
  const behind = [
    // The build writes types of its pages, which the compiler reads.
    built
      .then(() => part('types', () => check(bin('typescript/bin/tsc'), '--noEmit')))
      .then(() => part('what nobody uses', () => check(bin('knip/bin/knip.js'), '--no-progress'))),
    part('dependencies', async () => one((await checkDependencies(say)) ? 0 : 1))
      .then(() => part('circles of imports', () => check('tools/import-graph.ts')))
      .then(() => part('format', () => check(bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.')))
      .then(() => part('lint', () => check(bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'))),
  ];
  await part('unit, property and Postgres tests', () => vitest(folder));
  await built;
  await part('browser tests', () => browser(folder));
  await part('first loads of pages', async () => one(await run('tools/page-sizes.ts', [])));
  await Promise.all(behind);
  const total = (key: keyof Tally) => tallies.reduce((sum, tally) => sum + tally[key], 0);
  await rm(folder, { recursive: true, force: true });
  say(`\n${total('passed')} passed, ${total('failed')} failed`);
  process.exitCode = total('failed') === 0 ? 0 : 1;
}

await main();
