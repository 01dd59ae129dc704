import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { idOf } from '#core/requests/ids.ts';
import { BarCache } from '#server/compute/bar-cache.ts';
import { BotRunners } from '#server/compute/bot/bot-runners.ts';
import { askHere } from '#server/compute/formula-threads.ts';
import { runAdvance } from '#server/compute/run-task.ts';
import { packBars } from '#server/db/bar-chunk.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { insertBarChunks } from '#server/db/queries/bar-chunks.ts';
import { lockBot } from '#server/db/queries/bots.ts';
import { insertMarket } from '#server/db/queries/markets.ts';
import { callAs } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { act } from '../act/act.ts';
import { NOWHERE } from '../context.ts';
import { takeBars } from '../market/take-bars.ts';
import { tickBot } from './tick-bot.ts';

const api = testApi();
const BEGIN = Date.UTC(2020, 0, 1);
const barsOf = (from: number, length: number, close: number) => {
  const column = (value: number): Float64Array => new Float64Array(length).fill(value);
  return {
    length,
    time: Float64Array.from({ length }, (_, bar) => BEGIN + (from + bar) * 60_000),
    open: column(10),
    high: column(12),
    low: column(9),
    close: column(close),
    volume: column(1),
  };
};

it('a bot whose bars are corrected again and again has one replay', { timeout: 120_000 }, async () => {
  const owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  const { orgId } = owner;
  const call = callAs(api.runtime, owner);
  const marketId = await withOrg(api.db, orgId, async (tx) => {
    const bars = barsOf(0, 30_000, 10.5);
    const id = await insertMarket(tx, {
      orgId,
      symbol: 'ABC',
      name: 'Abc',
      timeframe: '1m',
      currency: 'USD',
      source: 'test',
      barCount: bars.length,
      firstTime: BEGIN,
      lastTime: bars.time[bars.length - 1] ?? 0,
    });
    await insertBarChunks(tx, orgId, idOf('market', id ?? ''), packBars(bars, bars.length));
    return id ?? '';
  });
  const { id: formulaId } = await call.formula.create({ name: 'F', code: 'buy(when: close > sma(close, 3))' });
  const { id: versionId } = await call.version.create({ formulaId, message: '' });
  const { id: botId } = await call.bot.create({
    name: 'Bot',
    versionId,
    marketId,
    mode: 'paper',
    settings: DEFAULT_SETTINGS,
  });
  await call.bot.start({ id: botId });
  await asSystem(api.db, (tx) => tx.execute(sql`update bots set next_bar = 29000 where id = ${botId}`));
  const [cache, runners] = [new BarCache(), new BotRunners()];
  for (let round = 1; round <= 6; round += 1) {
    await act({ db: api.db, now: new Date(), from: NOWHERE, principal: owner }, 'market.manage', (unit) =>
      takeBars(unit, {
        marketId: idOf('market', marketId),
        bars: barsOf(5, 1, 10.5 + round / 100),
        hasVolume: true,
        correct: 'always',
      }),
    );
    const bot = await withOrg(api.db, orgId, (tx) => lockBot(tx, orgId, botId));
    await tickBot(
      api.db,
      { orgId, botId, step: bot?.step ?? 0 },
      {
        load: (tx, market) => cache.load(tx, market),
        formulas: askHere,
        advance: async (task) => runAdvance(runners, task),
      },
    );
  }
  const [row] = await asSystem(api.db, (tx) =>
    tx.execute<{ replays: number }>(
      sql`select count(*)::int as replays from graphile_worker.jobs where task_identifier in ('replay-bot', 'tick-bot')`,
    ),
  );
  // The replay, the bar that the start added, and one bar for all corrections together.
  expect(row?.replays).toBe(3);
});
