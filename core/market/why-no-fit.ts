import type { Timeframe } from './bars.ts';
import { findLonger } from './find-longer.ts';
import { findOverlap } from './find-overlap.ts';
import { findStrange } from './find-strange.ts';
import { putTogether } from './given-bars.ts';
import { momentText } from './moment-text.ts';
import { lengthProblem } from './named-length.ts';

/**
 * Why bars can't be bars of a market, in words that say what to do; null when they can. `known`: times of bars of the
 * market around them, UTC milliseconds in order; `given`: theirs, in order, those that are known already among them.
 * The market's own bars say by what clock its bars open, when sessions cut them short and how far apart they are: of
 * given bars none may open within another one, at a time when none of the market does, or as far from the others as
 * longer ones. O(bars).
 */
export function whyNoFit(known: Float64Array, given: Float64Array, timeframe: Timeframe): string | null {
  const together = putTogether(known, given);
  const { time, isNew, news } = together;
  if (news === 0) return null;
  const overlap = findOverlap(time, timeframe, (bar) => isNew[bar] === 1);
  if (overlap !== null)
    return `The bar of ${momentText(time[overlap] ?? 0)} opens while that of ${momentText(time[overlap - 1] ?? 0)} lasts. ${CHECK}`;
  const strange = findStrange(known, together, timeframe);
  if (strange >= 0)
    return `No bar of the market opens at such a time as that of ${momentText(time[strange] ?? 0)}. ${CHECK}`;
  const longer = findLonger(together, timeframe);
  if (longer !== null)
    return `From ${momentText(time[longer.from] ?? 0)} to ${momentText(time[longer.to] ?? 0)} they are as far apart as bars of another length. ${CHECK}`;
  const problem = lengthProblem(time, timeframe);
  // What is there may have been named by somebody who knows better than the times.
  return problem === null || lengthProblem(known, timeframe) !== null ? null : `${problem.message} ${CHECK}`;
}

const CHECK =
  'Look by what clock the file names its bars, whether by their opens or closes, and how long they last; bars that are right so belong into a market of their own.';
