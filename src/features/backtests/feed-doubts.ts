import { feedTimesApart, type BarsTime } from '#core/engine/columns/feeds.ts';
import { compile } from '#core/engine/plan/compile.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import type { Outputs } from '#trpc/types.ts';

type Market = Outputs['market']['list'][number];

/**
 * What the other markets that a formula reads do not have of the time that is run, in words. None where the formula has
 * errors of its own.
 */
export function feedDoubts(
  formula: Formula,
  market: Market,
  markets: readonly Market[],
  { from = market.firstTime, to = market.lastTime }: { readonly from?: number; readonly to?: number },
): string[] {
  const plan = compile(formula, {}, { keepNamed: true });
  if (!plan.ok) return [];
  const [first, last] = [Math.max(from, market.firstTime), Math.min(to, market.lastTime)];
  return first > last ? [] : feedTimesApart(plan.value, { ...timeOf(market), first, last }, markets.map(timeOf));
}

/** The other markets that a formula reads, as it is run on `market`. None where the formula has errors of its own. */
export function marketsRead(formula: Formula, market: Market, markets: readonly Market[]): readonly Market[] {
  const plan = compile(formula, {}, { keepNamed: true });
  if (!plan.ok) return [];
  const symbols = new Set(plan.value.clocks.map(({ symbol }) => symbol));
  return markets.filter(({ symbol }) => symbols.has(symbol) && symbol !== market.symbol);
}

const timeOf = ({ symbol, timeframe, firstTime, lastTime }: Market): BarsTime => ({
  symbol,
  timeframe,
  first: firstTime,
  last: lastTime,
});

/** Whose bars have no volume, null being the market that is run: as `check` takes it. */
export const marketsWithoutVolume = (market: Market, markets: readonly Market[]): (string | null)[] => [
  ...(market.hasVolume ? [] : [null]),
  ...markets.flatMap(({ symbol, hasVolume }) => (hasVolume || symbol === market.symbol ? [] : [symbol])),
];
