import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { idOf } from '#core/requests/ids.ts';
import { askHere, type AskFormulas } from '#server/compute/formula-threads.ts';
import { packBars } from '#server/db/bar-chunk.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { insertBarChunks } from '#server/db/queries/bar-chunks.ts';
import { insertMarket, lockMarket } from '#server/db/queries/markets.ts';
import { callAs } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { NOWHERE } from '../context.ts';
import { addBars } from './add-bars.ts';

const api = testApi();
const BEGIN = Date.UTC(2020, 0, 1);
const barsOf = (length: number, close: number) => {
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

it('no question about a formula is waited for while a market is locked', { timeout: 60_000 }, async () => {
  const owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  const call = callAs(api.runtime, owner);
  const store = (symbol: string) =>
    withOrg(api.db, owner.orgId, async (tx) => {
      const bars = barsOf(500, 10.5);
      const id = await insertMarket(tx, {
        orgId: owner.orgId,
        symbol,
        name: symbol,
        timeframe: '1m',
        currency: 'USD',
        source: 'test',
        barCount: 500,
        firstTime: BEGIN,
        lastTime: bars.time[499] ?? 0,
      });
      await insertBarChunks(tx, owner.orgId, idOf('market', id ?? ''), packBars(bars, 500));
      return id ?? '';
    });
  const [own, feed] = [await store('OWN'), await store('FEEDME')];
  const { id: formulaId } = await call.formula.create({
    name: 'F',
    code: 'spy = feed("FEEDME", "1m")\nbuy(when: close > spy.close)\nsell(when: close < spy.close)',
  });
  const { id: versionId } = await call.version.create({ formulaId, message: '' });
  const { id: botId } = await call.bot.create({
    name: 'Bot',
    versionId,
    marketId: own,
    mode: 'paper',
    settings: DEFAULT_SETTINGS,
  });
  await call.bot.start({ id: botId });
  await asSystem(api.db, (tx) => tx.execute(sql`update bots set next_bar = 400 where id = ${botId}`));
  const said: string[] = [];
  const slow: AskFormulas = async (organisation, kind, task) => {
    said.push(
      await withOrg(api.db, owner.orgId, async (tx) => {
        await tx.execute(sql`set local lock_timeout = 500`);
        return lockMarket(tx, owner.orgId, idOf('market', feed), 'share');
      }).then(
        () => 'free',
        () => 'locked',
      ),
    );
    return askHere(organisation, kind, task);
  };
  const caller = { db: api.db, now: new Date(), from: NOWHERE, principal: owner, formulas: slow };
  const csv = `time,open,high,low,close,volume\n${BEGIN},10,12,9,11,1\n`;
  async function* body(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(csv);
  }
  const add = (seen?: string) =>
    addBars(caller, { marketId: idOf('market', feed), importId: crypto.randomUUID(), seen }, body());
  const asked = await add();
  await add((asked.kind === 'asked' && asked.correction?.seen) || '');
  // The version is read once, and is known from then on.
  expect(said).toEqual(['free']);
  expect((await call.bot.get({ id: botId })).notice).toContain('1 bar of FEEDME 1m');
});
