import type { PriceFormatBuiltIn } from 'lightweight-charts';
import { digitsOfPrice, priceDigits, type Prices } from '#core/market/price-digits.ts';

const withDigits = (precision: number): { readonly priceFormat: PriceFormatBuiltIn } => ({
  priceFormat: { type: 'price', precision, minMove: Number(`1e-${precision}`) },
});

/** A fraction as figures elsewhere write it: `−13.9%`. */
export const chartPercent = (value: number): string => `${value < 0 ? '−' : ''}${Math.abs(value * 100).toFixed(1)}%`;

/** How an axis and its labels write prices: in the digits that the prices of the bars have. */
export const formatOfBars = (bars: Prices) => withDigits(priceDigits(bars));

/** The same for a line on a scale of its own: four digits of its largest value. */
export function formatOfLine(values: ArrayLike<number>) {
  let largest = 0;
  for (let bar = 0; bar < values.length; bar += 1)
    if (Math.abs(values[bar] ?? 0) > largest) largest = Math.abs(values[bar] ?? 0);
  return withDigits(Number.isFinite(largest) ? digitsOfPrice(Number(largest.toPrecision(4))) : 2);
}
