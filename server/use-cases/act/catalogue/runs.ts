import type { StoredEvent, TransientEvent } from '#server/live/event.ts';
import type { PreparedJob } from '#server/queue/prepare-job.ts';
import { nothing, type Effects } from '../effects.ts';

/** A run as it is now. */
export interface RunTold {
  readonly id: string;
  readonly formulaId: string;
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  readonly progress: number;
}

type Noun = 'backtest' | 'sweep';

interface Tell {
  stored(run: RunTold, what: 'queued' | 'finished'): readonly StoredEvent[];
  progress(run: RunTold): readonly TransientEvent[];
}

const backtestOf = ({ id, formulaId, status, progress }: RunTold) => ({ backtestId: id, formulaId, status, progress });
const sweepOf = ({ id, formulaId, status, progress }: RunTold) => ({ sweepId: id, formulaId, status, progress });

const tellBacktest: Tell = {
  stored: (run, what) => [{ kind: `backtest.${what}`, payload: backtestOf(run) }],
  progress: (run) => [{ kind: 'backtest.progress', payload: backtestOf(run) }],
};

const tellSweep: Tell = {
  stored: (run, what) => [{ kind: `sweep.${what}`, payload: sweepOf(run) }],
  progress: (run) => [{ kind: 'sweep.progress', payload: sweepOf(run) }],
};

/** What can happen to a run of a kind. What a person asked for is audited; what became of it is in its own row. */
const eventsOf = (entity: Noun, tell: Tell) => ({
  queued: ({ job, ...run }: RunTold & { readonly job: PreparedJob }): Effects => ({
    audit: { entity, entityId: run.id },
    live: tell.stored(run, 'queued'),
    jobs: [job],
  }),
  /** The same question was answered before: the answer is taken over at once. */
  answered: (run: RunTold): Effects => ({ audit: { entity, entityId: run.id }, live: tell.stored(run, 'finished') }),
  progressed: (run: RunTold): Effects => ({
    audit: nothing('the row of the run says how far it is'),
    live: nothing('the row of the run says how far it is'),
    transient: tell.progress(run),
  }),
  finished: (run: RunTold): Effects => ({
    audit: nothing('the row of the run says how it ended'),
    live: tell.stored(run, 'finished'),
  }),
  cancelled: (run: RunTold): Effects => ({
    audit: { entity, entityId: run.id, difference: { status: [null, 'cancelled'] } },
    live: tell.stored(run, 'finished'),
  }),
});

const backtest = eventsOf('backtest', tellBacktest);
const sweep = eventsOf('sweep', tellSweep);

export const RUN_EVENTS = {
  'backtest.queued': backtest.queued,
  'backtest.answered': backtest.answered,
  'backtest.progressed': backtest.progressed,
  'backtest.finished': backtest.finished,
  'backtest.cancelled': backtest.cancelled,
  'backtest.downloaded': ({ id, what }: { readonly id: string; readonly what: string }): Effects => ({
    audit: { entity: 'backtest', entityId: id, difference: { what: [null, what] } },
    live: nothing('the backtest is as it was'),
  }),
  'sweep.queued': sweep.queued,
  'sweep.progressed': sweep.progressed,
  'sweep.finished': sweep.finished,
  'sweep.cancelled': sweep.cancelled,
  /** Stripe has sent something; the job sees to it. */
  'stripe.received': ({ job }: { readonly job: PreparedJob }): Effects => ({
    audit: nothing('the event of Stripe is kept as it came, and belongs to no organisation yet'),
    live: nothing('no page shows events of Stripe'),
    jobs: [job],
  }),
};
