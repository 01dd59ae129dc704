import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { openDatabase, type OpenDatabase } from '#server/db/database.ts';
import type { DatabaseUrls } from '#server/db/urls.ts';
import { inDatabase, runOn, TEMPLATE } from './template.ts';

export interface TestDatabase extends OpenDatabase {
  readonly urls: DatabaseUrls;
  /** One statement as the owner of the tables. */
  asOwner(statement: string): Promise<void>;
}

/** A migrated, empty database of one's own; `close` drops it. One a test file: `beforeAll`, `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('postgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const urls = inDatabase(server, name);
  await runOn(server.migration, `create database ${name} template ${TEMPLATE}`);
  const database = openDatabase(urls, { max: 5 });
  return {
    ...database,
    urls,
    asOwner: (statement) => runOn(urls.migration, statement),
    close: async () => {
      await database.close();
      await runOn(server.migration, `drop database if exists ${name} with (force)`);
    },
  };
}
