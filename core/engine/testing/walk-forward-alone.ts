import { refused, type Outcome } from '#core/result/outcome.ts';
import type { MetricKey } from '../figures/metrics.ts';
import type { Watch } from '../run-columns.ts';
import { worthKey } from '../sweep/ranking.ts';
import { sweep, type SweepRequest } from '../sweep/sweep.ts';
import { chooseBest, foldsOf, tradeForward, type WalkForward, type Windows } from '../sweep/walk-forward.ts';

export interface WalkForwardRequest extends Pick<
  SweepRequest,
  'formula' | 'candidates' | 'bars' | 'feeds' | 'settings' | 'columnBytes'
> {
  readonly windows: Windows;
  /** Key of the metric by which settings are chosen. */
  readonly by: MetricKey;
}

/** A walk-forward on one thread, without pieces: what every other way of running one is held to. */
export function walkForwardAlone(request: WalkForwardRequest, watch: Watch = {}): Outcome<WalkForward> {
  const folds = foldsOf(request.bars.length, request.windows);
  if (!folds.ok) return refused(folds.error);
  const table = sweep(
    { ...request, spans: folds.value.map(({ inSample }) => inSample), keep: [worthKey(request.by)] },
    watch,
  );
  if (!table.ok) return table;
  return tradeForward(
    { ...request, folds: folds.value, choices: chooseBest(table.value, request.by, folds.value.length) },
    watch,
  );
}
