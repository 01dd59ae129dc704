import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { authenticate, sessionCookie } from '#server/auth/authenticate.ts';
import { asSystem } from '#server/db/database.ts';
import { sessions } from '#server/db/schema/index.ts';
import { openBrowser } from '#server/testing/api.ts';
import { testApi } from '#server/testing/test-api.ts';
import { createRequestContext } from '../context.ts';
import { appRouter } from '../router.ts';
import { createCallerFactory } from '../trpc.ts';

const api = testApi();

const grace = {
  name: 'Grace',
  email: 'grace@test.example',
  password: 'correct horse battery',
  organisation: 'Compilers',
};

describe('registration', () => {
  it('makes an account with an organisation of its own and signs it in', async () => {
    const browser = openBrowser(api.runtime);
    expect(await browser.call().session.me()).toBeNull();
    await browser.call().session.register(grace);
    const me = await browser.call().session.me();
    expect(me).toMatchObject({
      user: { name: 'Grace', email: 'grace@test.example' },
      org: { name: 'Compilers' },
      role: 'owner',
    });
    expect(me?.permissions).toContain('owner.manage');
  });

  it('gives a new organisation real prices to begin with', async () => {
    const browser = openBrowser(api.runtime);
    await browser.call().session.signIn({ email: grace.email, password: grace.password });
    expect(await browser.call().market.list()).toMatchObject([{ symbol: 'SPX', timeframe: '1d', barCount: 5105 }]);
  });

  it('knows an address that has an account, however it is written', async () => {
    const again = openBrowser(api.runtime)
      .call()
      .session.register({ ...grace, email: ' GRACE@test.example ', password: 'another long guess' });
    await expect(again).rejects.toMatchObject({ code: 'BAD_REQUEST', message: /No account could be made/ });
  });

  it.each([
    ['short', /at least 8/],
    ['x'.repeat(129), /at most 128/],
    ['password123', /first that anybody would try/],
    ['aaaaaaaaaa', /first that anybody would try/],
    ['ada@test.example', /not your name or address/],
  ])('refuses the password %s', async (password, message) => {
    const attempt = openBrowser(api.runtime)
      .call()
      .session.register({ name: 'Ada', email: 'ada@test.example', password, organisation: 'A' });
    await expect(attempt).rejects.toMatchObject({ code: 'BAD_REQUEST', message });
  });

  it('leaves nothing behind when it is refused', async () => {
    const [left] = await api.database.sql`select count(*)::int as people from users where email = 'ada@test.example'`;
    expect(left).toEqual({ people: 0 });
  });
});

describe('sign-in', () => {
  it('takes the right password', async () => {
    const browser = openBrowser(api.runtime);
    await browser.call().session.signIn({ email: 'Grace@Test.example', password: grace.password });
    expect(await browser.call().session.me()).toMatchObject({ user: { name: 'Grace' } });
  });

  it('answers alike for a wrong password and an unknown account', async () => {
    const signIn = (email: string) =>
      openBrowser(api.runtime)
        .call()
        .session.signIn({ email, password: 'not this one' })
        .catch((error: Error) => error.message);
    expect(await signIn(grace.email)).toBe(await signIn('nobody@test.example'));
  });

  it('sets a cookie that scripts and other sites do not get', async () => {
    expect(sessionCookie('t', false)).toMatch(/^alphaloom_session=t; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/);
    expect(sessionCookie('t', true)).toMatch(
      /^__Host-alphaloom_session=t; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax; Secure$/,
    );
  });
});

describe('sessions', () => {
  it('are kept as hashes only', async () => {
    const browser = openBrowser(api.runtime);
    await browser.call().session.signIn({ email: grace.email, password: grace.password });
    const token = browser.cookie()?.split('=')[1] ?? '';
    expect(token).toMatch(/^[\w-]{43}$/);
    const dump = await asSystem(api.db, (tx) => tx.select().from(sessions));
    expect(JSON.stringify(dump)).not.toContain(token);
    expect(dump.every((row) => /^[0-9a-f]{64}$/.test(row.id))).toBe(true);
  });

  it('end at sign-out, for the old cookie too', async () => {
    const browser = openBrowser(api.runtime);
    await browser.call().session.signIn({ email: grace.email, password: grace.password });
    const kept = browser.cookie();
    expect(await authenticate(api.db, kept)).not.toBeNull();
    await browser.call().session.signOut();
    expect(await browser.call().session.me()).toBeNull();
    expect(await authenticate(api.db, kept)).toBeNull();
  });

  it('end when idle too long, and when too old however much they are used', async () => {
    const browser = openBrowser(api.runtime);
    const age = (column: string) =>
      asSystem(api.db, (tx) => tx.execute(sql.raw(`update sessions set ${column} = now() - interval '1 minute'`)));
    await browser.call().session.signIn({ email: grace.email, password: grace.password });
    await age('expires_at');
    expect(await browser.call().session.me()).toBeNull();

    await browser.call().session.signIn({ email: grace.email, password: grace.password });
    // Half of the idle time is over: use moves the expiry on, though never past the absolute one.
    await asSystem(api.db, (tx) =>
      tx.execute(
        sql`update sessions set expires_at = now() + interval '1 hour', absolute_expires_at = now() + interval '2 hours'`,
      ),
    );
    expect(await browser.call().session.me()).not.toBeNull();
    const rows = await asSystem(api.db, (tx) => tx.select().from(sessions));
    expect(rows.filter((row) => row.expiresAt.getTime() === row.absoluteExpiresAt.getTime())).toHaveLength(1);
  });

  it('are not found by a made-up or broken cookie', async () => {
    for (const cookie of [
      undefined,
      '',
      'alphaloom_session=',
      `alphaloom_session=${'a'.repeat(43)}`,
      'other=%E0%A4%A; alphaloom_session=x',
    ]) {
      expect(await authenticate(api.db, cookie)).toBeNull();
    }
  });
});

describe('another site', () => {
  it('may not make a browser change anything', async () => {
    const headers = { host: 'localhost', origin: 'https://evil.example' };
    const context = createRequestContext(api.runtime, new Request('http://localhost/', { headers }), new Headers());
    const attempt = createCallerFactory(appRouter)(context).session.signIn({
      email: grace.email,
      password: grace.password,
    });
    await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
