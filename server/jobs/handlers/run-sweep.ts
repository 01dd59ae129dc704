import { candidatesOf, type Inputs } from '#core/engine/sweep/space.ts';
import type { SweepTable } from '#core/engine/sweep/sweep-table.ts';
import { ENGINE_VERSION } from '#core/engine/version.ts';
import type { WalkForward, Windows } from '#core/engine/walk-forward.ts';
import { withOrg, type Tx } from '#server/db/database.ts';
import { definedMetrics } from '#server/db/defined-metrics.ts';
import { insertForwardResult, insertSweepResult, moveSweep, type SweepRow } from '#server/db/queries/sweeps.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { loadSubject } from '../compute/load-subject.ts';
import type { TaskOptions } from '../compute/pool.ts';
import type { Subject, Unfinished } from '../compute/protocol.ts';
import { runSweep } from '../compute/run-sweep.ts';
import { runWalkForward } from '../compute/run-walk-forward.ts';
import type { PayloadOf } from '../definition.ts';
import type { runSweep as definition } from '../definitions/run-sweep.ts';
import type { JobContext, JobHandler } from '../handler.ts';
import { tellProgress, type ProgressTeller } from '../tell-progress.ts';

type Payload = PayloadOf<typeof definition>;
type Outcome = Unfinished | { readonly type: 'finished'; readonly table: SweepTable } | { readonly type: 'finished'; readonly forward: WalkForward };

/** What is kept of each candidate, besides the metric by which they are ranked: ten figures of eight bytes. */
const KEPT = ['totalReturn', 'cagr', 'sharpe', 'sortino', 'calmar', 'maxDrawdown', 'exposure', 'trades', 'hitRate', 'profitFactor'];

const tell = (tx: Tx, kind: 'sweep.progress' | 'sweep.finished', { orgId, id, formulaId, status, progress }: SweepRow) =>
  appendEvent(tx, orgId, { kind, payload: { sweepId: id, formulaId, status, progress } });

export const handler: JobHandler<Payload> = {
  run: async (payload, context) => {
    const begun = await begin(payload, context);
    if (!begun) return;
    const watch = context.cancellations.watch(payload.sweepId);
    const report = createProgress(payload, context);
    try {
      const signal = AbortSignal.any([watch.signal, context.stopping]);
      const outcome = await compute(begun, context, { signal, onProgress: report.onProgress });
      await report.settled();
      // Stopped by the end of the process and not by a person: another worker begins anew.
      if (outcome.type === 'stopped' && context.stopping.aborted && !watch.signal.aborted) throw new Error('the worker is stopping');
      await withOrg(context.db, payload.orgId, (tx) => finish(tx, payload, outcome, begun));
    } finally {
      watch.done();
    }
  },
  giveUp: async (tx, { orgId, sweepId }, attempts) => {
    const failure = `The sweep was tried ${attempts} times and did not come to an end. That is our fault, and it is logged.`;
    const row = await moveSweep(tx, orgId, sweepId, ['queued', 'running'], { status: 'failed', failure, finishedAt: new Date() });
    if (row) await tell(tx, 'sweep.finished', row);
  },
};

interface Begun {
  readonly subject: Subject;
  readonly candidates: readonly Inputs[];
  readonly windows: Windows | null;
  readonly rankedBy: string;
}

/** Marks it as running and loads what it needs; null when there is nothing to do any more. */
function begin({ orgId, sweepId }: Payload, { db, bars: cache }: JobContext): Promise<Begun | null> {
  return withOrg(db, orgId, async (tx) => {
    // `running` too: its worker may have been killed.
    const row = await moveSweep(tx, orgId, sweepId, ['queued', 'running'], { status: 'running', progress: 0, startedAt: new Date() });
    const subject = row && (await loadSubject(tx, cache, row));
    const candidates = row && candidatesOf(row.axes, row.search);
    if (!row || !subject || !candidates?.ok) return null;
    await tell(tx, 'sweep.progress', row);
    return { subject, candidates: candidates.value, windows: row.windows, rankedBy: row.rankedBy };
  });
}

function compute({ subject, candidates, windows, rankedBy }: Begun, { compute: pool }: JobContext, options: TaskOptions): Promise<Outcome> {
  return windows
    ? runWalkForward(pool, { ...subject, candidates, windows, rankedBy }, options)
    : runSweep(pool, { ...subject, candidates, keep: [...new Set([...KEPT, rankedBy])] }, options);
}

const createProgress = ({ orgId, sweepId }: Payload, { db, log }: JobContext): ProgressTeller =>
  tellProgress((progress) => withOrg(db, orgId, async (tx) => {
    const row = await moveSweep(tx, orgId, sweepId, ['running'], { progress });
    if (row) await tell(tx, 'sweep.progress', row);
  }), log);

async function finish(tx: Tx, { orgId, sweepId }: Payload, outcome: Outcome, { rankedBy, subject }: Begun): Promise<void> {
  const row = await moveSweep(tx, orgId, sweepId, ['running'], { finishedAt: new Date(), progress: 1, ...changeFor(outcome, rankedBy) });
  // A person cancelled it meanwhile, which they were told already.
  if (!row) return;
  if ('table' in outcome) await insertSweepResult(tx, orgId, sweepId, outcome.table);
  if ('forward' in outcome) await insertForwardResult(tx, orgId, sweepId, outcome.forward, subject.bars.time.subarray(outcome.forward.span.from, outcome.forward.span.to));
  await tell(tx, 'sweep.finished', row);
}

function changeFor(outcome: Outcome, rankedBy: string): Partial<SweepRow> {
  switch (outcome.type) {
    case 'finished':
      return { status: 'succeeded', engineVersion: ENGINE_VERSION, best: 'table' in outcome ? bestOf(outcome.table, rankedBy) : { metrics: definedMetrics(outcome.forward.metrics) } };
    case 'refused':
      return { status: 'failed', failure: outcome.reason };
    case 'stopped':
      return { status: 'cancelled' };
  }
}

/** Null when no candidate has the metric. */
function bestOf(table: SweepTable, rankedBy: string): SweepRow['best'] {
  const [best] = table.rankedBy(rankedBy);
  const inputs = best === undefined ? undefined : table.candidates[best];
  if (best === undefined || !inputs || Number.isNaN(table.at(best, rankedBy))) return null;
  return { inputs, metrics: definedMetrics(table.metricsOf(best)) };
}
