import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { freePort } from '#server/network/free-port.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { commandOf, startOf } from './process-identity.ts';

export interface Postmaster {
  readonly port: number;
  /** Settles when the process has ended, whoever ended it. */
  readonly exited: Promise<void>;
  /** Fast shutdown: sessions are ended, everything is written, and the process has exited when this settles. */
  stop(): Promise<void>;
}

interface Launch {
  readonly binaries: Binaries;
  readonly account: Account;
  readonly cluster: string;
  readonly logFile: string;
  readonly settings: Readonly<Record<string, string>>;
  /** The port of an earlier start, which clients will try again. */
  readonly port?: number;
  urlAt(port: number): string;
  /** Aborted when the start is to be given up. */
  readonly signal?: AbortSignal;
}

const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 30_000;
const LARGEST_LOG = 5_000_000;

/** Starts Postgres and waits until it answers, crash recovery included. */
export async function launch(options: Launch): Promise<Postmaster> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const port = options.port ?? (await freePort());
    const attempt = await tryLaunch(options, port, deadline);
    if (attempt.postmaster) return attempt.postmaster;
    // Processes of a killed postmaster hold its memory until they notice; a port may be taken between choosing and
    // binding.
    const passes = /pre-existing shared memory block|could not bind|could not create any TCP\/IP sockets/.test(
      attempt.output,
    );
    options.signal?.throwIfAborted();
    if (!passes || Date.now() > deadline) throw new Error(`Postgres did not start:\n${attempt.output.trim()}`);
    await delay(200);
  }
}

async function tryLaunch(
  options: Launch,
  port: number,
  deadline: number,
): Promise<{ postmaster?: Postmaster; output: string }> {
  if (existsSync(options.logFile) && statSync(options.logFile).size > LARGEST_LOG) truncateSync(options.logFile);
  // A file rather than a pipe: Postgres may outlive us for a moment, and a pipe would break.
  const log = openSync(options.logFile, 'a', 0o600);
  const logStart = statSync(options.logFile).size;
  const settings = { ...options.settings, port: String(port) };
  const args = [
    '-D',
    options.cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  // Its own process group: Ctrl-C reaches us alone, and we stop it after what uses it.
  const child = options.account.run(options.binaries.postgres, args, { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  const interrupt = (): void => void child.kill('SIGINT');
  // For the moment our own process exits and can't wait any more, whether Postgres answers by then or not.
  process.once('exit', interrupt);
  let running = true;
  const isRunning = (): boolean => running;
  const exited = new Promise<void>((settle) => {
    const end = (): void => {
      running = false;
      process.off('exit', interrupt);
      settle();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  while (isRunning()) {
    if (await answers(options.urlAt(port))) {
      return {
        output: '',
        postmaster: {
          port,
          exited,
          stop: async () => {
            child.kill('SIGINT');
            // Immediate shutdown is the last resort; the next start recovers from the log.
            const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_WITHIN_MS);
            await exited;
            clearTimeout(timer);
          },
        },
      };
    }
    if (options.signal?.aborted) interrupt();
    if (Date.now() > deadline) child.kill('SIGQUIT');
    await Promise.race([exited, delay(25)]);
  }
  return { output: readFileSync(options.logFile).subarray(logStart).toString() };
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined, fetch_types: false });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Ends a postmaster that outlived the process that started it, and removes what a killed one left behind. */
export async function clearRemains(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  const start = startOf(pid);
  if (start !== null && commandOf(pid).includes(cluster)) {
    process.kill(pid, 'SIGINT');
    const deadline = Date.now() + STOP_WITHIN_MS;
    while (startOf(pid) === start) {
      if (Date.now() > deadline) process.kill(pid, 'SIGQUIT');
      await delay(25);
    }
  }
  // The id in it may belong to an unrelated process by now, before which Postgres would give way.
  rmSync(pidFile, { force: true });
}
