import { ok, type Result } from '#core/result/result.ts';
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
  readonly by: string;
}

/** A walk-forward on one thread, without pieces: what every other way of running one is held to. */
export function walkForwardAlone(
  request: WalkForwardRequest,
  watch: Watch = {},
): Result<WalkForward | 'stopped', string> {
  const folds = foldsOf(request.bars.length, request.windows);
  if (!folds.ok) return folds;
  const table = sweep(
    { ...request, spans: folds.value.map(({ inSample }) => inSample), keep: [worthKey(request.by)] },
    watch,
  );
  if (!table.ok || table.value === 'stopped') return table.ok ? ok('stopped') : table;
  return tradeForward(
    { ...request, folds: folds.value, choices: chooseBest(table.value, request.by, folds.value.length) },
    watch,
  );
}
