import { sql, type SQLWrapper } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import { fillOrganisation, type Filled } from '#server/testing/organisation.ts';
import { createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { asSystem, withOrg, type Tx } from './database.ts';
import { listWaiting, lockBotsOn } from './queries/bots-on-market.ts';
import { listBots, listSignals } from './queries/bots.ts';
import { listEventsAfter } from './queries/events.ts';
import { findMarket, type MarketRow } from './queries/markets.ts';
import { listMembers } from './queries/organisations.ts';
import { listVersions } from './queries/versions.ts';

/** Rows of the other organisation in each large table; `TEST_SCALE=20` for a million. */
const FOREIGN = 50_000 * SCALE;

let database: TestDatabase;
let own: Filled;
let other: Filled;
let market: MarketRow | null;
beforeAll(async () => {
  database = await createTestDatabase();
  own = await fillOrganisation(database.db, await createOrganisation(database.db));
  other = await fillOrganisation(database.db, await createOrganisation(database.db));
  const { orgId, botId, versionId } = other;
  await asSystem(database.db, async (tx) => {
    await tx.execute(sql`insert into signals (org_id, bot_id, version_id, symbol, timeframe, bar_time, node_id, kind, price)
      select ${orgId}::uuid, ${botId}::uuid, ${versionId}::uuid, 'S', '1d', n, 'n', 'buy', 1 from generate_series(1, ${FOREIGN}::int) n`);
    await tx.execute(
      sql`insert into events (org_id, sequence, kind, payload) select ${orgId}::uuid, n, 'team.changed', '{}' from generate_series(1, ${FOREIGN}::int) n`,
    );
    await tx.execute(
      sql`insert into events (org_id, sequence, kind, payload) select ${own.orgId}::uuid, n, 'team.changed', '{}' from generate_series(1, 10) n`,
    );
  });
  await asSystem(database.db, (tx) =>
    tx.execute(
      sql`insert into users (email, name, password_hash) select n || '@test.example', n, '!' from generate_series(1, ${FOREIGN}::int) n`,
    ),
  );
  await asSystem(database.db, (tx) =>
    tx.execute(sql`insert into versions (org_id, formula_id, number, message, author_id, code, json, content_hash, error_count, document_state)
    select org_id, formula_id, number + n, message, author_id, code, json, content_hash, error_count, document_state from versions, generate_series(1, 500) n where org_id = ${own.orgId}::uuid`),
  );
  await asSystem(database.db, (tx) =>
    tx.execute(sql`insert into sessions (id, user_id, org_id, expires_at, absolute_expires_at)
    select n::text, ${other.userId}::uuid, ${orgId}::uuid, now() + interval '1 day', now() + interval '1 day' from generate_series(1, ${FOREIGN / 10}::int) n`),
  );
  await asSystem(database.db, (tx) =>
    tx.execute(sql`insert into bots (org_id, name, formula_id, version_id, market_id, settings, next_bar, created_by)
    select org_id, n::text, formula_id, version_id, market_id, settings, 1, created_by from bots, generate_series(1, ${FOREIGN}::int) n where id = ${botId}::uuid`),
  );
  await asSystem(database.db, (tx) =>
    tx.execute(sql`insert into versions (org_id, formula_id, number, message, author_id, code, json, content_hash, error_count, document_state)
    select org_id, formula_id, number + n, '', author_id, '', '"S"', n::text, error_count, '' from versions, generate_series(1, ${FOREIGN}::int) n where id = ${versionId}::uuid`),
  );
  await asSystem(database.db, (tx) => tx.execute(sql`update bots set next_bar = 1 where id = ${own.botId}::uuid`));
  market = await withOrg(database.db, own.orgId, (tx) => findMarket(tx, own.orgId, own.marketId));
  // All rows are looked at, so that the few own ones are among the statistics for certain.
  for (const table of ['signals', 'events', 'versions', 'sessions', 'bots'])
    await database.asOwner(`alter table ${table} alter column org_id set statistics 1000`);
  await database.asOwner('vacuum analyze');
}, 600_000);
afterAll(() => database.close());

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Node[];
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** How many rows of `table` a query looks at, and how. */
async function looked(
  table: string,
  query: (tx: Tx) => SQLWrapper,
  work: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>,
): Promise<{ rows: number; how: string[]; ms: number }> {
  return work(async (tx) => {
    const [row] = await tx.execute<{
      'QUERY PLAN': readonly { readonly Plan: Node; readonly 'Execution Time': number }[];
    }>(sql`explain (analyze, format json) ${query(tx)}`);
    const [explained] =
      typeof row?.['QUERY PLAN'] === 'string'
        ? (JSON.parse(row['QUERY PLAN']) as { Plan: Node; 'Execution Time': number }[])
        : (row?.['QUERY PLAN'] ?? []);
    if (!explained) throw new Error('a plan');
    const nodes = nodesOf(explained.Plan).filter((node) => node['Relation Name'] === table);
    const rows = nodes.reduce(
      (sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
      0,
    );
    return { rows, how: nodes.map((node) => node['Node Type']), ms: explained['Execution Time'] };
  });
}

const asOwn = <T>(act: (tx: Tx) => Promise<T>) => withOrg(database.db, own.orgId, act);
const asSys = <T>(act: (tx: Tx) => Promise<T>) => asSystem(database.db, act);

describe('beside an organisation with many rows', () => {
  it.each<readonly [string, string, (tx: Tx) => SQLWrapper]>([
    ['the list of bots', 'signals', (tx) => listBots(tx, own.orgId, { limit: 1000 })],
    ['the list of signals', 'signals', (tx) => listSignals(tx, own.orgId, { limit: 100 })],
    ['the signals of a bot', 'signals', (tx) => listSignals(tx, own.orgId, { botId: own.botId, limit: 100 })],
    ['what has happened since', 'events', (tx) => listEventsAfter(tx, own.orgId, 5, 500)],
    // Whoever forgets the organisation in a query of their own pays no more.
    ['signals without a word of whose', 'signals', () => sql`select count(*) from signals`],
    ['events without a word of whose', 'events', () => sql`select count(*) from events`],
    ['a change without a word of whose', 'signals', () => sql`select id from signals order by emitted_at desc limit 5`],
    ['who made versions', 'users', (tx) => listVersions(tx, own.orgId, { formulaId: own.formulaId, limit: 1000 })],
    ['the members', 'users', (tx) => listMembers(tx, own.orgId)],
  ])('%s looks at its own rows alone, by an index', async (_, table, query) => {
    const { rows, how } = await looked(table, query, asOwn);
    expect(how.length).toBeGreaterThan(0);
    expect(how.filter((type) => type === 'Seq Scan')).toEqual([]);
    // Its own are 501 versions and a few of everything else; the person behind each version is looked up.
    expect(rows).toBeLessThanOrEqual(600);
  });

  it.each(['bots', 'versions'])('the bots on a market are locked by looking at its own %s alone', async (table) => {
    const given = market;
    if (!given) throw new Error('a market');
    for (const readers of [
      { known: [], reading: [] },
      { known: [own.versionId], reading: [own.versionId] },
    ]) {
      const { rows, how } = await looked(table, (tx) => lockBotsOn(tx, given, readers), asOwn);
      expect(how.filter((type) => type === 'Seq Scan')).toEqual([]);
      expect(rows).toBeLessThanOrEqual(1100);
    }
    const waiting = await looked('bots', (tx) => listWaiting(tx, given, 0), asOwn);
    expect(waiting.how.filter((type) => type === 'Seq Scan')).toEqual([]);
    expect(waiting.rows).toBeLessThanOrEqual(10);
  });

  it.each<readonly [string, string, SQLWrapper]>([
    ['old events', 'events', sql`select from events where created_at < now() - interval '2 days'`],
    ['ended sessions', 'sessions', sql`select from sessions where expires_at < now()`],
  ])('%s are found without looking at the others', async (_, table, query) => {
    const { rows } = await looked(table, () => query, asSys);
    expect(rows).toBeLessThanOrEqual(1);
  });

  it('removing a bot looks for its signals by an index', async () => {
    const { rows, how } = await looked(
      'signals',
      () => sql`select from signals where org_id = ${own.orgId}::uuid and bot_id = ${own.botId}::uuid`,
      asSys,
    );
    expect(how.filter((type) => type === 'Seq Scan')).toEqual([]);
    expect(rows).toBe(1);
  });
});
