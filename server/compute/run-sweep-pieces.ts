import { whyFeedsApart } from '#core/engine/columns/feeds.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { wholeSpan } from '#core/engine/run-columns.ts';
import { candidatesIn, listOf, type Candidates } from '#core/engine/sweep/space.ts';
import { rowOf, SweepTable } from '#core/engine/sweep/sweep-table.ts';
import { planSweep } from '#core/engine/sweep/sweep.ts';
import { chooseBest, foldsOf, tradeForward } from '#core/engine/sweep/walk-forward.ts';
import { Workbench } from '#core/engine/sweep/workbench.ts';
import { fromJson } from '#core/formula/json/json.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import { keepForward } from '#server/db/keep-result.ts';
import { MOST_RESULT_BYTES } from '#server/policies/limits.ts';
import type {
  CandidatesTask,
  ChooseTask,
  ForwardTask,
  LoadTask,
  OutcomeOf,
  PlanTask,
  SweepSubject,
} from './protocol.ts';
import { refuse, wrongBars, type TaskWatch } from './run-task.ts';
import { shareSpans, spanCount, spansOf } from './shared-memory.ts';

/** Compiles all candidates of a sweep and says in which order they are run. */
export function planCandidates(
  { subject, space, slots, windows }: PlanTask,
  { shouldStop }: Pick<TaskWatch, 'shouldStop'>,
): OutcomeOf<'plan'> {
  const formula = fromJson(JSON.parse(subject.formula));
  if (!formula.ok) return refuse(formula.error.map(({ message }) => message));
  const wrong = wrongBars(subject.bars);
  if (wrong.length > 0) return refuse(wrong);
  const written = subject.feeds.size === 0 ? null : compile(formula.value);
  const apart = written?.ok ? whyFeedsApart(written.value, subject.bars, subject.feeds) : null;
  if (apart !== null) return refuse([apart]);
  const candidates = candidatesIn(space);
  if (!candidates.ok) return refuse([candidates.error]);
  const plan = planSweep(formula.value, listOf(candidates.value), slots, shouldStop);
  if (!plan) return { type: 'stopped' };
  const folds = windows && foldsOf(subject.bars.length, windows);
  if (folds && !folds.ok) return refuse([folds.error]);
  const spans = folds ? folds.value.map(({ inSample }) => inSample) : [wholeSpan(subject.bars)];
  return { type: 'finished', plan, spans: shareSpans(spans) };
}

export function loadColumns({ subject, candidate, columns, standing }: LoadTask): OutcomeOf<'load'> {
  const ready = readyFor(subject);
  if (!ready.ok) return refuse([ready.error]);
  const { bench, candidates: all } = ready.value;
  const loaded = bench.load(all.at(candidate) ?? {}, columns, standing);
  return loaded.ok ? { type: 'finished' } : refuse([loaded.error]);
}

export function runCandidates(
  { subject, candidates, standing }: CandidatesTask,
  { shouldStop }: Pick<TaskWatch, 'shouldStop'>,
): OutcomeOf<'candidates'> {
  const ready = readyFor(subject);
  if (!ready.ok) return refuse([ready.error]);
  const { bench, candidates: all } = ready.value;
  const { keep, spans, figures } = subject;
  const run = bench.run(
    candidates.map((candidate) => all.at(candidate) ?? {}),
    standing,
    shouldStop,
  );
  if (!run.ok) return run.error;
  const metrics = run.value;
  for (const [index, candidate] of candidates.entries())
    figures.set(rowOf(metrics[index] ?? [], keep), candidate * keep.length * spanCount(spans));
  return { type: 'finished' };
}

export function chooseCandidate({ space, keep, figures, by }: ChooseTask): OutcomeOf<'choose'> {
  const candidates = candidatesIn(space);
  if (!candidates.ok) return refuse([candidates.error]);
  const [best = null] = chooseBest(new SweepTable(candidates.value, keep, 1, figures), by, 1);
  return { type: 'finished', best };
}

export function tradeWindows(
  { subject, windows, space, keep, figures, by }: ForwardTask,
  { shouldStop }: Pick<TaskWatch, 'shouldStop'>,
): OutcomeOf<'forward'> {
  const { bars, feeds, settings } = subject;
  const formula = fromJson(JSON.parse(subject.formula));
  if (!formula.ok) return refuse(formula.error.map(({ message }) => message));
  const [candidates, cut] = [candidatesIn(space), foldsOf(bars.length, windows)];
  if (!candidates.ok) return refuse([candidates.error]);
  if (!cut.ok) return refuse([cut.error]);
  const folds = cut.value;
  const choices = chooseBest(new SweepTable(candidates.value, keep, folds.length, figures), by, folds.length);
  const traded = tradeForward({ formula: formula.value, bars, feeds, settings, folds, choices }, { shouldStop });
  if (!traded.ok) return traded.error;
  const kept = keepForward(traded.value, MOST_RESULT_BYTES);
  return kept.ok ? { type: 'finished', forward: kept.value } : refuse([kept.error]);
}

/** After so many milliseconds without a piece a sweep counts as over, and its memory is let go. */
const FORGET_AFTER = 5000;

interface Ready {
  readonly bench: Workbench;
  readonly candidates: Candidates;
}

let latest: (Ready & { readonly id: string }) | null = null;
const forget = setTimeout(() => (latest = null), FORGET_AFTER).unref();

/** The workbench and the settings of a sweep, kept from piece to piece, or why there can be none, in words. */
function readyFor({ id, formula, space, spans, ...given }: SweepSubject): Result<Ready, string> {
  forget.refresh();
  if (latest?.id === id) return ok(latest);
  const read = fromJson(JSON.parse(formula));
  if (!read.ok) return err(read.error.map(({ message }) => message).join(' '));
  const candidates = candidatesIn(space);
  if (!candidates.ok) return candidates;
  latest = {
    id,
    candidates: candidates.value,
    bench: new Workbench({ formula: read.value, spans: spansOf(spans), ...given }),
  };
  return ok(latest);
}
