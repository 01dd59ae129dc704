import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '#server/db/embedded/embedded-postgres.ts';
import { migrate } from '#server/db/migrate.ts';
import type { DatabaseUrls } from '#server/db/urls.ts';
import { inDatabase, runOn, TEMPLATE } from './template.ts';

/**
 * Migrates a template database once; each test file clones it (`createTestDatabase`). The server is an embedded one in
 * a temporary folder, or the one of TEST_DATABASE_URL, whose role must be allowed to create databases, have
 * pg_signal_backend and be no superuser: TEST_SYSTEM_DATABASE_URL and TEST_APP_DATABASE_URL are those of two plain
 * roles beside it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { TEST_DATABASE_URL: migration, TEST_SYSTEM_DATABASE_URL: system, TEST_APP_DATABASE_URL: app } = process.env;
  const server =
    migration && system && app
      ? { urls: { migration, system, app }, stop: async () => undefined }
      : await startTemporary();
  await recreateTemplate(server.urls.migration);
  await migrate(inDatabase(server.urls, TEMPLATE));
  project.provide('postgres', server.urls);
  return async () => {
    await runOn(server.urls.migration, `drop database if exists ${TEMPLATE} with (force)`);
    await server.stop();
  };
}

async function startTemporary(): Promise<{ urls: DatabaseUrls; stop(): Promise<unknown> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'alphaloom-test-'));
  const log = { info: () => undefined, error: () => undefined };
  // Test data need not survive a power cut.
  const server = await startEmbeddedPostgres({
    dataDir,
    log,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  });
  await runOn(server.superuserUrl, 'alter role alphaloom createdb');
  // Databases are dropped while connections of the other roles end.
  await runOn(server.superuserUrl, 'grant pg_signal_backend to alphaloom');
  return {
    urls: server.urls,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function recreateTemplate(url: string): Promise<void> {
  await runOn(url, `drop database if exists ${TEMPLATE} with (force)`);
  await runOn(url, `create database ${TEMPLATE}`);
}
