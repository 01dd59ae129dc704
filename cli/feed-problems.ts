import { barsOfClocks, feedsApartInPart, whyFeedsApart } from '#core/engine/columns/feeds.ts';
import { compile } from '#core/engine/plan/compile.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import type { Data } from './read-bars.ts';

/**
 * Why the bars of other symbols are not those that a formula needs, or are there for a part of its time only; none
 * where it has errors of its own.
 */
export function feedProblems(formula: Formula, { bars, feeds }: Data): Diagnostic[] {
  const plan = compile(formula, {}, { keepNamed: true });
  if (!plan.ok) return [];
  const clocks = barsOfClocks(plan.value, bars, feeds);
  const apart = clocks.ok ? whyFeedsApart(plan.value, bars, feeds) : clocks.error;
  if (apart !== null) return [{ code: 'feed', severity: 'error', message: apart }];
  return feedsApartInPart(plan.value, bars, feeds).map((message) => ({ code: 'feed', severity: 'warning', message }));
}
