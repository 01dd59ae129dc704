import { formatFigure } from '#ui/format/format-figure.ts';

const compact = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  minimumFractionDigits: 1,
  maximumFractionDigits: 2,
});
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Any value of a series, as short as it can be read: `2,743.1`, `0.0123`, `3.52B`. */
export function formatValue(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return compact.format(value).replace('-', '−');
  return formatFigure(value, { kind: 'ratio', digits: Number.isInteger(value) ? 0 : digitsOf(size) });
}

function digitsOf(size: number): number {
  if (size >= 1000) return 1;
  if (size >= 10) return 2;
  return size >= 1 ? 3 : 4;
}

/** `Sep 2018` where a year begins in the plot, `Sep` elsewhere. */
export function formatMonth(time: number, withYear: boolean): string {
  const date = new Date(time);
  const month = MONTHS[date.getUTCMonth()] ?? '';
  return withYear ? `${month} ${date.getUTCFullYear()}` : month;
}
