import { logarithm } from '#core/elementary/logarithm.ts';
import type { BarColumn, Bars } from './bars.ts';
import { priceText } from './price-digits.ts';

/** Prices jump by so much in any market, as a logarithm. */
export const LEAST_JUMP = 0.03;
/** A jump of so many usual moves, and further than the market ever jumped, is doubted. */
export const [USUAL_MOVES, OWN_JUMPS] = [8, 1.5] as const;
/** Behind a crash or a halt prices move widely within the bar, too; those of something else move as always. */
export const MOVES_WITHIN = 12;
/** A factor that no market makes between two bars, whatever is known of it. */
export const NO_MARKET = logarithm(30);
/** So many new shares for an old one. */
export const SPLITS = [1.5, 2, 3, 4, 5, 10, 20].map(logarithm);

/** How far the prices of a bar lie from a price before, as a logarithm with its sign: 0 where the bar reaches it. */
export function jumpOver(
  price: number,
  { high, low }: Pick<Bars, Extract<BarColumn, 'high' | 'low'>>,
  bar: number,
): number {
  const [top, bottom] = [high[bar] ?? Number.NaN, low[bar] ?? Number.NaN];
  if (bottom > price) return logarithm(bottom / price);
  return top < price ? logarithm(top / price) : 0;
}

/** `2.5 times as much`. */
export const timesText = (times: number): string =>
  times >= 1
    ? `${priceText(Number(times.toPrecision(3)))} times as much`
    : `${priceText(Number((1 / times).toPrecision(3)))} times less`;
