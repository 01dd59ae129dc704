import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { startOf } from './db/embedded/process-identity.ts';

it('a server that is told to stop while it starts leaves no Postgres behind', { timeout: 120_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'hunt-term-'));
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
  const env = { ...process.env, NODE_ENV: 'development' as const, PORT: '4271', DATA_DIR: dataDir, ROLES: 'worker' };
  let pid = 0;
  let since: string | null = null;
  // Process ids are given again: the process that started at that moment is meant.
  const isAlive = (): boolean => since !== null && startOf(pid) === since;
  try {
    const child = spawn(process.execPath, ['server/main.ts'], { env, stdio: 'ignore' });
    while (!existsSync(pidFile) && child.exitCode === null) await delay(2);
    pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    since = startOf(pid);
    child.kill('SIGTERM');
    await once(child, 'exit');
    await vi.waitFor(() => expect(isAlive()).toBe(false), { timeout: 5_000 });
  } finally {
    if (isAlive()) process.kill(pid, 'SIGTERM');
    await vi.waitFor(() => expect(isAlive()).toBe(false), { timeout: 10_000 });
    await rm(dataDir, { recursive: true, force: true });
  }
});
