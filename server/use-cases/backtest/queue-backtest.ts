import { resultKey } from '#core/engine/outcome/result-key.ts';
import type { Settings } from '#core/engine/outcome/settings.ts';
import type { Estimate } from '#core/engine/sweep/estimate.ts';
import type { Inputs } from '#core/engine/sweep/space.ts';
import { mostBars } from '#core/market/most-bars.ts';
import { copyBacktestResult, findAnswer, insertBacktest } from '#server/db/queries/backtests.ts';
import { findMarket, listFeedMarkets } from '#server/db/queries/markets.ts';
import { findSnapshot } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { userOf } from '#server/policies/principal.ts';
import { runBacktest } from '#server/queue/definitions.ts';
import { prepareJob } from '#server/queue/prepare-job.ts';
import type { Unit } from '../act/act.ts';
import { requireQuota } from '../quota.ts';
import { BACKTEST } from '../run/kinds.ts';
import { admitRun, keyOfRun } from '../run/queue-run.ts';

export interface BacktestOfVersion {
  readonly formulaId: string;
  readonly versionId: string;
  readonly marketId: string;
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
export async function queueBacktest(unit: Unit, wanted: BacktestOfVersion, estimate: Estimate): Promise<string> {
  const { tx, principal, now, happened } = unit;
  const { orgId } = principal;
  const { formulaId, versionId, marketId, settings, inputs, from, to } = wanted;
  const version = await findSnapshot(tx, orgId, versionId);
  const market = await findMarket(tx, orgId, marketId);
  if (!version || !market)
    throw new AppError('NOT_FOUND', version ? 'There is no such market.' : 'There is no such version.');
  const feeds = await listFeedMarkets(tx, market, version.json);
  const key = resultKey({
    formulaHash: version.contentHash,
    inputs,
    dataHash: market.dataHash,
    timeframe: market.timeframe,
    from,
    to,
    settings,
    feedHashes: Object.fromEntries(
      feeds.map(({ symbol, timeframe, dataHash }) => [`${symbol} ${timeframe}`, dataHash]),
    ),
  });
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
  await requireQuota(tx, orgId, 'backtests');
  await requireQuota(tx, orgId, 'resultBytes');
  const { metrics, engineVersion } = answer;
  const id = await insertBacktest(tx, {
    ...asked,
    status: 'succeeded',
    progress: 1,
    startedAt: now,
    finishedAt: now,
    metrics,
    engineVersion,
  });
  await copyBacktestResult(tx, orgId, { from: answer.id, to: id });
  happened('backtest.answered', { id, formulaId, status: 'succeeded', progress: 1 });
  return id;
}
