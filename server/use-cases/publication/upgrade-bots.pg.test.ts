import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { BotId, FormulaId, MarketId, VersionId } from '#core/requests/ids.ts';
import { BotRunners } from '#server/compute/bot/bot-runners.ts';
import { askHere } from '#server/compute/formula-threads.ts';
import { runAdvance } from '#server/compute/run-task.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { loadBars } from '#server/db/queries/bar-chunks.ts';
import { findBot } from '#server/db/queries/bots.ts';
import { appendUpdates } from '#server/db/queries/document-updates.ts';
import { loadDocument } from '#server/db/queries/documents.ts';
import { EDITORS } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { draftAfter } from '#server/testing/draft-after.ts';
import { storeMarket, walk } from '#server/testing/growing-market.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { tickBot } from '../bot/tick-bot.ts';

const api = testApi();
const BARS = 120;
let ada: Person;
let call: Caller;
let marketId: MarketId;
let formulaId: FormulaId;
let old: VersionId;

/** Enters at once where it is flat, and leaves after falls: it is in the market most of the time. */
const OLD = 'buy(when: close > open)\nsell(when: close < lowest(low, 4)[1])';
const NEW = 'buy(when: close > sma(close, 5))\nsell(when: close < sma(close, 5))';

beforeEach(async () => {
  ada = await createMember(api.db, await createOrganisation(api.db), 'owner');
  call = callAs(api.runtime, ada);
  marketId = await storeMarket(api.db, ada.orgId, walk('W', '1d', BARS, 7));
  formulaId = (await call.formula.create({ name: 'F', code: OLD })).id;
  old = (await call.version.create({ formulaId, message: '' })).id;
});

async function newVersion(code: string): Promise<VersionId> {
  await withOrg(api.db, ada.orgId, async (tx) => {
    const stored = await loadDocument(tx, formulaId);
    if (!stored) throw new Error('no document');
    const place = { orgId: ada.orgId, formulaId, after: stored.sequence, epoch: stored.epoch, editors: EDITORS };
    await appendUpdates(tx, place, [{ actorId: ada.userId, bytes: draftAfter(stored.updates, code) }]);
  });
  return (await call.version.create({ formulaId, message: '' })).id;
}

async function startBot(): Promise<BotId> {
  const { id } = await call.bot.create({
    name: 'B',
    versionId: old,
    marketId,
    mode: 'paper',
    settings: DEFAULT_SETTINGS,
  });
  await call.bot.start({ id });
  return id;
}
const rowOf = (id: BotId) => withOrg(api.db, ada.orgId, (tx) => findBot(tx, ada.orgId, id));

/** Takes bars until `until`; on a server of its own from time to time, as when one dies. */
async function run(id: BotId, until: (row: NonNullable<Awaited<ReturnType<typeof rowOf>>>) => boolean): Promise<void> {
  let runners = new BotRunners();
  for (;;) {
    const row = await rowOf(id);
    if (!row || until(row) || (row.nextBar ?? 0) >= BARS) return;
    if (row.step % 11 === 0) runners = new BotRunners();
    const tools = {
      load: loadBars,
      formulas: askHere,
      advance: async (task: Parameters<typeof runAdvance>[1]) => runAdvance(runners, task),
    };
    await tickBot(api.db, { orgId: ada.orgId, botId: id, step: row.step }, tools);
  }
}

const signalsOf = async (botId: BotId) => (await call.signal.list({ botId, limit: 500 })).toReversed();
const isOver = ({ versionId }: { readonly versionId: VersionId }) => versionId !== old;

describe('a bot that goes over when it is flat', () => {
  it('goes over at the end of a bar that leaves it flat, and begins with no more than the money that is there', async () => {
    const id = await startBot();
    await run(id, ({ step }) => step === 3);
    const versionId = await newVersion(NEW);
    await call.publication.publish({ versionId, notes: '', bots: [{ id, choice: 'flat' }] });
    expect(await call.bot.get({ id })).toMatchObject({ versionNumber: 1, nextVersionNumber: 2, upgrade: 'flat' });
    await run(id, isOver);
    const row = await rowOf(id);
    expect(row).toMatchObject({ versionId, nextVersionId: null, upgrade: null, status: 'running' });
    const before = await signalsOf(id);
    // Nothing that was said is left open: as many exits as entries.
    expect(before.length).toBeGreaterThan(0);
    expect(before.map(({ kind }) => kind).filter((kind) => kind === 'buy')).toHaveLength(
      before.filter(({ kind }) => kind === 'sell').length,
    );
    await run(id, () => false);
    const said = (await signalsOf(id)).filter((signal) => signal.versionId === versionId);
    expect(said[0]?.kind).toBe('buy');
    expect(said.every(({ kind }, index) => kind === (index % 2 === 0 ? 'buy' : 'sell'))).toBe(true);
    expect(said.every(({ barTime }) => barTime > (row?.tradesAfter ?? Infinity))).toBe(true);
    // The new version trades with the money that the old one left.
    expect(row?.carriedCash).not.toBe(DEFAULT_SETTINGS.cash);
    expect((await call.notification.list()).notifications.map(({ kind }) => kind)).toContain('bot.upgraded');
    expect((await call.audit.list({ action: 'bot.upgraded' }))[0]?.difference).toEqual([
      { field: 'version', before: '1', after: '2' },
    ]);
  });

  it('says the same, whether its runner was kept or made again at every bar', async () => {
    const versionId = await newVersion(NEW);
    const both = [await startBot(), await startBot()];
    await call.publication.publish({ versionId, notes: '', bots: both.map((id) => ({ id, choice: 'flat' as const })) });
    const [kept, made] = both;
    if (!kept || !made) throw new Error('two bots');
    await run(kept, () => false);
    for (;;) {
      const row = await rowOf(made);
      if ((row?.nextBar ?? BARS) >= BARS) break;
      await run(made, ({ step }) => step > (row?.step ?? 0));
    }
    const words = async (id: BotId) =>
      (await signalsOf(id)).map(({ barTime, kind, price, versionNumber }) => [barTime, kind, price, versionNumber]);
    expect(await words(made)).toEqual(await words(kept));
  });

  it('stays after all when the publication is taken back', async () => {
    const id = await startBot();
    const versionId = await newVersion(NEW);
    await call.publication.publish({ versionId, notes: '', bots: [{ id, choice: 'flat' }] });
    await call.publication.end({ formulaId });
    await run(id, () => false);
    expect(await rowOf(id)).toMatchObject({ versionId: old, nextVersionId: null });
  });
});

describe('a bot that goes over now', () => {
  it('does so at the end of its next bar without an order under way, and tells its followers what closes', async () => {
    old = await newVersion('buy(when: close > open)');
    const id = await startBot();
    const isIn = async () => {
      const said = await signalsOf(id);
      return said.filter(({ kind }) => kind === 'buy').length > said.filter(({ kind }) => kind === 'sell').length;
    };
    for (let step = 1; !(await isIn()); step += 1) await run(id, (row) => row.step === step);
    const versionId = await newVersion(NEW);
    await call.publication.publish({ versionId, notes: '', bots: [{ id, choice: 'now' }] });
    await run(id, isOver);
    const said = await signalsOf(id);
    expect(said.at(-1)).toMatchObject({ kind: 'sell', note: 'Closed: version 3 takes over on W', versionNumber: 2 });
    expect(said.filter(({ kind }) => kind === 'buy')).toHaveLength(said.filter(({ kind }) => kind === 'sell').length);
  });

  it('has the version at once where it has not begun', async () => {
    const { id } = await call.bot.create({
      name: 'B',
      versionId: old,
      marketId,
      mode: 'paper',
      settings: DEFAULT_SETTINGS,
    });
    const versionId = await newVersion(NEW);
    await call.publication.publish({ versionId, notes: '', bots: [{ id, choice: 'flat' }] });
    expect(await rowOf(id)).toMatchObject({ versionId, nextVersionId: null, tradesAfter: null });
  });
});

it('a version that a bot can’t run is not published for it', async () => {
  const id = await startBot();
  const versionId = await newVersion('other = feed("NONE").close\nbuy(when: close > other)');
  await expect(call.publication.publish({ versionId, notes: '', bots: [{ id, choice: 'now' }] })).rejects.toThrow(
    /B can’t run version 2/,
  );
  await call.publication.publish({ versionId, notes: '', bots: [{ id, choice: 'stay' }] });
});

it('a bot is asked later, one by one', async () => {
  const id = await startBot();
  const versionId = await newVersion(NEW);
  await call.publication.publish({ versionId, notes: '' });
  expect(await call.bot.get({ id })).toMatchObject({ publishedNumber: 2, upgrade: null });
  await call.publication.upgradeBot({ id, choice: 'flat' });
  expect(await call.bot.get({ id })).toMatchObject({ upgrade: 'flat', nextVersionNumber: 2 });
  await call.publication.upgradeBot({ id, choice: 'stay' });
  expect(await call.bot.get({ id })).toMatchObject({ upgrade: null, nextVersionNumber: null });
});

it('a bot that waits for a version stays once another version is published', async () => {
  const id = await startBot();
  await run(id, ({ step }) => step === 3);
  const second = await newVersion(NEW);
  await call.publication.publish({ versionId: second, notes: '', bots: [{ id, choice: 'flat' }] });
  expect(await call.bot.get({ id })).toMatchObject({ upgrade: 'flat', nextVersionNumber: 2 });
  // The bot runs what is published again: nobody chooses anything for it, and it waits for nothing.
  await call.publication.publish({ versionId: old, notes: '' });
  expect(await call.bot.get({ id })).toMatchObject({ upgrade: null, nextVersionNumber: null });
});

it('a bot that trades with money goes over to what the policy of now allows alone', async () => {
  const id = await startBot();
  await run(id, ({ step }) => step === 3);
  const versionId = await newVersion(NEW);
  await call.publication.publish({ versionId, notes: '' });
  await asSystem(api.db, (tx) => tx.execute(sql`update bots set mode = 'live' where id = ${id}`));
  await call.policy.set({ approvals: 1, roles: ['reviewer', 'owner'] });
  await expect(call.publication.upgradeBot({ id, choice: 'flat' })).rejects.toThrow(/0 of 1 approval/);
  await call.publication.upgradeBot({ id, choice: 'stay' });
  // An owner takes it upon themselves, with a reason.
  await call.publication.end({ formulaId });
  await call.publication.publish({ versionId, notes: '', reason: 'Small', bots: [{ id, choice: 'flat' }] });
  expect(await call.bot.get({ id })).toMatchObject({ upgrade: 'flat', nextVersionNumber: 2 });
});
