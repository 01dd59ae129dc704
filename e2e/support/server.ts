import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#server/network/free-port.ts';

/** The whole product as `npm start` runs it, on a port and a data folder of its own. */
export interface Server {
  readonly url: string;
  /** Where it keeps what it has, letters among it. */
  readonly dataDir: string;
  readonly output: () => string;
  /** As a power cut would: no warning. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Starts again on the same port and data. */
  restart(): Promise<void>;
  remove(): Promise<void>;
}

/** With a build of the pages before it; a server that says nothing for longer has a bug. */
const START_LIMIT_MS = 240_000;

export async function startServer(env: Readonly<Record<string, string>> = {}): Promise<Server> {
  const dataDir = await mkdtemp(join(tmpdir(), 'alphaloom-e2e-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let output = '';
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const started = spawn(process.execPath, ['server/main.ts'], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: String(port),
        DATA_DIR: dataDir,
        TRUSTED_PROXIES: '127.0.0.1, ::1',
        // Tests of other things need no payment; what is bought is tested on a server of its own.
        PLAN: 'enterprise',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    started.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    started.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        // With a warning: Postgres would outlive a server that is killed.
        started.kill('SIGTERM');
        reject(new Error(`The server was not ready within ${START_LIMIT_MS / 1000} s:\n${output}`));
      }, START_LIMIT_MS);
      const look = () => {
        if (!output.includes(url)) return;
        clearTimeout(late);
        started.stdout.off('data', look);
        resolve();
      };
      started.stdout.on('data', look);
      started.once('exit', (code) => {
        clearTimeout(late);
        reject(new Error(`The server ended with ${code}:\n${output}`));
      });
    });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  await start();
  return {
    url,
    dataDir,
    output: () => output,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    restart: async () => {
      output = '';
      await start();
    },
    remove: async () => {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
