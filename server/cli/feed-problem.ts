import { compile } from '#core/engine/compile.ts';
import { barsOfClocks, whyFeedsApart } from '#core/engine/feeds.ts';
import type { Formula } from '#core/formula/formula.ts';
import type { Data } from './read-bars.ts';

/** Why the bars of other symbols are not those that a formula needs, in words; null when they are, or the formula has errors of its own. */
export function feedProblem(formula: Formula, { bars, feeds }: Data): string | null {
  const plan = compile(formula, {}, { keepNamed: true });
  if (!plan.ok) return null;
  const clocks = barsOfClocks(plan.value, bars, feeds);
  return clocks.ok ? whyFeedsApart(plan.value, bars, feeds) : clocks.error;
}
