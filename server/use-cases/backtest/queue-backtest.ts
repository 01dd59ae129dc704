import { resultKey } from '#core/engine/outcome/result-key.ts';
import type { Settings } from '#core/engine/outcome/settings.ts';
import type { Estimate } from '#core/engine/sweep/estimate.ts';
import type { Inputs } from '#core/engine/sweep/space.ts';
import { countTold } from '#core/market/bar-close.ts';
import { mostBars } from '#core/market/most-bars.ts';
import { barEnd, timeframeLength } from '#core/market/timeframe.ts';
import type { BacktestId, FormulaId, MarketId, VersionId } from '#core/requests/ids.ts';
import { feedName } from '#server/compute/load-subject.ts';
import type { Tx } from '#server/db/database.ts';
import type { MadeOn } from '#server/db/made-on.ts';
import { copyBacktestResult, findAnswer, findRunOf, insertBacktest } from '#server/db/queries/backtests.ts';
import { listChunks, loadTimes } from '#server/db/queries/bar-chunks.ts';
import { isUnsettled, settleRows } from '#server/db/queries/change-bars.ts';
import { hashRange } from '#server/db/queries/hash-range.ts';
import { findMarket, listFeedMarkets, lockMarket, type MarketRow } from '#server/db/queries/markets.ts';
import { findSnapshot } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { userOf } from '#server/policies/principal.ts';
import { runBacktest } from '#server/queue/definitions.ts';
import { prepareJob } from '#server/queue/prepare-job.ts';
import type { Unit } from '../act/act.ts';
import { BACKTEST } from '../run/kinds.ts';
import { admitRun, keyOfRun, requireRunQuotas } from '../run/queue-run.ts';

export interface BacktestOfVersion {
  readonly formulaId: FormulaId;
  readonly versionId: VersionId;
  readonly marketId: MarketId;
  readonly settings: Settings;
  readonly inputs: Inputs;
  /** UTC milliseconds, both included; null: all there are. */
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * Queues the run of a version. When the organisation has asked the same of the same engine before, the answer
 * is taken over at once. Returns the backtest's id.
 */
export async function queueBacktest(unit: Unit, wanted: BacktestOfVersion, estimate: Estimate): Promise<BacktestId> {
  return queueAsked(unit, wanted, await questionOf(unit, wanted), estimate);
}

/**
 * The run of a version for those who want its answer, not a run of their own: one that the organisation has, finished
 * or on its way, else a new one.
 */
export async function shareBacktest(unit: Unit, wanted: BacktestOfVersion, estimate: Estimate): Promise<BacktestId> {
  const question = await questionOf(unit, wanted);
  const { key: resultKey, market } = question;
  const known = await findRunOf(unit.tx, unit.principal.orgId, { marketId: market.id, resultKey });
  return known ?? queueAsked(unit, wanted, question, estimate);
}

interface Question {
  readonly key: string;
  readonly market: MarketRow;
  readonly madeOn: MadeOn;
}

/** What a run of the version would be on now, by its content. */
async function questionOf({ tx, principal }: Unit, wanted: BacktestOfVersion): Promise<Question> {
  const { orgId } = principal;
  const { versionId, marketId, settings, inputs, from, to } = wanted;
  const version = await findSnapshot(tx, orgId, versionId);
  const market = await findMarket(tx, orgId, marketId);
  if (!version || !market)
    throw new AppError('NOT_FOUND', version ? 'There is no such market.' : 'There is no such version.');
  const feeds = await listFeedMarkets(tx, market, version.json);
  const { madeOn, dataHash, feedHashes } = await identify(tx, { market, feeds }, { from, to });
  const key = resultKey({
    formulaHash: version.contentHash,
    inputs,
    dataHash,
    timeframe: market.timeframe,
    from,
    to,
    settings,
    feedHashes,
  });
  return { key, market, madeOn };
}

async function queueAsked(
  unit: Unit,
  { formulaId, versionId, marketId, settings, inputs, from, to }: BacktestOfVersion,
  { key, market, madeOn }: Question,
  estimate: Estimate,
): Promise<BacktestId> {
  const { tx, principal, now, happened } = unit;
  const { orgId } = principal;
  const answer = await findAnswer(tx, orgId, key);
  const asked = {
    orgId,
    formulaId,
    versionId,
    marketId,
    settings,
    inputs: { ...inputs },
    fromTime: from,
    toTime: to,
    resultKey: key,
    requestedBy: userOf(principal),
    queuedAt: now,
  };
  if (!answer) {
    const admitted = await admitRun(tx, orgId, 'backtests', {
      estimate,
      bars: mostBars(market, from, to),
      candidates: 1,
    });
    const id = await insertBacktest(tx, asked);
    const job = prepareJob(runBacktest, { orgId, backtestId: id }, { ...admitted, key: keyOfRun(id) });
    BACKTEST.queue(unit, { orgId, id, formulaId, status: 'queued', progress: 0 }, job);
    return id;
  }
  await requireRunQuotas(tx, orgId, 'backtests');
  const { metrics, sketch, engineVersion } = answer;
  const id = await insertBacktest(tx, {
    ...asked,
    status: 'succeeded',
    progress: 1,
    startedAt: now,
    finishedAt: now,
    metrics,
    sketch,
    engineVersion,
    madeOn,
  });
  await copyBacktestResult(tx, orgId, { from: answer.id, to: id });
  happened('backtest.answered', { id, formulaId, status: 'succeeded', progress: 1 });
  return id;
}

interface Identified {
  readonly madeOn: MadeOn;
  readonly dataHash: string;
  readonly feedHashes: Readonly<Record<string, string>>;
}

/**
 * Which bars a run would be made on now: those of its range, and of its feeds those that have opened by its end. As
 * `loadSubject` says it of the bars themselves.
 */
async function identify(
  tx: Tx,
  before: { readonly market: MarketRow; readonly feeds: readonly MarketRow[] },
  { from, to }: Pick<BacktestOfVersion, 'from' | 'to'>,
): Promise<Identified> {
  const market = await hold(tx, before.market);
  const feeds: MarketRow[] = [];
  for (const feed of before.feeds) feeds.push(await hold(tx, feed));
  const own = await hashRange(tx, market, { from: from ?? undefined, to: to ?? undefined });
  const last = own?.last ?? market.lastTime;
  const feedHashes: Record<string, string> = {};
  for (const feed of feeds) {
    const until = await lastTold(tx, feed, barEnd(last, market.timeframe));
    feedHashes[feedName(feed)] = (await hashRange(tx, feed, { to: until }))?.hash ?? '';
  }
  return {
    madeOn: {
      revision: market.revision,
      feeds: Object.fromEntries(feeds.map(({ id, revision }) => [id, revision])),
      first: own?.first ?? last,
      last,
    },
    dataHash: own?.hash ?? '',
    feedHashes,
  };
}

/** Which bar of a feed is the last that a run sees which ends at `close`. */
async function lastTold(tx: Tx, feed: MarketRow, close: number): Promise<number> {
  const time = await loadTimes(tx, feed, { from: close - 4 * timeframeLength(feed.timeframe), to: close });
  const told = countTold({ time, timeframe: feed.timeframe }, close);
  // Bars before these have closed, whatever their length.
  return Math.max(feed.firstTime, time[told - 1] ?? close - 4 * timeframeLength(feed.timeframe));
}

/**
 * The market as it stays until the transaction ends. A series that is older than leaves are gets their hashes once, so
 * that they need not be made of all bars for each run.
 */
async function hold(tx: Tx, market: MarketRow): Promise<MarketRow> {
  const { orgId, id } = market;
  if (isUnsettled(await listChunks(tx, market, {}))) {
    const locked = await lockMarket(tx, orgId, id);
    if (locked) await settleRows(tx, locked);
    return locked ?? market;
  }
  return (await lockMarket(tx, orgId, id, 'share')) ?? market;
}
