import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

/** The product in a process of its own, with an empty database. */
export interface HeldServer {
  readonly origin: string;
  readonly ws: string;
  /** Resident bytes of the server's process, and its open files; Linux alone tells both. */
  measure(): { readonly memory: number; readonly files: number };
  stop(): Promise<void>;
}

export async function holdServer(port: number): Promise<HeldServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'alphaloom-hostile-'));
  const origin = `http://127.0.0.1:${port}`;
  const child: ChildProcess = spawn(process.execPath, ['server/main.ts'], {
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
    stdio: ['ignore', 'ignore', 'inherit'],
  });
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
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
