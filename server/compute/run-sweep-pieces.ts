import { whyFeedsApart } from '#core/engine/columns/feeds.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { candidatesIn, listOf, type Candidates } from '#core/engine/sweep/space.ts';
import { rowOf, SweepTable } from '#core/engine/sweep/sweep-table.ts';
import { planSweep } from '#core/engine/sweep/sweep.ts';
import { chooseBest, tradeForward } from '#core/engine/sweep/walk-forward.ts';
import { Workbench } from '#core/engine/sweep/workbench.ts';
import { fromJson } from '#core/formula/json/json.ts';
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

/** Compiles all candidates of a sweep and says in which order they are run. */
export function planCandidates(
  { subject, space, slots }: PlanTask,
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
  return plan ? { type: 'finished', plan } : { type: 'stopped' };
}

export function loadColumns({ subject, candidate, columns, standing }: LoadTask): OutcomeOf<'load'> {
  const ready = readyFor(subject);
  if (typeof ready === 'string') return refuse([ready]);
  const loaded = ready.bench.load(ready.candidates.at(candidate) ?? {}, columns, standing);
  return loaded.ok ? { type: 'finished' } : refuse([loaded.error]);
}

export function runCandidates(
  { subject, candidates, standing }: CandidatesTask,
  { shouldStop }: Pick<TaskWatch, 'shouldStop'>,
): OutcomeOf<'candidates'> {
  const ready = readyFor(subject);
  if (typeof ready === 'string') return refuse([ready]);
  const { keep, spans, figures } = subject;
  const run = ready.bench.run(
    candidates.map((candidate) => ready.candidates.at(candidate) ?? {}),
    standing,
    shouldStop,
  );
  if (!run.ok) return refuse([run.error]);
  if (run.value === 'stopped') return { type: 'stopped' };
  const metrics = run.value;
  for (const [index, candidate] of candidates.entries())
    figures.set(rowOf(metrics[index] ?? [], keep), candidate * keep.length * spans.length);
  return { type: 'finished' };
}

export function chooseCandidates({ space, keep, figures, spans, by }: ChooseTask): OutcomeOf<'choose'> {
  const candidates = candidatesIn(space);
  if (!candidates.ok) return refuse([candidates.error]);
  return { type: 'finished', choices: chooseBest(new SweepTable(candidates.value, keep, spans, figures), by, spans) };
}

export function tradeWindows(
  { subject, folds, choices }: ForwardTask,
  { shouldStop }: Pick<TaskWatch, 'shouldStop'>,
): OutcomeOf<'forward'> {
  const { bars, feeds, settings } = subject;
  const formula = fromJson(JSON.parse(subject.formula));
  if (!formula.ok) return refuse(formula.error.map(({ message }) => message));
  const traded = tradeForward({ formula: formula.value, bars, feeds, settings, folds, choices }, { shouldStop });
  if (!traded.ok) return refuse([traded.error]);
  if (traded.value === 'stopped') return { type: 'stopped' };
  const kept = keepForward(traded.value, MOST_RESULT_BYTES);
  return typeof kept === 'string' ? refuse([kept]) : { type: 'finished', forward: kept };
}

/** After so many milliseconds without a piece a sweep counts as over, and its memory is let go. */
const FORGET_AFTER = 5000;

interface Ready {
  readonly bench: Workbench;
  readonly candidates: Candidates;
}

let latest: (Ready & { readonly id: string }) | null = null;
const forget = setTimeout(() => (latest = null), FORGET_AFTER).unref();

/** The workbench and the settings of a sweep, kept from piece to piece; why there can be none, in words. */
function readyFor({ id, formula, space, ...given }: SweepSubject): Ready | string {
  forget.refresh();
  if (latest?.id === id) return latest;
  const read = fromJson(JSON.parse(formula));
  if (!read.ok) return read.error.map(({ message }) => message).join(' ');
  const candidates = candidatesIn(space);
  if (!candidates.ok) return candidates.error;
  latest = { id, candidates: candidates.value, bench: new Workbench({ formula: read.value, ...given }) };
  return latest;
}
