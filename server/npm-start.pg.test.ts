import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    async (response) => (await response.text(), true),
    () => false,
  );

it('a supervisor that ends `npm start` ends the server, not npm alone', async () => {
  const port = await freePort();
  const { app, system, migration } = database.urls;
  // A group of its own, so that nothing outlives a test that fails.
  const npm = spawn('npm', ['start'], {
    detached: true,
    stdio: 'ignore',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      ROLES: 'realtime',
      DATABASE_URL: app,
      SYSTEM_DATABASE_URL: system,
      MIGRATION_DATABASE_URL: migration,
    },
  });
  const exited = once(npm, 'exit');
  try {
    await vi.waitFor(async () => expect(await answers(port)).toBe(true), { timeout: 50_000, interval: 100 });
    npm.kill('SIGTERM');
    await exited;
    expect(await answers(port)).toBe(false);
  } finally {
    endGroup(npm.pid);
  }
});

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}
