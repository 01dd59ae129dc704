import { estimateRun, type EstimateRequest } from '#core/engine/sweep/estimate.ts';
import { fromJson } from '#core/formula/json/json.ts';
import { EMPTY_FORMULA } from '#core/formula/model/formula.ts';
import type { Subject } from './protocol.ts';

/** Memory that a run takes by its estimate, now that its bars are counted. */
export function bytesOfRun(
  { formula, bars }: Subject,
  swept: Partial<Pick<EstimateRequest, 'axes' | 'candidates' | 'windows'>> = {},
): number {
  const read = fromJson(JSON.parse(formula));
  return estimateRun({ candidates: 1, ...swept, formula: read.ok ? read.value : EMPTY_FORMULA, bars: bars.length })
    .bytes;
}
