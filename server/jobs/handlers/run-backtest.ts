import { bytesOfRun } from '#server/compute/bytes-of-run.ts';
import { loadSubject } from '#server/compute/load-subject.ts';
import type { BacktestTask, Outcome } from '#server/compute/protocol.ts';
import { definedMetrics } from '#server/db/defined-metrics.ts';
import { insertBacktestResult, moveBacktest, type BacktestRow } from '#server/db/queries/backtests.ts';
import type { PayloadOf } from '#server/queue/definition.ts';
import type { runBacktest } from '#server/queue/definitions.ts';
import { BACKTEST } from '#server/use-cases/run/kinds.ts';
import { handleRun } from '../handle-run.ts';

type Finished = Extract<Outcome, { readonly type: 'finished' }>;

export const handler = handleRun<PayloadOf<typeof runBacktest>, BacktestRow, BacktestTask, Finished>(
  ({ backtestId }) => backtestId,
  {
    kind: BACKTEST,
    load: async (tx, row, { bars }) => {
      const subject = await loadSubject(tx, bars, row);
      return subject && { ...subject, inputs: row.inputs };
    },
    bytesOf: (task, { orgId }, { formulas }) => bytesOfRun(formulas, orgId, task),
    compute: (task, { compute }, options) => compute.run('backtest', task, options),
    keep: async (tx, { orgId, id }, { result, engineVersion }, _task, end) => {
      const row = await moveBacktest(tx, orgId, id, ['running'], {
        ...end,
        metrics: definedMetrics(result.metrics),
        engineVersion,
      });
      if (row) await insertBacktestResult(tx, orgId, id, result);
      return row;
    },
  },
);
