import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  write(createLog('trace', { write: (line) => void (text += line) }));
  return text;
}

const cause = Object.assign(new Error('duplicate key value violates unique constraint "users_email"'), {
  name: 'PostgresError',
  code: '23505',
  detail: 'Key (email)=(SECRET@x.example) already exists.',
  parameters: ['SECRET'],
  query: 'SECRET',
});
const failed = new DrizzleQueryError(
  'insert into "users" values ($1)',
  ['SECRET@x.example', '$argon2id$SECRET', 'SECRET'.repeat(1_000_000)],
  cause,
);

test('a failed query is logged with its SQL and cause, without what it carried', () => {
  const text = logged((log) => log.error({ err: failed, lastError: failed.message }, `job failed: ${failed.message}`));
  expect(text).not.toContain('SECRET');
  expect(text.length).toBeLessThan(20_000);
  expect(JSON.parse(text)).toMatchObject({
    err: { message: expect.stringContaining('insert into "users"'), cause: { code: '23505', message: cause.message } },
  });
});

test('a value that Postgres quotes is not logged', () => {
  const quoting = Object.assign(new Error('invalid input syntax for type uuid: "SECRET"'), { code: '22P02' });
  expect(logged((log) => log.error({ err: new Error('outer', { cause: quoting }) }, 'failed'))).not.toContain('SECRET');
});

test('no line is long, and no error is without its text', () => {
  expect(logged((log) => log.warn({ field: 'x'.repeat(1e6) }, 'y'.repeat(1e6))).length).toBeLessThan(10_000);
  expect(logged((log) => log.warn({ err: 'thrown text' }, 'failed'))).toContain('thrown text');
});
