import type { BacktestResult } from '#core/engine/result.ts';
import { withOrg, type Tx } from '#server/db/database.ts';
import { insertBacktestResult, moveBacktest, type BacktestRow } from '#server/db/queries/backtests.ts';
import { findMarket, listMarkets } from '#server/db/queries/markets.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { cutBars } from '../compute/bar-cache.ts';
import type { BacktestTask, Outcome } from '../compute/protocol.ts';
import type { PayloadOf } from '../definition.ts';
import type { runBacktest } from '../definitions/run-backtest.ts';
import type { JobContext, JobHandler } from '../handler.ts';

type Payload = PayloadOf<typeof runBacktest>;

/** Browsers are told of progress no more often than this. */
const PROGRESS_EVERY = 250;

const tell = (tx: Tx, kind: 'backtest.progress' | 'backtest.finished', { orgId, id, formulaId, status, progress }: BacktestRow) =>
  appendEvent(tx, orgId, { kind, payload: { backtestId: id, formulaId, status, progress } });

export const handler: JobHandler<Payload> = {
  run: async (payload, context) => {
    const begun = await begin(payload, context);
    if (!begun) return;
    const watch = context.cancellations.watch(payload.backtestId);
    const report = createProgress(payload, context);
    try {
      const signal = AbortSignal.any([watch.signal, context.stopping]);
      const outcome = await context.compute.run('backtest', begun, { signal, onProgress: report.onProgress });
      await report.settled();
      // Stopped by the end of the process and not by a person: another worker begins anew.
      if (outcome.type === 'stopped' && context.stopping.aborted && !watch.signal.aborted) throw new Error('the worker is stopping');
      await withOrg(context.db, payload.orgId, (tx) => finish(tx, payload, outcome));
    } finally {
      watch.done();
    }
  },
  giveUp: async (tx, { orgId, backtestId }, attempts) => {
    const failure = `The run was tried ${attempts} times and did not come to an end. That is our fault, and it is logged.`;
    const row = await moveBacktest(tx, orgId, backtestId, ['queued', 'running'], { status: 'failed', failure, finishedAt: new Date() });
    if (row) await tell(tx, 'backtest.finished', row);
  },
};

/** Marks it as running and loads what it needs; null when there is nothing to do any more. */
function begin({ orgId, backtestId }: Payload, { db, bars: cache }: JobContext): Promise<BacktestTask | null> {
  return withOrg(db, orgId, async (tx) => {
    // `running` too: its worker may have been killed.
    const row = await moveBacktest(tx, orgId, backtestId, ['queued', 'running'], { status: 'running', progress: 0, startedAt: new Date() });
    const version = row && (await findVersion(tx, orgId, row.versionId));
    const market = row && (await findMarket(tx, orgId, row.marketId));
    if (!row || !version || !market) return null;
    const bars = cutBars(await cache.load(tx, market), row.fromTime, row.toTime);
    const feeds = new Map<string, typeof bars>();
    for (const other of await listMarkets(tx, orgId)) {
      if (other.symbol !== market.symbol && version.json.includes(JSON.stringify(other.symbol))) feeds.set(other.symbol, await cache.load(tx, other));
    }
    await tell(tx, 'backtest.progress', row);
    return { formula: version.json, inputs: row.inputs, bars, feeds, settings: row.settings };
  });
}

function createProgress({ orgId, backtestId }: Payload, { db, log }: JobContext) {
  let told = Date.now();
  let writing = Promise.resolve();
  return {
    onProgress: (fraction: number): void => {
      if (Date.now() - told < PROGRESS_EVERY) return;
      told = Date.now();
      writing = writing
        .then(() => withOrg(db, orgId, async (tx) => {
          const row = await moveBacktest(tx, orgId, backtestId, ['running'], { progress: fraction });
          if (row) await tell(tx, 'backtest.progress', row);
        }))
        .catch((error: unknown) => log.warn({ err: error, backtestId }, 'progress was not told'));
    },
    settled: () => writing,
  };
}

async function finish(tx: Tx, { orgId, backtestId }: Payload, outcome: Outcome): Promise<void> {
  const end = { finishedAt: new Date(), progress: 1 };
  const change = changeFor(outcome);
  const row = await moveBacktest(tx, orgId, backtestId, ['running'], { ...end, ...change });
  // A person cancelled it meanwhile, which they were told already.
  if (!row) return;
  if (outcome.type === 'finished') await insertBacktestResult(tx, orgId, backtestId, outcome.result);
  await tell(tx, 'backtest.finished', row);
}

function changeFor(outcome: Outcome): Partial<BacktestRow> {
  switch (outcome.type) {
    case 'finished':
      return { status: 'succeeded', metrics: definedMetrics(outcome.result), engineVersion: outcome.engineVersion };
    case 'refused':
      return { status: 'failed', failure: outcome.reason };
    case 'stopped':
      return { status: 'cancelled' };
  }
}

/** JSON has no NaN: an undefined figure is left out. */
const definedMetrics = ({ metrics }: BacktestResult) => Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));
