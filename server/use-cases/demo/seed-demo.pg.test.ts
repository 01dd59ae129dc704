import { describe, expect, it } from 'vitest';
import { fromJsonText } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import { keysOf } from '#core/merge/change-keys.ts';
import { merge } from '#core/merge/merge.ts';
import { callAs, openBrowser } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { createTestDatabase } from '#server/testing/test-database.ts';
import { DEMO_FORMULAS } from './demo-formulas.ts';
import { DEMO } from './demo.ts';
import { closePublishedLogins, describeDemo } from './published-logins.ts';
import { seedDemo } from './seed-demo.ts';

const api = testApi();
const HERE = { onlyHere: true };

describe('the demo', () => {
  it('is made once, even by processes that start together, and names its logins at every start', async () => {
    const demos = await Promise.all([seedDemo(api.db, HERE), seedDemo(api.db, HERE)]);
    expect(demos.map((demo) => demo?.people.length)).toEqual([3, 3]);
    expect(await seedDemo(api.db, HERE)).toEqual(demos[0]);
  });

  it('has formulas without a problem, each with a version, the prices of the S&P 500 and a bot', async () => {
    const demo = await seedDemo(api.db, HERE);
    const browser = openBrowser(api.runtime);
    await browser.call().session.signIn({ email: demo?.people[0]?.email ?? '', password: demo?.password ?? '' });
    const formulas = await browser.call().formula.list();
    expect(formulas.map((formula) => [formula.name, formula.versionCount]).toSorted()).toEqual(
      DEMO_FORMULAS.flatMap(({ name, first, branch }): [string, number][] => [
        [name, first === undefined ? 1 : 2],
        ...(branch ? [[branch.name, 1] as [string, number]] : []),
      ]).toSorted(),
    );
    for (const formula of formulas) {
      const [version] = await browser.call().version.list({ formulaId: formula.id });
      expect(version?.errorCount, formula.name).toBe(0);
    }
    expect(formulas.flatMap(({ name, published }) => (published ? [[name, published.number]] : []))).toEqual([
      ['RSI pullback', 1],
    ]);
    const waiting = await browser.call().review.list({ which: 'waiting' });
    expect(waiting).toMatchObject([{ author: { name: 'Ben' }, baseNumber: 1, versionNumber: 2 }]);
    const [market] = await browser.call().market.list();
    expect(market).toMatchObject({ symbol: 'SPX', timeframe: '1d', barCount: 5105, firstTime: Date.UTC(2000, 0, 3) });
    const bars = await browser.call().market.bars({ id: market?.id ?? '' });
    expect(bars).toMatchObject({ reducedBy: 1 });
    expect(bars.close.slice(0, 2)).toEqual([1455.219971, 1399.420044]);
  });

  it('has a branch with a few changes, which can be merged as it is', async () => {
    const demo = await seedDemo(api.db, HERE);
    const browser = openBrowser(api.runtime);
    await browser.call().session.signIn({ email: demo?.people[0]?.email ?? '', password: demo?.password ?? '' });
    const branch = (await browser.call().formula.list()).find(({ branchOf }) => branchOf !== null);
    const into = branch?.branchOf?.id;
    if (!branch || into === undefined) throw new Error('the demo has no branch');
    const pair = await browser.call().branch.pair({ into, from: branch.id });
    const [base, ours, theirs] = [pair.base, pair.into, pair.from].map(({ json }) => fromJsonText(json).formula);
    if (!base || !ours || !theirs) throw new Error('a pair has three sides');
    // Their ids are those of the origin, but for what is new.
    expect(Object.keys(theirs.nodes)).toEqual(expect.arrayContaining(Object.keys(base.nodes)));
    const { theirs: changes } = merge(base, ours, theirs);
    expect(changes.flatMap(({ sentences }) => sentences)).toEqual(
      expect.arrayContaining(['lookback 55 → 40', expect.stringContaining('calm = ')]),
    );
    expect(changes.every(({ conflicts }) => conflicts.length === 0)).toBe(true);
    const merged = await browser.call().branch.merge({
      into,
      from: branch.id,
      base: pair.base.id,
      theirs: pair.from.contentHash,
      chosen: [...keysOf(changes)],
      undone: [],
    });
    expect(merged.number).toBe(2);
  });

  it('is written in code that reads without a problem', () => {
    for (const { code, branch } of DEMO_FORMULAS)
      for (const text of [code, branch?.code ?? code]) expect(parse(text).diagnostics).toEqual([]);
  });

  it('does not come into a database that people use already', async () => {
    const other = await createTestDatabase();
    try {
      await createMember(other.db, await createOrganisation(other.db), 'owner');
      expect(await seedDemo(other.db, HERE)).toBeNull();
      const anybody = await createMember(other.db, await createOrganisation(other.db), 'owner');
      expect(await callAs({ ...api.runtime, db: other.db }, anybody).formula.list()).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('tells its logins to somebody at this machine alone', async () => {
    await seedDemo(api.db, HERE);
    const told = (ip: string | null, config = { demo: true, onlyHere: true }) =>
      describeDemo({ db: api.db, config, from: { ip } });
    expect(await told('127.0.0.1')).toEqual(DEMO);
    expect(await told('::1')).toEqual(DEMO);
    for (const ip of ['203.0.113.5', '10.0.0.1', null]) expect(await told(ip)).toBeNull();
    expect(await told('127.0.0.1', { demo: true, onlyHere: false })).toBeNull();
    expect(await told('127.0.0.1', { demo: false, onlyHere: true })).toBeNull();
  });

  it('is closed, and its sessions end, where others reach a database that was filled when nobody did', async () => {
    await seedDemo(api.db, HERE);
    const email = DEMO.people[0]?.email ?? '';
    const before = openBrowser(api.runtime);
    await before.call().session.signIn({ email, password: DEMO.password });
    const closed = await Promise.all([closePublishedLogins(api.db), closePublishedLogins(api.db)]);
    expect(closed.filter(Boolean)).toHaveLength(1);
    expect(await before.call().session.me()).toBeNull();
    await expect(openBrowser(api.runtime).call().session.signIn({ email, password: DEMO.password })).rejects.toThrow(
      /not right/,
    );
    await openBrowser(api.runtime)
      .call()
      .session.signIn({ email, password: closed.find(Boolean)?.password ?? '' });
    expect(await seedDemo(api.db, { onlyHere: false })).toBeNull();
    expect(
      await describeDemo({ db: api.db, config: { demo: true, onlyHere: true }, from: { ip: '127.0.0.1' } }),
    ).toBeNull();
  });

  it('has a random password where it is asked for and others reach it', async () => {
    const other = await createTestDatabase();
    try {
      const demo = await seedDemo(other.db, { onlyHere: false });
      expect(demo?.password).toMatch(/^[\w-]{20}$/);
      const email = DEMO.people[0]?.email ?? '';
      const browser = openBrowser({ ...api.runtime, db: other.db });
      await expect(browser.call().session.signIn({ email, password: DEMO.password })).rejects.toThrow(/not right/);
      await browser.call().session.signIn({ email, password: demo?.password ?? '' });
      expect(await seedDemo(other.db, { onlyHere: false })).toBeNull();
    } finally {
      await other.close();
    }
  });
});
