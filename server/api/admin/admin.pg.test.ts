import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { asSystem } from '#server/db/database.ts';
import { openBrowser } from '#server/testing/api.ts';
import { testApi } from '#server/testing/test-api.ts';
import { appointAdmins } from '#server/use-cases/admin/appoint-admins.ts';

const api = testApi();
const PASSWORD = 'a long enough phrase of words';

const register = async (name: string) => {
  const browser = openBrowser(api.runtime);
  const email = `${crypto.randomUUID()}@test.example`;
  await browser.call().session.register({ name, email, password: PASSWORD, organisation: `${name} Capital` });
  const me = (await browser.call().session.me()) ?? expect.fail('signed in');
  return { ...me, browser, email, call: () => browser.call() };
};
type Registered = Awaited<ReturnType<typeof register>>;
let root: Registered;
let ben: Registered;
beforeEach(async () => {
  [root, ben] = [await register('Root'), await register('Ben')];
  await asSystem(api.db, (tx) => tx.execute(sql`update users set is_platform_admin = false`));
  await appointAdmins(api.db, [root.email], false);
});

const auditOf = async (entityId: string) =>
  (await root.call().admin.audit({ entityId })).map(({ action, actor, difference }) => ({ action, actor, difference }));

describe('an admin of the installation', () => {
  it('is who the start of the server names, once, and is in the audit of the installation', async () => {
    await appointAdmins(api.db, [root.email, 'nobody@test.example'], false);
    expect((await root.call().session.me())?.isPlatformAdmin).toBe(true);
    expect((await ben.call().session.me())?.isPlatformAdmin).toBe(false);
    expect(await auditOf(root.user.id)).toEqual([
      {
        action: 'admin.appointed',
        actor: 'ADMIN_EMAILS',
        difference: [{ field: 'admin', before: 'false', after: 'true' }],
      },
    ]);
  });

  it('is nobody whose address is not confirmed, where letters are sent', async () => {
    await appointAdmins(api.db, [ben.email], true);
    expect((await ben.call().session.me())?.isPlatformAdmin).toBe(false);
    await asSystem(api.db, (tx) =>
      tx.execute(sql`update users set email_verified_at = now() where id = ${ben.user.id}`),
    );
    await appointAdmins(api.db, [ben.email], true);
    expect((await ben.call().session.me())?.isPlatformAdmin).toBe(true);
  });

  it('finds people of every organisation by name and address, page by page', async () => {
    expect(await root.call().admin.users({ search: ben.email.slice(0, 20) })).toMatchObject([
      { id: ben.user.id, name: 'Ben', organisations: 1, sessions: 1, suspendedAt: null },
    ]);
    const [first] = await root.call().admin.users({ limit: 1 });
    const [second] = await root.call().admin.users({ limit: 1, cursor: { id: first?.id ?? '', at: first?.at ?? 0 } });
    expect([first?.id, second?.id]).toEqual([ben.user.id, root.user.id]);
    expect(await root.call().admin.users({ search: 'ben', suspended: true })).toEqual([]);
  });

  it('suspends a person, who is out at once, also of open sockets, and can not sign in', async () => {
    const before = api.runtime.live.accessChanges();
    await root.call().admin.suspendUser({ userId: ben.user.id, reason: 'Spam' });
    expect(await ben.call().session.me()).toBeNull();
    await vi.waitFor(() => expect(api.runtime.live.accessChanges()).toBeGreaterThan(before), { timeout: 1_000 });
    const signIn = () => ben.call().session.signIn({ email: ben.email, password: PASSWORD });
    await expect(signIn()).rejects.toThrow('suspended');
    await expect(ben.call().session.signIn({ email: ben.email, password: 'guessed' })).rejects.toThrow('not right');
    expect(await root.call().admin.users({ suspended: true })).toMatchObject([{ suspendedFor: 'Spam' }]);
    await root.call().admin.restoreUser({ userId: ben.user.id });
    await vi.waitFor(() => signIn(), { timeout: 10_000, interval: 500 });
    expect((await ben.call().session.me())?.user.id).toBe(ben.user.id);
    expect((await auditOf(ben.user.id)).map(({ action, actor }) => [action, actor])).toEqual([
      ['admin.user_restored', 'Root'],
      ['admin.user_suspended', 'Root'],
    ]);
  });

  it('is out by a suspension even where a session was left', async () => {
    await asSystem(api.db, (tx) => tx.execute(sql`update users set suspended_at = now() where id = ${ben.user.id}`));
    expect(await ben.call().session.me()).toBeNull();
  });

  it('signs a person out everywhere, who may come back', async () => {
    await root.call().admin.signOutUser({ userId: ben.user.id });
    expect(await ben.call().session.me()).toBeNull();
    await ben.call().session.signIn({ email: ben.email, password: PASSWORD });
    expect(await ben.call().session.me()).not.toBeNull();
  });

  it('shares the role, never the last, and suspends neither themselves nor another admin', async () => {
    const { admin } = root.call();
    await expect(admin.setAdmin({ userId: root.user.id, admin: false })).rejects.toThrow('Nobody else');
    await expect(admin.suspendUser({ userId: root.user.id, reason: 'x' })).rejects.toThrow('yourself');
    await admin.setAdmin({ userId: ben.user.id, admin: true });
    await expect(root.call().admin.suspendUser({ userId: ben.user.id, reason: 'x' })).rejects.toThrow('Take that');
    // Each takes it from the other at once: one of them keeps it.
    const done = await Promise.allSettled([
      root.call().admin.setAdmin({ userId: ben.user.id, admin: false }),
      ben.call().admin.setAdmin({ userId: root.user.id, admin: false }),
    ]);
    expect(done.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    const left = await asSystem(api.db, (tx) => tx.execute(sql`select from users where is_platform_admin`));
    expect(left).toHaveLength(1);
  });

  it('gives an organisation exceptions from its plan, which hold', async () => {
    const { admin } = root.call();
    await admin.setExceptions({ orgId: ben.org.id, exceptions: [{ name: 'formulas', value: 0 }] });
    await expect(ben.call().formula.create({ name: 'Momentum' })).rejects.toThrow('plan allows 0');
    expect(await admin.organisations({ search: 'Ben' })).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: ben.org.id, members: 1, exceptions: [{ name: 'formulas', value: 0 }] }),
      ]),
    );
    await root.call().admin.setExceptions({ orgId: ben.org.id, exceptions: [] });
    await ben.call().formula.create({ name: 'Momentum' });
    expect((await auditOf(ben.org.id)).map(({ action }) => action)).toEqual([
      'admin.exceptions_set',
      'admin.exceptions_set',
    ]);
  });

  it('sees jobs that failed, tries them again and discards them', async () => {
    const [made] = await asSystem(api.db, (tx) =>
      tx.execute<{ id: string }>(
        sql`select id from graphile_worker.add_job('run-backtest', json_build_object('orgId', ${ben.org.id}::text))`,
      ),
    );
    const id = String(made?.id);
    await asSystem(api.db, (tx) =>
      tx.execute(
        sql`update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'No bars.' where id = ${id}`,
      ),
    );
    const { admin } = root.call();
    expect(await admin.jobs({ failed: true })).toMatchObject([
      { id, task: 'run-backtest', error: 'No bars.', isRunning: false, orgId: ben.org.id },
    ]);
    expect((await admin.metrics()).find(({ name }) => name === 'lost_jobs')?.value).toBe(1);
    await root.call().admin.retryJob({ id });
    expect((await root.call().admin.jobs({ failed: false })).find((job) => job.id === id)).toMatchObject({
      attempts: 0,
    });
    await root.call().admin.discardJob({ id });
    expect((await root.call().admin.jobs({ failed: false })).map((job) => job.id)).not.toContain(id);
    await expect(root.call().admin.discardJob({ id })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('loses it at once when it is taken away', async () => {
    await asSystem(api.db, (tx) => tx.execute(sql`update users set is_platform_admin = false`));
    await expect(root.call().admin.users()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(ben.call().admin.users()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('verifies the audit of the installation', async () => {
    await root.call().admin.signOutUser({ userId: ben.user.id });
    expect(await root.call().admin.verifyAudit()).toMatchObject({ broken: null });
  });
});
