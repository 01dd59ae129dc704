import { beforeAll, expect, it, vi } from 'vitest';
import { asSystem } from '#server/db/database.ts';
import { auditLog } from '#server/db/schema/index.ts';
import { openBrowser } from '#server/testing/api.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
const account = {
  name: 'Ida',
  email: 'ida.audit@test.example',
  password: 'correct horse battery',
  organisation: 'Audit',
};
const browser = () => openBrowser(api.runtime, '203.0.113.5');
const rows = () => asSystem(api.db, (tx) => tx.select().from(auditLog));

beforeAll(async () => {
  const own = browser();
  await own.call().session.register(account);
  await own.call().session.signOut();
});

it('keeps entries, failures, refusals, downloads and exits, with where they came from', async () => {
  await browser()
    .call()
    .session.signIn({ ...account, password: 'a wrong guess' })
    .catch(() => undefined);
  const own = browser();
  await own.call().session.signIn(account);
  const { id } = await own.call().formula.create({ name: 'Taken', code: '' });
  await own.call().formula.export({ id });
  await own
    .call()
    .formula.get({ id: crypto.randomUUID() })
    .catch(() => undefined);
  await own
    .call()
    .formula.get({ id: crypto.randomUUID() })
    .catch(() => undefined);
  await own.call().session.signOut();
  await vi.waitFor(async () => {
    const seen = await rows();
    const count = (action: string) => seen.filter((row) => row.action === action).length;
    expect([
      count('account.registered'),
      count('session.began'),
      count('session.failed'),
      count('formula.downloaded'),
      count('request.refused'),
      count('session.ended'),
    ]).toEqual([1, 1, 1, 1, 1, 2]);
    for (const row of seen)
      expect(row).toMatchObject({ ip: '203.0.113.5', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });
  expect(JSON.stringify(await rows())).not.toMatch(/a wrong guess|correct horse/);
});
