import { formatTime } from '../format/format-time.ts';

interface MeasuredPoint {
  /** Index of the bar, as the chart counts. */
  readonly bar: number;
  /** UTC milliseconds. */
  readonly time: number;
  /** NaN outside of the prices. */
  readonly price: number;
}

const DAY = 86_400_000;

const UNITS = [
  ['d', DAY],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** A length of time in its two largest units. */
export function lengthOfTime(milliseconds: number): string {
  const parts: string[] = [];
  let left = Math.abs(milliseconds);
  for (const [unit, length] of UNITS) {
    const count = Math.floor(left / length);
    left -= count * length;
    if (count > 0) parts.push(`${count.toLocaleString('en-US')} ${unit}`);
  }
  return parts.length === 0 ? '0 s' : parts.slice(0, 2).join(' ');
}

const signed = (value: number, digits: number): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toLocaleString('en-US', { maximumFractionDigits: digits })}`;

/** Bars, time and change between two points of a chart, in words; `format` writes a price as its axis does. */
export function measured(from: MeasuredPoint, to: MeasuredPoint, format: (price: number) => string): string {
  const bars = Math.round(to.bar) - Math.round(from.bar);
  const parts = [`${signed(bars, 0)} ${Math.abs(bars) === 1 ? 'bar' : 'bars'}`, lengthOfTime(to.time - from.time)];
  const change = to.price - from.price;
  if (Number.isFinite(change) && from.price !== 0)
    parts.push(
      `${change < 0 ? '−' : '+'}${format(Math.abs(change))} (${signed((change / Math.abs(from.price)) * 100, 2)}%)`,
    );
  return parts.join(' · ');
}

/** The same, with the days, for those who do not see the rectangle. */
export function measuredAloud(from: MeasuredPoint, to: MeasuredPoint, format: (price: number) => string): string {
  const detail = from.time % DAY === 0 && to.time % DAY === 0 ? 'day' : 'minute';
  return `From ${formatTime(from.time, detail)} to ${formatTime(to.time, detail)}: ${measured(from, to, format)}`;
}

export type { MeasuredPoint };
