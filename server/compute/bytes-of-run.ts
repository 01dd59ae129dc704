import type { EstimateRequest } from '#core/engine/sweep/estimate.ts';
import type { AskFormulas } from './formula-threads.ts';
import type { Subject } from './protocol.ts';

/** Memory that a run takes by its estimate, now that its bars are counted. */
export async function bytesOfRun(
  formulas: AskFormulas,
  owner: string,
  { formula, bars }: Subject,
  swept: Partial<Pick<EstimateRequest, 'axes' | 'candidates' | 'windows'>> = {},
): Promise<number> {
  const costs = { candidates: 1, ...swept, bars: bars.length };
  return (await formulas(owner, 'cost', { json: formula, costs })).bytes;
}
