import { monteCarlo, type MonteCarloRequest } from '#core/engine/chance/monte-carlo.ts';
import type { OutcomeOf } from './protocol.ts';
import type { TaskWatch } from './run-task.ts';

export function runMonteCarlo(
  request: MonteCarloRequest,
  { onProgress, shouldStop }: TaskWatch,
): OutcomeOf<'monteCarlo'> {
  const drawn = monteCarlo(request, {
    onProgress: (done, total) => onProgress(total === 0 ? 1 : done / total),
    shouldStop,
  });
  return drawn.ok ? { type: 'finished', drawn: drawn.value } : drawn.error;
}
