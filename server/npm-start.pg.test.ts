import { spawn, type ChildProcess } from 'node:child_process';
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

/** A server without pages, that its supervisor starts with these words. A group of its own: see `endGroup`. */
function startServer(command: string, args: readonly string[], port: number): ChildProcess {
  const { app, system, migration } = database.urls;
  return spawn(command, args, {
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
}

const up = (port: number) =>
  vi.waitFor(async () => expect(await answers(port)).toBe(true), { timeout: 50_000, interval: 100 });

it.each(['start', 'dev'])('a supervisor that ends `npm run %s` ends the server, not npm alone', async (script) => {
  const port = await freePort();
  const npm = startServer('npm', ['run', script], port);
  const exited = once(npm, 'exit');
  try {
    await up(port);
    npm.kill('SIGTERM');
    await exited;
    expect(await answers(port)).toBe(false);
  } finally {
    endGroup(npm.pid);
  }
});

it('a server for development ends also when the process is killed that watches the sources', async () => {
  const port = await freePort();
  const watching = startServer(process.execPath, ['server/dev.ts'], port);
  const exited = once(watching, 'exit');
  try {
    await up(port);
    watching.kill('SIGKILL');
    await exited;
    await vi.waitFor(async () => expect(await answers(port)).toBe(false), { timeout: 20_000, interval: 100 });
  } finally {
    endGroup(watching.pid);
  }
});

/** So that nothing outlives a test that fails. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}
