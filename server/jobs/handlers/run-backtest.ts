import { withOrg, type Tx } from '#server/db/database.ts';
import { definedMetrics } from '#server/db/defined-metrics.ts';
import { insertBacktestResult, moveBacktest, type BacktestRow } from '#server/db/queries/backtests.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { loadSubject } from '../compute/load-subject.ts';
import type { BacktestTask, Outcome } from '../compute/protocol.ts';
import type { PayloadOf } from '../definition.ts';
import type { runBacktest } from '../definitions/run-backtest.ts';
import type { JobContext, JobHandler } from '../handler.ts';
import { tellProgress, type ProgressTeller } from '../tell-progress.ts';

type Payload = PayloadOf<typeof runBacktest>;

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
    const subject = row && (await loadSubject(tx, cache, row));
    if (!row || !subject) return null;
    await tell(tx, 'backtest.progress', row);
    return { ...subject, inputs: row.inputs };
  });
}

const createProgress = ({ orgId, backtestId }: Payload, { db, log }: JobContext): ProgressTeller =>
  tellProgress((progress) => withOrg(db, orgId, async (tx) => {
    const row = await moveBacktest(tx, orgId, backtestId, ['running'], { progress });
    if (row) await tell(tx, 'backtest.progress', row);
  }), log);

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
      return { status: 'succeeded', metrics: definedMetrics(outcome.result.metrics), engineVersion: outcome.engineVersion };
    case 'refused':
      return { status: 'failed', failure: outcome.reason };
    case 'stopped':
      return { status: 'cancelled' };
  }
}
