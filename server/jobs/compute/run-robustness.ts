import { monteCarlo, type MonteCarloRequest } from '#core/engine/monte-carlo.ts';
import { tradeForward } from '#core/engine/walk-forward.ts';
import { fromJson } from '#core/formula/json.ts';
import type { ForwardTask, OutcomeOf } from './protocol.ts';
import { refuse, type TaskWatch } from './run-task.ts';

export function runForward({ subject, folds, choices }: ForwardTask, { shouldStop }: TaskWatch): OutcomeOf<'forward'> {
  const formula = fromJson(JSON.parse(subject.formula));
  if (!formula.ok) return refuse(formula.error.map(({ message }) => message));
  const walked = tradeForward({ ...subject, formula: formula.value, folds, choices }, { shouldStop });
  if (!walked.ok) return refuse([walked.error]);
  return walked.value === 'stopped' ? { type: 'stopped' } : { type: 'finished', walked: walked.value };
}

export function runMonteCarlo(request: MonteCarloRequest, { onProgress, shouldStop }: TaskWatch): OutcomeOf<'monteCarlo'> {
  const drawn = monteCarlo(request, { onProgress: (done, total) => onProgress(total === 0 ? 1 : done / total), shouldStop });
  return drawn === 'stopped' ? { type: 'stopped' } : { type: 'finished', drawn };
}
