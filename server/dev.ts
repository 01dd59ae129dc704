/**
 * `npm run dev`: Next reloads pages by itself; this restarts the server when its own code changes, beside one lasting
 * Postgres.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import { environment } from './config/environment.ts';
import { loadConfig } from './config/config.ts';
import { startEmbeddedPostgres } from './db/embedded/embedded-postgres.ts';
import { isShared } from './db/urls.ts';
import { printLine } from './observability/announce.ts';
import { createLog } from './observability/log.ts';

const WATCHED = ['server', 'core', 'collab'];
/** Editors write a file in several steps. */
const SETTLE_MS = 150;

const config = loadConfig({ ...environment, NODE_ENV: 'development' });
const log = createLog(config.logLevel);
const postgres = config.database ? null : await startEmbeddedPostgres({ dataDir: config.dataDir, log });
const urls = config.database ?? postgres?.urls;
const databaseVariables = urls && {
  DATABASE_URL: urls.app,
  ...(isShared(urls) ? {} : { SYSTEM_DATABASE_URL: urls.system, MIGRATION_DATABASE_URL: urls.migration }),
};

let child: ChildProcess | undefined;
let stopping = false;
let settle: NodeJS.Timeout | undefined;

function run(): void {
  const started = spawn(process.execPath, ['server/main.ts'], {
    // With a channel: the server ends when this process has ended, however that came.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...environment, NODE_ENV: 'development', ...databaseVariables, DEMO: String(config.demo) },
  });
  child = started;
  started.once('exit', () => {
    if (child === started) child = undefined;
  });
}

async function end(): Promise<void> {
  const ending = child;
  if (!ending) return;
  const ended = new Promise((resolve) => ending.once('exit', resolve));
  ending.kill('SIGTERM');
  await ended;
}

/** Restarts follow one another: of two that wait for the same end, each would start a server. */
let restarts: Promise<void> = Promise.resolve();

function restart(file: string): void {
  printLine(`\n${file} changed`);
  restarts = restarts.then(end).then(() => {
    if (!stopping) run();
  });
}

for (const folder of WATCHED) {
  watch(folder, { recursive: true }, (_event, file) => {
    if (file === null || !file.endsWith('.ts') || file.endsWith('.test.ts')) return;
    clearTimeout(settle);
    settle = setTimeout(() => restart(file), SETTLE_MS);
  });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void end()
      .then(() => postgres?.stop())
      .finally(() => process.exit(0));
  });
}

run();
