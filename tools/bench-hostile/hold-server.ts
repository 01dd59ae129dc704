import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { Felt } from './probe.ts';

/** The product in a process of its own, with an empty database. */
export interface HeldServer {
  readonly origin: string;
  readonly ws: string;
  /** Resident bytes of the server's process, and its open files; Linux alone tells both. */
  measure(): { readonly memory: number; readonly files: number };
  /** What the thread that answers everybody felt since this was asked last. */
  felt(): Promise<Felt>;
  stop(): Promise<void>;
}

export async function holdServer(port: number): Promise<HeldServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'alphaloom-hostile-'));
  const origin = `http://127.0.0.1:${port}`;
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', './tools/bench-hostile/probe.ts', 'server/main.ts'],
    {
      env: {
        PLAN: 'enterprise',
        ...process.env,
        PORT: String(port),
        DATA_DIR: dataDir,
        DEMO: 'false',
        DATABASE_URL: '',
        SYSTEM_DATABASE_URL: '',
        MIGRATION_DATABASE_URL: '',
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  const ended = once(child, 'exit');
  const isUp = (): Promise<boolean> =>
    fetch(`${origin}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isUp())) {
    if (child.exitCode !== null) throw new Error('The server did not start.');
    await after(200);
  }
  return {
    origin,
    ws: origin.replace('http', 'ws'),
    measure: () => ({
      memory: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024,
      files: readdirSync(`/proc/${child.pid}/fd`).length,
    }),
    felt: async () => {
      const told = once(child, 'message') as Promise<[Felt]>;
      child.send('felt');
      return (await told)[0];
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
