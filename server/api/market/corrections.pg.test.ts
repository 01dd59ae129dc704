import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { packBars } from '#server/db/bar-chunk.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { insertBarChunks } from '#server/db/queries/bar-chunks.ts';
import { insertMarket } from '#server/db/queries/markets.ts';
import { callAs } from '#server/testing/api.ts';
import { fillOrganisation } from '#server/testing/organisation.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { act } from '#server/use-cases/act/act.ts';
import { NOWHERE } from '#server/use-cases/context.ts';
import { takeBars } from '#server/use-cases/market/take-bars.ts';

const api = testApi();
const BEGIN = Date.UTC(2020, 0, 1);

describe('corrections', () => {
  it('are bounded by what a plan stores', { timeout: 120_000 }, async () => {
    const owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
    const length = 20_000;
    const barsOf = (close: number) => {
      const column = (value: number): Float64Array => new Float64Array(length).fill(value);
      return {
        length,
        time: Float64Array.from({ length }, (_, bar) => BEGIN + bar * 60_000),
        open: column(10),
        high: column(12),
        low: column(9),
        close: column(close),
        volume: column(1),
      };
    };
    const id = await withOrg(api.db, owner.orgId, async (tx) => {
      const bars = barsOf(10.5);
      const marketId = await insertMarket(tx, {
        orgId: owner.orgId,
        symbol: 'ABC',
        name: 'Abc',
        timeframe: '1m',
        currency: 'USD',
        source: 'test',
        barCount: length,
        firstTime: BEGIN,
        lastTime: bars.time[length - 1] ?? 0,
      });
      await insertBarChunks(tx, owner.orgId, idOf('market', marketId ?? ''), packBars(bars, length));
      return marketId ?? '';
    });
    const bytes: number[] = [];
    for (let round = 1; round <= 6; round += 1) {
      await act({ db: api.db, now: new Date(), from: NOWHERE, principal: owner }, 'market.manage', (unit) =>
        takeBars(unit, {
          marketId: idOf('market', id),
          bars: barsOf(10.5 + round / 100),
          hasVolume: true,
          correct: 'always',
        }),
      );
      const [row] = await asSystem(api.db, (tx) =>
        tx.execute<{ bytes: string }>(
          sql`select sum(octet_length(changed) + octet_length(added)) as bytes from bar_corrections where market_id = ${id}`,
        ),
      );
      bytes.push(Number(row?.bytes));
    }
    // The same bars each time: nothing new to be remembered but the revision.
    expect(bytes.at(-1)).toBeLessThan(3 * (bytes[0] ?? 0));
  });

  it('are counted for a reader without stopping everybody else', { timeout: 300_000 }, async () => {
    const orgId = await createOrganisation(api.db);
    const viewer = await createMember(api.db, orgId, 'viewer');
    const { marketId, backtestId } = await fillOrganisation(api.db, orgId);
    const count = 1_000_000;
    const times = Buffer.from(Float64Array.from({ length: count }, (_, bar) => BEGIN + bar * 60_000).buffer);
    await asSystem(api.db, async (tx) => {
      for (let revision = 1; revision <= 10; revision += 1)
        await tx.execute(
          sql`insert into bar_corrections (org_id, market_id, revision, changed, added) values (${orgId}, ${marketId}, ${revision}, ${times}, ${Buffer.alloc(0)})`,
        );
      await tx.execute(sql`update markets set revision = 10, corrected = 10 where id = ${marketId}`);
      const madeOn = JSON.stringify({ revision: 0, feeds: {}, first: BEGIN, last: BEGIN + count * 60_000 });
      await tx.execute(
        sql`update backtests set status = 'succeeded', made_on = ${madeOn}::jsonb where id = ${backtestId}`,
      );
    });
    // Others get their turn between pieces: one as large as a correction would stop everybody.
    let [turns, isOver] = [0, false];
    const turn = (): void => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const read = await callAs(api.runtime, viewer).backtest.get({ id: backtestId });
    isOver = true;
    expect(read.bars.corrected).toMatchObject([{ bars: count }]);
    expect(turns).toBeGreaterThan(10 * 16);
  });
});
