import { Secret, TOTP } from 'otpauth';
import { beforeEach, describe, expect, it } from 'vitest';
import { idOf, type UserId } from '#core/requests/ids.ts';
import { createSealer } from '#server/auth/sealer.ts';
import { asSystem } from '#server/db/database.ts';
import { putSeed } from '#server/db/queries/second-factors.ts';
import { openBrowser } from '#server/testing/api.ts';
import { listOwed } from '#server/testing/letters.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { writeReset } from '#server/use-cases/account/password.ts';
import { confirmTotp, resealSeeds } from '#server/use-cases/account/totp.ts';

const api = testApi();
const PASSWORD = 'correct horse battery';
const NEXT = 'seven green lanterns';
let count = 0;

type Browser = ReturnType<typeof openBrowser>;

const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'OK',
    (error: { cause?: { code?: string } }) => error.cause?.code ?? String(error),
  );

/** Somebody new, and what they would find in their mailbox. */
async function newcomer() {
  const email = `person${(count += 1)}@test.example`;
  const browser = openBrowser(api.runtime, `198.51.100.${count}`);
  await browser.call().session.register({ name: 'Nora', email, password: PASSWORD, organisation: 'Engines' });
  return { email, browser, letters: () => listOwed(api, email) };
}

const signIn = (browser: Browser, email: string, password = PASSWORD) =>
  browser.call().session.signIn({ email, password });

/** The code of an app at this moment, moved on by so many steps. */
const codeAt = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

async function withTotp() {
  const person = await newcomer();
  const { secret } = await person.browser.call().account.beginTotp();
  const { recoveryCodes } = await person.browser.call().account.confirmTotp({ code: codeAt(secret, -1) });
  return { ...person, secret, recoveryCodes: recoveryCodes ?? [] };
}

async function ticketOf(email: string, browser = openBrowser(api.runtime, '192.0.2.77')) {
  const entered = await signIn(browser, email);
  if (entered.next !== 'second-factor') throw new Error('no second factor was asked for');
  return { ticket: entered.ticket, browser };
}

beforeEach(async () => {
  await api.database.sql`delete from sign_in_attempts`;
  await api.database.sql`delete from rate_limits`;
});

describe('an address', () => {
  it('is confirmed by the link of the letter, once, by whoever reads it', async () => {
    const { browser, letters } = await newcomer();
    expect((await browser.call().session.me())?.user.isVerified).toBe(false);
    const [letter] = await letters();
    expect(letter).toMatchObject({ kind: 'verify' });
    const { token } = letter ?? { token: '' };
    await openBrowser(api.runtime).call().session.verify({ token });
    expect((await browser.call().session.me())?.user.isVerified).toBe(true);
    expect(await codeOf(openBrowser(api.runtime).call().session.verify({ token }))).toBe('NOT_FOUND');
  });

  it('is confirmed by the code, which is guessed five times at the most, however many guess at once', async () => {
    const { browser, letters } = await newcomer();
    const [letter] = await letters();
    const wrong = String((Number(letter?.code) + 1) % 1_000_000).padStart(6, '0');
    const guesses = await Promise.all(
      Array.from({ length: 12 }, () => codeOf(browser.call().account.verify({ code: wrong }))),
    );
    expect(guesses.filter((code) => code === 'INVALID').length).toBeLessThanOrEqual(5);
    expect(await codeOf(browser.call().account.verify({ code: letter?.code ?? '' }))).toBe('RATE_LIMITED');
    await browser.call().account.sendVerification();
    const [next] = await letters();
    await browser.call().account.verify({ code: next?.code ?? '' });
    expect((await browser.call().session.me())?.user.isVerified).toBe(true);
  });

  it('is written to a few times in a quarter of an hour', async () => {
    const { browser } = await newcomer();
    const codes: string[] = [];
    for (let one = 0; one < 4; one += 1) codes.push(await codeOf(browser.call().account.sendVerification()));
    expect(codes).toEqual(['OK', 'OK', 'RATE_LIMITED', 'RATE_LIMITED']);
  });

  it('that is not confirmed keeps nobody from adding a factor on this machine alone, and everybody elsewhere', async () => {
    const { browser } = await newcomer();
    expect(await codeOf(browser.call().account.beginTotp())).toBe('OK');
    const elsewhere = openBrowser({ ...api.runtime, config: { ...api.runtime.config, onlyHere: false } });
    for (const [name, pair] of browser.jar) elsewhere.jar.set(name, pair);
    expect(await codeOf(elsewhere.call().account.beginTotp())).toBe('UNVERIFIED');
  });

  it('changes when both addresses have agreed, and not before', async () => {
    const { browser, email, letters } = await newcomer();
    const next = `next-${email}`;
    await browser.call().account.changeAddress({ email: next });
    const [leave] = await letters();
    const [take] = await listOwed(api, next);
    const stranger = openBrowser(api.runtime).call();
    expect(await stranger.session.agreeToAddress({ token: take?.token ?? '' })).toEqual({ done: false, email: next });
    expect((await browser.call().session.me())?.user.email).toBe(email);
    expect(await stranger.session.agreeToAddress({ token: leave?.token ?? '' })).toEqual({ done: true, email: next });
    expect((await browser.call().session.me())?.user.email).toBe(next);
    const told = [...(await letters()), ...(await listOwed(api, next))].map(({ kind }) => kind);
    expect(told.filter((kind) => kind === 'address-changed')).toHaveLength(2);
  });

  it('of somebody else is asked for without a word of that, and without a letter to them', async () => {
    const [one, other] = [await newcomer(), await newcomer()];
    await one.browser.call().account.changeAddress({ email: other.email });
    expect((await other.letters()).map(({ kind }) => kind)).toEqual(['verify']);
  });
});

describe('a password', () => {
  it('that is forgotten is set by a link, once; all sessions end, and nobody is signed in by it', async () => {
    const { browser, email, letters } = await newcomer();
    const now = new Date();
    await writeReset(api.db, { email, device: null, ip: null }, now);
    const [letter] = await letters();
    const stranger = openBrowser(api.runtime, '203.0.113.9');
    const { token } = letter ?? { token: '' };
    expect(await codeOf(stranger.call().session.reset({ token, password: 'password' }))).toBe('INVALID');
    const twice = await Promise.all([1, 2].map(() => codeOf(stranger.call().session.reset({ token, password: NEXT }))));
    expect(twice.toSorted()).toEqual(['NOT_FOUND', 'OK']);
    expect(await browser.call().session.me()).toBeNull();
    expect(await stranger.call().session.me()).toBeNull();
    expect(await codeOf(signIn(stranger, email))).toBe('UNAUTHENTICATED');
    expect(await signIn(stranger, email, NEXT)).toEqual({ next: 'in' });
    expect((await letters()).map(({ kind }) => kind)).toContain('password-reset');
  });

  it('that is forgotten does not skip the second factor', async () => {
    const { email, letters, secret } = await withTotp();
    await writeReset(api.db, { email, device: null, ip: null }, new Date());
    const [letter] = await letters();
    const stranger = openBrowser(api.runtime, '203.0.113.10');
    await stranger.call().session.reset({ token: letter?.token ?? '', password: NEXT });
    const entered = await signIn(stranger, email, NEXT);
    expect(entered).toMatchObject({ next: 'second-factor', ways: { code: true, passkey: false } });
    expect(await stranger.call().session.me()).toBeNull();
    if (entered.next === 'second-factor')
      await stranger.call().session.secondFactor({ ticket: entered.ticket, code: codeAt(secret) });
    expect(await stranger.call().session.me()).not.toBeNull();
  });

  it('is not set by a link after half an hour, nor by a link that was made up', async () => {
    const { email, letters } = await newcomer();
    await writeReset(api.db, { email, device: null, ip: null }, new Date());
    const [letter] = await letters();
    await api.database.sql`update account_links set expires_at = now() - interval '1 second' where purpose = 'reset'`;
    const stranger = openBrowser(api.runtime).call();
    for (const token of [letter?.token ?? '', 'made-up'])
      expect(await codeOf(stranger.session.reset({ token, password: NEXT }))).toBe('NOT_FOUND');
  });

  it('is asked for with the same work, whether there is an account or not', async () => {
    const { email } = await newcomer();
    const jobs = async (address: string) => {
      const answer = await openBrowser(api.runtime).call().session.forgot({ email: address });
      const rows = await api.database.sql`select id from graphile_worker.jobs where task_identifier = 'send-reset'`;
      return { answer, rows: rows.length };
    };
    expect(await jobs(email)).toEqual({ answer: { post: 'files' }, rows: 1 });
    expect(await jobs('nobody@test.example')).toEqual({ answer: { post: 'files' }, rows: 2 });
    await writeReset(api.db, { email: 'nobody@test.example', device: null, ip: null }, new Date());
    expect(await listOwed(api, 'nobody@test.example')).toEqual([]);
  });

  it('is changed with the old one; other sessions end, this one goes on under a new token', async () => {
    const { browser, email, letters } = await newcomer();
    const other = openBrowser(api.runtime, '192.0.2.8');
    await signIn(other, email);
    expect(await codeOf(browser.call().account.changePassword({ current: 'not this', password: NEXT }))).toBe(
      'INVALID',
    );
    const before = browser.cookie();
    await browser.call().account.changePassword({ current: PASSWORD, password: NEXT });
    expect(await browser.call().session.me()).not.toBeNull();
    expect(browser.cookie()).not.toBe(before);
    expect(await other.call().session.me()).toBeNull();
    expect((await letters()).map(({ kind }) => kind)).toContain('password-changed');
  });
});

describe('codes of an app', () => {
  it('are those of RFC 6238, by the real procedure', async () => {
    const person = await newcomer();
    await person.browser.call().account.beginTotp();
    const [row] = await api.database.sql<{ id: string }[]>`select id from users where email = ${person.email}`;
    const userId = idOf('user', row?.id ?? '');
    // Appendix B of the RFC, SHA-1: its codes have eight digits, of which ours are the last six.
    const vectors = [
      [59, '94287082'],
      [1_111_111_109, '07081804'],
      [1_111_111_111, '14050471'],
      [1_234_567_890, '89005924'],
      [2_000_000_000, '69279037'],
      [20_000_000_000, '65353130'],
    ] as const;
    for (const [seconds, code] of vectors) {
      await putSeedOf(userId, '12345678901234567890');
      const now = new Date(seconds * 1000);
      const principal = await createMemberOf(userId);
      const caller = { db: api.db, now, from: { ip: null, userAgent: null }, principal, sealer: api.runtime.sealer };
      await confirmTotp(caller, { code: code.slice(2) });
      await api.database.sql`delete from totp_seeds`;
    }
  });

  it('work once, each, and of two sign-ins at once with one ticket one gets in', async () => {
    const { email, secret } = await withTotp();
    const code = codeAt(secret);
    const { ticket } = await ticketOf(email);
    const browsers = [1, 2, 3].map((host) => openBrowser(api.runtime, `192.0.2.10${host}`));
    const outcomes = await Promise.all(
      browsers.map((browser) => codeOf(browser.call().session.secondFactor({ ticket, code }))),
    );
    expect(outcomes.filter((outcome) => outcome === 'OK')).toHaveLength(1);
    const again = await ticketOf(email);
    expect(await codeOf(again.browser.call().session.secondFactor({ ticket: again.ticket, code }))).toBe(
      'UNAUTHENTICATED',
    );
    const [sessions] = await api.database.sql<
      { many: number }[]
    >`select count(*)::int as many from sessions join users on users.id = user_id where email = ${email}`;
    // That of the registration, and one.
    expect(sessions?.many).toBe(2);
  });

  it('are guessed a few times, however many guess at once, and then there is a wait', async () => {
    const { email, secret } = await withTotp();
    const { ticket, browser } = await ticketOf(email);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => codeOf(browser.call().session.secondFactor({ ticket, code: '000000' }))),
    );
    expect(outcomes.filter((outcome) => outcome !== 'RATE_LIMITED').length).toBeLessThanOrEqual(6);
    expect(await codeOf(browser.call().session.secondFactor({ ticket, code: codeAt(secret) }))).toBe('RATE_LIMITED');
    await api.database.sql`update sign_in_attempts set expire = now() where key like 'gate:%'`;
    expect(await codeOf(browser.call().session.secondFactor({ ticket, code: codeAt(secret) }))).toBe('OK');
  });

  it('are replaced by a recovery code, once, and the person is told', async () => {
    const { email, recoveryCodes, letters } = await withTotp();
    expect(recoveryCodes).toHaveLength(10);
    const first = await ticketOf(email);
    const code = (recoveryCodes[0] ?? '').toUpperCase().replace('-', ' ');
    await first.browser.call().session.secondFactor({ ticket: first.ticket, code });
    expect(await first.browser.call().account.security()).toMatchObject({ recoveryCodes: 9 });
    const second = await ticketOf(email);
    expect(await codeOf(second.browser.call().session.secondFactor({ ticket: second.ticket, code }))).toBe(
      'UNAUTHENTICATED',
    );
    expect((await letters()).map(({ kind }) => kind)).toContain('recovery-used');
  });

  it('are not skipped by registering the account once more', async () => {
    const { email } = await withTotp();
    const stranger = openBrowser(api.runtime, '203.0.113.20');
    const entered = await stranger
      .call()
      .session.register({ name: 'Nora', email, password: PASSWORD, organisation: 'Again' });
    expect(entered.next).toBe('second-factor');
    expect(await stranger.call().session.me()).toBeNull();
  });

  it('have a seed that is sealed for its row, and is sealed anew under another key', async () => {
    const [one, other] = [await withTotp(), await withTotp()];
    const rows = await api.database.sql<{ sealed: Buffer; key_id: string }[]>`select sealed, key_id from totp_seeds`;
    for (const { sealed } of rows)
      expect(sealed.includes(Buffer.from(Secret.fromBase32(one.secret).buffer))).toBe(false);
    const next = createSealer([
      { id: 'next', key: new Uint8Array(32).fill(9) },
      { id: 'test', key: new Uint8Array(32).fill(7) },
    ]);
    expect(await resealSeeds(api.db, next)).toBeGreaterThanOrEqual(2);
    expect(await resealSeeds(api.db, next)).toBe(0);
    const later = openBrowser({ ...api.runtime, sealer: next }, '192.0.2.9');
    const { ticket } = await ticketOf(other.email, later);
    expect(await codeOf(later.call().session.secondFactor({ ticket, code: codeAt(other.secret) }))).toBe('OK');
    // A seed that is moved to another account does not open there.
    await api.database
      .sql`update totp_seeds set sealed = (select sealed from totp_seeds join users on users.id = user_id
      where email = ${other.email}) where user_id = (select id from users where email = ${one.email})`;
    const moved = openBrowser({ ...api.runtime, sealer: next }, '192.0.2.10');
    const stolen = await ticketOf(one.email, moved);
    expect(
      await codeOf(moved.call().session.secondFactor({ ticket: stolen.ticket, code: codeAt(other.secret) })),
    ).not.toBe('OK');
    await resealSeeds(api.db, api.runtime.sealer).catch(() => undefined);
  });
});

describe('a confirmation', () => {
  it('is asked for after five minutes, and given by the password', async () => {
    const { browser } = await newcomer();
    await api.database.sql`update sessions set stepped_up_at = now() - interval '5 minutes'`;
    expect(await codeOf(browser.call().account.beginTotp())).toBe('STEP_UP');
    expect(await codeOf(browser.call().account.stepUp({ password: 'not this' }))).toBe('INVALID');
    expect(await codeOf(browser.call().account.beginTotp())).toBe('STEP_UP');
    await browser.call().account.stepUp({ password: PASSWORD });
    expect(await codeOf(browser.call().account.beginTotp())).toBe('OK');
  });

  it('of an account with a second factor is given by that, not by the password', async () => {
    const { browser, secret } = await withTotp();
    await api.database.sql`update sessions set stepped_up_at = now() - interval '6 minutes'`;
    expect(await codeOf(browser.call().account.stepUp({ password: PASSWORD }))).toBe('INVALID');
    await browser.call().account.stepUp({ code: codeAt(secret) });
    expect(await codeOf(browser.call().account.makeRecoveryCodes())).toBe('OK');
    await browser.call().account.removeTotp();
    expect(await browser.call().account.security()).toMatchObject({ totpSince: null, recoveryCodes: 0 });
  });
});

describe('sessions', () => {
  it('are listed and ended, one by one and all others, and none of somebody else', async () => {
    const { browser, email, letters } = await newcomer();
    const others = [1, 2].map((host) => openBrowser(api.runtime, `192.0.2.2${host}`));
    for (const other of others) await signIn(other, email);
    const listed = await browser.call().account.sessions();
    expect(listed).toHaveLength(3);
    expect(listed.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    const stranger = await newcomer();
    const [first, second] = listed.filter(({ isCurrent }) => !isCurrent);
    expect(await codeOf(stranger.browser.call().account.endSession({ id: first?.id ?? '' }))).toBe('NOT_FOUND');
    await browser.call().account.endSession({ id: first?.id ?? '' });
    expect((await browser.call().account.sessions()).map(({ id }) => id)).toContain(second?.id);
    expect(await browser.call().account.endOtherSessions()).toEqual({ ended: 1 });
    for (const other of others) expect(await other.call().session.me()).toBeNull();
    expect((await letters()).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['new-device', 'sessions-ended', 'verify']),
    );
  });
});

async function createMemberOf(userId: UserId) {
  const orgId = await createOrganisation(api.db);
  return { ...(await createMember(api.db, orgId, 'viewer')), userId };
}

const putSeedOf = (userId: UserId, ascii: string) =>
  asSystem(api.db, async (tx) => {
    await putSeed(tx, { userId, ...api.runtime.sealer.seal(Buffer.from(ascii), `totp ${userId}`) });
  });
