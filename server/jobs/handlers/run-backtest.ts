import { resultKey } from '#core/engine/outcome/result-key.ts';
import { bytesOfRun, type LoadedSubject, loadSubject } from '#server/compute/load-subject.ts';
import type { BacktestTask, OutcomeOf } from '#server/compute/protocol.ts';
import { definedOf } from '#server/db/numbers.ts';
import { insertBacktestResult, moveBacktest, type BacktestRow } from '#server/db/queries/backtests.ts';
import type { PayloadOf } from '#server/queue/definition.ts';
import type { runBacktest } from '#server/queue/definitions.ts';
import { BACKTEST } from '#server/use-cases/run/kinds.ts';
import { handleRun } from '../handle-run.ts';

type Finished = Extract<OutcomeOf<'backtest'>, { readonly type: 'finished' }>;

interface Work {
  readonly task: BacktestTask;
  readonly loaded: LoadedSubject;
}

export const handler = handleRun<PayloadOf<typeof runBacktest>, BacktestRow, Work, Finished>(
  ({ backtestId }) => backtestId,
  {
    kind: BACKTEST,
    load: async (tx, row, { bars }) => {
      const loaded = await loadSubject(tx, bars, row);
      return loaded && { task: { ...loaded.subject, inputs: row.inputs }, loaded };
    },
    bytesOf: ({ task }, { orgId }, { formulas }) => bytesOfRun(formulas, orgId, task),
    compute: ({ task }, { compute }, options) => compute.run('backtest', task, options),
    keep: async (tx, { orgId, id }, { outcome: { result, engineVersion }, work: { loaded, task }, end }) => {
      const row = await moveBacktest(tx, { orgId, id }, ['running'], {
        ...end,
        metrics: definedOf(result.metrics),
        sketch: result.sketch,
        engineVersion,
        madeOn: loaded.madeOn,
      });
      // Bars may have come or been corrected while it waited: what is kept answers the question about those that it was
      // made on.
      const question = row && {
        formulaHash: loaded.contentHash,
        inputs: row.inputs,
        dataHash: loaded.dataHash,
        feedHashes: loaded.feedHashes,
        timeframe: task.bars.timeframe,
        from: row.fromTime,
        to: row.toTime,
        settings: row.settings,
      };
      if (question)
        await moveBacktest(tx, { orgId, id }, ['succeeded'], { resultKey: resultKey(question, engineVersion) });
      if (row) await insertBacktestResult(tx, orgId, id, result);
      return row;
    },
  },
);
