import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { asSystem } from '#server/db/database.ts';
import { SIGN_IN_LIMITS } from '#server/policies/sign-in-limits.ts';
import { openBrowser } from '#server/testing/api.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
const owner = { name: 'Olga', email: 'olga@test.example', password: 'correct horse battery', organisation: 'Engines' };
const { email, password } = owner;
const HOME = '198.51.100.7';
const EVIL = '203.0.113.66';
const atHome = () => openBrowser(api.runtime, HOME);

const signIn = (browser: ReturnType<typeof openBrowser>, input: { email: string; password: string }) =>
  browser
    .call()
    .session.signIn(input)
    .then(
      () => 'in',
      (error: { code: string }) => error.code,
    );
const guess = (address: string, who = email) =>
  signIn(openBrowser(api.runtime, address), { email: who, password: 'not this one' });
const passTime = () => api.database.sql`update sign_in_attempts set expire = now() where key like 'gate:%'`;

let known: ReturnType<typeof openBrowser>;
beforeAll(async () => {
  known = atHome();
  await known.call().session.register(owner);
});

describe('guessing a password', () => {
  it('is let through a few times and then has to wait, however many are sent at once', async () => {
    const { free, firstSeconds } = SIGN_IN_LIMITS.pair;
    const since = performance.now();
    const codes = await Promise.all(Array.from({ length: 90 }, () => guess(EVIL)));
    // One more for each wait, of one second, two, four, …, that went by while the guesses were looked at.
    const waited = Math.floor(Math.log2(1 + (performance.now() - since) / 1000 / firstSeconds));
    expect(codes.filter((code) => code === 'UNAUTHORIZED').length).toBeLessThanOrEqual(free + 1 + waited);
    expect(codes.filter((code) => code === 'in')).toEqual([]);
    await expect(openBrowser(api.runtime, EVIL).call().session.signIn({ email, password })).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      message: /Wait \d+ seconds?, then try again/,
    });
  });

  it('gets one attempt a wait, and the waits grow', async () => {
    await passTime();
    const codes = await Promise.all(Array.from({ length: 10 }, () => guess(EVIL)));
    expect(codes.filter((code) => code === 'UNAUTHORIZED')).toHaveLength(1);
    const [gate] = await api.database.sql<
      { seconds: number }[]
    >`select max(extract(epoch from expire - now()))::float as seconds from sign_in_attempts where key like 'gate:pair:%'`;
    expect(gate?.seconds).toBeGreaterThan(1);
  });

  it('of an address that has no account is answered alike', async () => {
    const codesOf = async (who: string, address: string) => {
      const codes: string[] = [];
      for (let attempt = 0; attempt < 9; attempt += 1) codes.push(await guess(address, who));
      return codes;
    };
    await api.database.sql`delete from sign_in_attempts`;
    expect(await codesOf('nobody@test.example', '203.0.113.1')).toEqual(await codesOf(email, '203.0.113.2'));
  });

  it('does not make the owner wait on a device that is known, from wherever the guesses come', async () => {
    await api.database.sql`delete from sign_in_attempts`;
    for (let host = 0; host < 30; host += 1) await guess(`203.0.113.${100 + host}`);
    // The account is closed to devices that are not known ...
    expect(await guess('203.0.113.200')).toBe('TOO_MANY_REQUESTS');
    // ... and open to the owner's.
    expect(await signIn(known, { email, password })).toBe('in');
    // On a new device the owner gets in after the wait.
    await guess('203.0.113.201');
    await passTime();
    expect(await signIn(openBrowser(api.runtime, '192.0.2.50'), { email, password })).toBe('in');
  });

  it('is bounded on a known device too', async () => {
    const codes: string[] = [];
    for (let attempt = 0; attempt < SIGN_IN_LIMITS.device.free + 3; attempt += 1)
      codes.push(await signIn(known, { email, password: 'not this one' }));
    expect(codes.at(-1)).toBe('TOO_MANY_REQUESTS');
    await api.database.sql`delete from sign_in_attempts`;
  });

  it('of many accounts is bounded by the address, which an account of one’s own does not clear', async () => {
    await api.database.sql`delete from sign_in_attempts`;
    const mallory = { name: 'Mal', email: 'mal@test.example', password: 'seven green lanterns', organisation: 'M' };
    await openBrowser(api.runtime, EVIL).call().session.register(mallory);
    let tried = 0;
    for (let who = 0; who < 45; who += 1) {
      if ((await guess(EVIL, `spray${who}@test.example`)) === 'UNAUTHORIZED') tried += 1;
      if (who % 5 === 0) await signIn(openBrowser(api.runtime, EVIL), mallory);
    }
    expect(tried).toBeLessThanOrEqual(SIGN_IN_LIMITS.address.free + 2);
    await api.database.sql`delete from sign_in_attempts`;
  });

  it('keeps no address of a person', async () => {
    await guess(EVIL);
    const rows = await api.database.sql`select * from sign_in_attempts`;
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/olga|203\.0/);
    await api.database.sql`delete from sign_in_attempts`;
  });
});

describe('registering an address that has an account', () => {
  const again = (change: Partial<typeof owner>, address = EVIL) =>
    openBrowser(api.runtime, address)
      .call()
      .session.register({ ...owner, ...change });

  it('signs in with the right password, without another organisation', async () => {
    const browser = atHome();
    await browser.call().session.register({ ...owner, organisation: 'Never made' });
    expect(await browser.call().session.me()).toMatchObject({ org: { name: 'Engines' } });
  });

  it('says nothing of the account otherwise, and counts as a guess', async () => {
    await expect(again({ password: 'another long guess' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.not.stringMatching(/already exists|is taken|There is an account/),
    });
    const codes = await Promise.all(
      Array.from({ length: 12 }, () =>
        again({ password: 'another long guess' }).catch((error: { code: string }) => error.code),
      ),
    );
    expect(codes.filter((code) => code === 'BAD_REQUEST').length).toBeLessThanOrEqual(SIGN_IN_LIMITS.pair.free);
    await api.database.sql`delete from sign_in_attempts`;
  });

  it('is told of a wrong invitation in the words that a new address is told', async () => {
    const attempt = (address: string) =>
      openBrowser(api.runtime, EVIL)
        .call()
        .session.register({ name: 'N', email: address, password: 'another long guess', invitation: 'made-up' })
        .catch((error: Error) => error.message);
    expect(await attempt(email)).toBe(await attempt('fresh@test.example'));
  });

  it('three times at once makes one account', async () => {
    const three = { ...owner, email: 'three@test.example' };
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => atHome().call().session.register(three)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    const [count] = await api.database
      .sql`select count(*)::int as people from users where email = 'three@test.example'`;
    expect(count).toEqual({ people: 1 });
  });
});

describe('a token', () => {
  const tokenOf = (browser: ReturnType<typeof openBrowser>) => browser.cookie();
  const withCookie = (cookie: string | undefined) => {
    const browser = openBrowser(api.runtime);
    browser.jar.set('alphaloom_session', cookie ?? '');
    return browser;
  };

  it('ends when another sign-in replaces it', async () => {
    const browser = atHome();
    await browser.call().session.signIn({ email, password });
    const before = tokenOf(browser);
    await browser.call().session.signIn({ email, password });
    expect(tokenOf(browser)).not.toBe(before);
    expect(await withCookie(before).call().session.me()).toBeNull();
    expect(await browser.call().session.me()).not.toBeNull();
  });

  it('changes when the role changes, once, and the old one lasts for requests under way only', async () => {
    const browser = atHome();
    await browser.call().session.signIn({ email, password });
    const before = tokenOf(browser);
    await asSystem(api.db, (tx) => tx.execute(sql`update sessions set rotation_due = true`));
    const pages = [browser.call(), browser.call(), browser.call()];
    expect((await Promise.all(pages.map((page) => page.session.me()))).every((me) => me !== null)).toBe(true);
    const after = tokenOf(browser);
    expect(after).not.toBe(before);
    await browser.call().session.me();
    expect(tokenOf(browser)).toBe(after);
    expect(await withCookie(before).call().session.me()).not.toBeNull();
    await asSystem(api.db, (tx) => tx.execute(sql`update sessions set previous_until = now() - interval '1 second'`));
    expect(await withCookie(before).call().session.me()).toBeNull();
    expect(await browser.call().session.me()).not.toBeNull();
  });
});
