import { compile } from '#core/engine/compile.ts';
import { whyFeedsApart } from '#core/engine/feeds.ts';
import { rowOf } from '#core/engine/sweep/sweep-table.ts';
import { planSweep } from '#core/engine/sweep/sweep.ts';
import { Workbench } from '#core/engine/sweep/workbench.ts';
import { tradeForward } from '#core/engine/walk-forward.ts';
import { fromJson } from '#core/formula/json.ts';
import type { CandidatesTask, ForwardTask, LoadTask, OutcomeOf, PlanTask, SweepSubject } from './protocol.ts';
import { refuse, wrongBars, type TaskWatch } from './run-task.ts';

/** Compiles all candidates of a sweep and says in which order they are run. */
export function planCandidates({ subject, candidates, slots }: PlanTask, { shouldStop }: Pick<TaskWatch, 'shouldStop'>): OutcomeOf<'plan'> {
  const formula = fromJson(JSON.parse(subject.formula));
  if (!formula.ok) return refuse(formula.error.map(({ message }) => message));
  const wrong = wrongBars(subject.bars);
  if (wrong.length > 0) return refuse(wrong);
  const written = subject.feeds.size === 0 ? null : compile(formula.value);
  const apart = written?.ok ? whyFeedsApart(written.value, subject.bars, subject.feeds) : null;
  if (apart !== null) return refuse([apart]);
  const plan = planSweep(formula.value, candidates, slots, shouldStop);
  return plan ? { type: 'finished', plan } : { type: 'stopped' };
}

export function loadColumns({ subject, inputs, columns, standing }: LoadTask): OutcomeOf<'load'> {
  const bench = benchOf(subject);
  if (typeof bench === 'string') return refuse([bench]);
  const loaded = bench.load(inputs, columns, standing);
  return loaded.ok ? { type: 'finished' } : refuse([loaded.error]);
}

export function runCandidates({ subject, candidates, standing }: CandidatesTask, { shouldStop }: Pick<TaskWatch, 'shouldStop'>): OutcomeOf<'candidates'> {
  const bench = benchOf(subject);
  if (typeof bench === 'string') return refuse([bench]);
  const run = bench.run(candidates, standing, shouldStop);
  if (!run.ok) return refuse([run.error]);
  if (run.value === 'stopped') return { type: 'stopped' };
  return { type: 'finished', rows: Float64Array.from(run.value.flatMap((metrics) => rowOf(metrics, subject.keep))) };
}

export function tradeWindows({ subject, folds, choices }: ForwardTask, { shouldStop }: Pick<TaskWatch, 'shouldStop'>): OutcomeOf<'forward'> {
  const { bars, feeds, settings } = subject;
  const formula = fromJson(JSON.parse(subject.formula));
  if (!formula.ok) return refuse(formula.error.map(({ message }) => message));
  const traded = tradeForward({ formula: formula.value, bars, feeds, settings, folds, choices }, { shouldStop });
  if (!traded.ok) return refuse([traded.error]);
  return traded.value === 'stopped' ? { type: 'stopped' } : { type: 'finished', forward: traded.value };
}

/** After so many milliseconds without a piece a sweep counts as over, and its memory is let go. */
const FORGET_AFTER = 5000;

let latest: { readonly id: string; readonly bench: Workbench } | null = null;
const forget = setTimeout(() => (latest = null), FORGET_AFTER).unref();

/** The workbench of a sweep, kept from piece to piece; why there can be none, in words. */
function benchOf({ id, formula, ...given }: SweepSubject): Workbench | string {
  forget.refresh();
  if (latest?.id === id) return latest.bench;
  const read = fromJson(JSON.parse(formula));
  if (!read.ok) return read.error.map(({ message }) => message).join(' ');
  latest = { id, bench: new Workbench({ formula: read.value, ...given }) };
  return latest.bench;
}
