import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it('a server that is told to stop while it starts leaves no Postgres behind', { timeout: 120_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'hunt-term-'));
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
  const env = { ...process.env, NODE_ENV: 'development' as const, PORT: '4271', DATA_DIR: dataDir, ROLES: 'worker' };
  let pid = 0;
  try {
    const child = spawn(process.execPath, ['server/main.ts'], { env, stdio: 'ignore' });
    while (!existsSync(pidFile) && child.exitCode === null) await delay(2);
    pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    child.kill('SIGTERM');
    await once(child, 'exit');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5_000 });
  } finally {
    if (pid > 0 && isAlive(pid)) process.kill(pid, 'SIGTERM');
    await vi.waitFor(() => expect(pid > 0 && isAlive(pid)).toBe(false), { timeout: 10_000 });
    await rm(dataDir, { recursive: true, force: true });
  }
});
