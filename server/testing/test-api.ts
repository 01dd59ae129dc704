import { afterAll, beforeAll } from 'vitest';
import type { Database } from '#server/db/database.ts';
import { createTestRuntime } from './api.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** What tests of the API stand on: there while they and their hooks run. */
export interface TestApi {
  readonly database: TestDatabase;
  readonly db: Database;
  readonly runtime: Awaited<ReturnType<typeof createTestRuntime>>;
}

/**
 * For the tests of one file: a database of its own and what the API needs, opened before the first test, dropped after
 * the last.
 */
export function testApi(): TestApi {
  let opened: Pick<TestApi, 'database' | 'runtime'> | undefined;
  const there = () => {
    if (!opened) throw new Error('The database is there once the tests run, not while they are collected.');
    return opened;
  };
  beforeAll(async () => {
    const database = await createTestDatabase();
    opened = { database, runtime: await createTestRuntime(database) };
  });
  afterAll(async () => {
    await opened?.runtime.close();
    await opened?.database.close();
  });
  return {
    get database() {
      return there().database;
    },
    get db() {
      return there().database.db;
    },
    get runtime() {
      return there().runtime;
    },
  };
}
