import { describe, expect, it } from 'vitest';
import { parse } from '#core/formula/parse.ts';
import { callAs, openBrowser } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { createTestDatabase } from '#server/testing/test-database.ts';
import { DEMO_FORMULAS } from './demo-formulas.ts';
import { seedDemo } from './seed-demo.ts';

const api = testApi();

describe('the demo', () => {
  it('is made once, even by processes that start together, and names its logins at every start', async () => {
    const demos = await Promise.all([seedDemo(api.db), seedDemo(api.db)]);
    expect(demos.map((demo) => demo?.people.length)).toEqual([3, 3]);
    expect(await seedDemo(api.db)).toEqual(demos[0]);
  });

  it('has formulas without a problem, each with a version, the prices of the S&P 500 and a bot', async () => {
    const demo = await seedDemo(api.db);
    const browser = openBrowser(api.runtime);
    await browser.call().session.signIn({ email: demo?.people[0]?.email ?? '', password: demo?.password ?? '' });
    const formulas = await browser.call().formula.list();
    expect(formulas.map((formula) => [formula.name, formula.versionCount]).toSorted()).toEqual(DEMO_FORMULAS.map(({ name }) => [name, 1]).toSorted());
    for (const formula of formulas) {
      const [version] = await browser.call().version.list({ formulaId: formula.id });
      expect(version?.errorCount, formula.name).toBe(0);
    }
    const [market] = await browser.call().market.list();
    expect(market).toMatchObject({ symbol: 'SPX', timeframe: '1d', barCount: 5105, firstTime: Date.UTC(2000, 0, 3) });
    const bars = await browser.call().market.bars({ id: market?.id ?? '' });
    expect(bars).toMatchObject({ reducedBy: 1 });
    expect(bars.close.slice(0, 2)).toEqual([1455.219971, 1399.420044]);
  });

  it('is written in code that reads without a problem', () => {
    for (const { code } of DEMO_FORMULAS) expect(parse(code).diagnostics).toEqual([]);
  });

  it('does not come into a database that people use already', async () => {
    const other = await createTestDatabase();
    try {
      await createMember(other.db, await createOrganisation(other.db), 'owner');
      expect(await seedDemo(other.db)).toBeNull();
      const anybody = await createMember(other.db, await createOrganisation(other.db), 'owner');
      expect(await callAs({ ...api.runtime, db: other.db }, anybody).formula.list()).toEqual([]);
    } finally {
      await other.close();
    }
  });
});
