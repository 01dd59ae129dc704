import type { Notice } from '#core/notification/notice.ts';
import type { BacktestId, FormulaId, RunId, SweepId, UserId } from '#core/requests/ids.ts';
import type { StoredEvent, TransientEvent } from '#server/live/event.ts';
import { LONG_WAIT } from '#server/policies/notifications.ts';
import type { PreparedJob } from '#server/queue/prepare-job.ts';
import { nothing, type Effects } from '../effects.ts';

/** A run as it is now. */
export interface RunTold<Id extends RunId = RunId> {
  readonly id: Id;
  readonly formulaId: FormulaId;
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  readonly progress: number;
}

type Noun = 'backtest' | 'sweep';

interface Tell<Id extends RunId> {
  stored(run: RunTold<Id>, what: 'queued' | 'finished'): readonly StoredEvent[];
  progress(run: RunTold<Id>): readonly TransientEvent[];
}

const backtestOf = ({ id, formulaId, status, progress }: RunTold<BacktestId>) => ({
  backtestId: id,
  formulaId,
  status,
  progress,
});
const sweepOf = ({ id, formulaId, status, progress }: RunTold<SweepId>) => ({
  sweepId: id,
  formulaId,
  status,
  progress,
});

const tellBacktest: Tell<BacktestId> = {
  stored: (run, what) => [{ kind: `backtest.${what}`, payload: backtestOf(run) }],
  progress: (run) => [{ kind: 'backtest.progress', payload: backtestOf(run) }],
};

const tellSweep: Tell<SweepId> = {
  stored: (run, what) => [{ kind: `sweep.${what}`, payload: sweepOf(run) }],
  progress: (run) => [{ kind: 'sweep.progress', payload: sweepOf(run) }],
};

/** Whoever asked for a run, how long ago, and why the run failed. */
export interface Waited {
  readonly userId: UserId;
  readonly ms: number;
  readonly failure: string | null;
}

/** Whoever waited for long has turned to something else: they are told. So is nobody who cancelled. */
function noticesOf(noun: Noun, { id, formulaId, status }: RunTold, waited: Waited | null): readonly Notice[] {
  if (!waited || waited.ms <= LONG_WAIT) return [];
  const common = { userId: waited.userId, once: `run ${id}`, formulaId };
  if (status === 'succeeded') return [{ ...common, kind: 'run.finished', facts: { noun, runId: id } }];
  if (status !== 'failed') return [];
  return [{ ...common, kind: 'run.failed', facts: { noun, runId: id, failure: waited.failure ?? '' } }];
}

/** What can happen to a run of a kind. What a person asked for is audited; what became of it is in its own row. */
const eventsOf = <Id extends RunId>(entity: Noun, tell: Tell<Id>) => ({
  queued: ({ job, ...run }: RunTold<Id> & { readonly job: PreparedJob }): Effects => ({
    audit: { entity, entityId: run.id },
    live: tell.stored(run, 'queued'),
    jobs: [job],
  }),
  /** The same question was answered before: the answer is taken over at once. */
  answered: (run: RunTold<Id>): Effects => ({
    audit: { entity, entityId: run.id },
    live: tell.stored(run, 'finished'),
  }),
  progressed: (run: RunTold<Id>): Effects => ({
    audit: nothing('the row of the run says how far it is'),
    live: nothing('the row of the run says how far it is'),
    transient: tell.progress(run),
  }),
  finished: ({ waited, ...run }: RunTold<Id> & { readonly waited: Waited | null }): Effects => ({
    audit: nothing('the row of the run says how it ended'),
    live: tell.stored(run, 'finished'),
    notices: noticesOf(entity, run, waited),
  }),
  cancelled: (run: RunTold<Id>): Effects => ({
    audit: { entity, entityId: run.id, difference: { status: [null, 'cancelled'] } },
    live: tell.stored(run, 'finished'),
  }),
});

const backtest = eventsOf('backtest', tellBacktest);
const sweep = eventsOf('sweep', tellSweep);

const changedBacktest = ({ id, formulaId }: Pick<RunTold, 'id' | 'formulaId'>): readonly StoredEvent[] => [
  { kind: 'backtest.changed', payload: { backtestId: id, formulaId } },
];

const shelvedBacktest = ({
  deleted,
  ...run
}: RunTold & { readonly deleted: readonly [boolean, boolean] }): Effects => ({
  audit: { entity: 'backtest', entityId: run.id, difference: { deleted } },
  live: changedBacktest(run),
});

export const RUN_EVENTS = {
  'backtest.queued': backtest.queued,
  'backtest.answered': backtest.answered,
  'backtest.progressed': backtest.progressed,
  'backtest.finished': backtest.finished,
  'backtest.cancelled': backtest.cancelled,
  'backtest.renamed': ({
    title,
    ...run
  }: RunTold & { readonly title: readonly [string | null, string | null] }): Effects => ({
    audit: { entity: 'backtest', entityId: run.id, difference: { title } },
    live: changedBacktest(run),
  }),
  'backtest.deleted': shelvedBacktest,
  'backtest.restored': shelvedBacktest,
  'backtest.downloaded': ({ id, what }: { readonly id: BacktestId; readonly what: string }): Effects => ({
    audit: { entity: 'backtest', entityId: id, difference: { what: [null, what] } },
    live: nothing('the backtest is as it was'),
  }),
  'sweep.queued': sweep.queued,
  'sweep.progressed': sweep.progressed,
  'sweep.finished': sweep.finished,
  'sweep.cancelled': sweep.cancelled,
};
