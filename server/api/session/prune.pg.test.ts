import { expect, it } from 'vitest';
import { openBrowser } from '#server/testing/api.ts';
import { testApi } from '#server/testing/test-api.ts';
import { pruneSessions } from '#server/use-cases/session/prune-sessions.ts';

const api = testApi();

it('forgets what has ended, and nothing else', async () => {
  const [first, second] = ['prune1', 'prune2'].map((name) => ({
    name,
    email: `${name}@test.example`,
    password: 'correct horse battery',
    organisation: name,
  }));
  if (!first || !second) throw new Error('two accounts');
  const [ended, open] = [openBrowser(api.runtime), openBrowser(api.runtime)];
  await ended.call().session.register(first);
  await open.call().session.register(second);
  await openBrowser(api.runtime, '203.0.113.9')
    .call()
    .session.signIn({ ...first, password: 'wrong' })
    .catch(() => undefined);
  await api.database.sql.begin(async (sql) => {
    await sql`select set_config('alphaloom.org', 'system', true)`;
    await sql`update sessions set expires_at = now() - interval '1 minute' where user_id = (select id from users where email = ${first.email})`;
    await sql`update known_devices set last_seen_at = now() - interval '500 days' where user_id = (select id from users where email = ${first.email})`;
    await sql`update sign_in_attempts set expire = now() - interval '1 minute'`;
  });
  await pruneSessions(api.db, new Date());
  const count = (table: string) =>
    api.database.sql.begin(async (sql) => {
      await sql`select set_config('alphaloom.org', 'system', true)`;
      return (await sql.unsafe(`select 1 from ${table}`)).length;
    });
  expect(await count('sessions')).toBe(1);
  expect(await count('known_devices')).toBe(1);
  expect(await count('sign_in_attempts')).toBe(0);
  expect(await open.call().session.me()).not.toBeNull();
});
