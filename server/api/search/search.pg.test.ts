import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { asSystem } from '#server/db/database.ts';
import { boundSearch } from '#server/db/queries/search.ts';
import { formulas } from '#server/db/schema/index.ts';
import { callAs } from '#server/testing/api.ts';
import { fillOrganisation, type Filled } from '#server/testing/organisation.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { wordsOf } from '#server/use-cases/search/find-things.ts';

const api = testApi();
let one: Filled;
let viewer: Awaited<ReturnType<typeof createMember>>;
beforeAll(async () => {
  const db = api.runtime.db;
  const orgId = await createOrganisation(db);
  viewer = await createMember(db, orgId, 'viewer');
  one = await fillOrganisation(db, orgId);
  await fillOrganisation(db, await createOrganisation(db));
  await asSystem(db, (tx) =>
    tx.insert(formulas).values([
      { orgId, name: '100% gold_cross', createdBy: viewer.userId },
      { orgId, name: 'Straße ÉCLAIR Москва', createdBy: viewer.userId },
      { orgId, name: 'Gold cross of old', createdBy: viewer.userId, archivedAt: new Date() },
    ]),
  );
});

const find = async (query: string) => callAs(api.runtime, viewer).search.find({ query });
const kinds = async (query: string) => (await find(query)).map(({ kind }) => kind);

describe('a search', () => {
  it('finds each kind of thing by its name, in the own organisation alone', async () => {
    expect(await kinds(one.mark)).toEqual(['formula', 'version', 'backtest', 'bot', 'market']);
    const found = await find('secret-');
    expect(found.map(({ id }) => id).toSorted()).toEqual(
      [one.formulaId, one.versionId, one.backtestId, one.botId, one.marketId].toSorted(),
    );
  });

  it('wants every word, in any order and in any case', async () => {
    expect(await find('CROSS gold')).toMatchObject([
      { name: '100% gold_cross', isArchived: false },
      { name: 'Gold cross of old', isArchived: true },
    ]);
    expect(await find('cross silver')).toEqual([]);
  });

  it.each(['éclair', 'eclair', 'ECLAIR', 'strasse', 'STRASSE', 'straße', 'москва', 'МОСКВА', 'e\u0301clair москва'])(
    'knows %s in any case, with accents or without',
    async (query) => expect(await find(query)).toMatchObject([{ name: 'Straße ÉCLAIR Москва' }]),
  );

  it('takes signs of patterns for what they are', async () => {
    expect(await find('0%')).toMatchObject([{ name: '100% gold_cross' }]);
    expect(await find('gold_')).toMatchObject([{ name: '100% gold_cross' }]);
    expect(await find('\\')).toEqual([]);
  });

  it('for nothing finds nothing', async () => expect(await find('  ')).toEqual([]));

  it('finds versions by their number', async () => {
    expect(await find(`v1 ${one.mark}`)).toMatchObject([{ kind: 'version', number: 1, formulaId: one.formulaId }]);
  });

  it('looks for each word once, and for none that another word has in it', () => {
    expect(wordsOf('cross Cross gold_cross a 12h 2h')).toEqual(['gold_cross', 'a', '12h']);
    expect(wordsOf('a b c d e f g h i j '.repeat(5))).toHaveLength(10);
  });

  it('of very many words is refused in words', async () => {
    await expect(find(Array.from({ length: 30 }, (_, word) => 10 + word).join(' '))).rejects.toThrow(
      'Search for at most 12 words at once.',
    );
  });

  it('is paid for by its words', async () => {
    const charged: number[] = [];
    const limits = { ...api.runtime.limits };
    limits.charge = (name, _charged, points = 1) => {
      if (name === 'search') charged.push(points);
      return Promise.resolve();
    };
    await callAs({ ...api.runtime, limits }, viewer).search.find({ query: 'gold silver iron' });
    expect(charged.reduce((sum, points) => sum + points)).toBe(3);
  });

  it('takes one statement no longer than a search may', async () => {
    const time = await asSystem(api.runtime.db, async (tx) => {
      await boundSearch(tx);
      return tx.execute(sql`select current_setting('statement_timeout') as time`);
    });
    expect(time).toMatchObject([{ time: '2s' }]);
  });
});
