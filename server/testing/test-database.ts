import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { openDatabase, type OpenDatabase } from '#server/db/database.ts';
import { runOn, TEMPLATE, withDatabase } from './template.ts';

export interface TestDatabase extends OpenDatabase {
  readonly url: string;
}

/** A migrated, empty database of one's own; `close` drops it. One a test file: `beforeAll`, `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('postgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const url = withDatabase(server, name);
  await runOn(server, `create database ${name} template ${TEMPLATE}`);
  const database = openDatabase(url, { max: 5 });
  return {
    ...database,
    url,
    close: async () => {
      await database.close();
      await runOn(server, `drop database if exists ${name} with (force)`);
    },
  };
}
