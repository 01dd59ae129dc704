import type { Bar, Bars } from './bars.ts';
import { findGaps } from './find-gaps.ts';

/** Something wrong with bars. Errors keep them from being traded; a gap is a warning. */
export interface DataProblem {
  readonly severity: 'error' | 'warning';
  /** The bar that it is about, counted from 0. */
  readonly bar: number;
  readonly message: string;
}

const MOST_PROBLEMS = 100;

/** What is impossible about a bar in itself, in words; null when nothing is. */
export function barProblem({ time, open, high, low, close, volume }: Bar): string | null {
  if (!Number.isFinite(time)) return 'The time is missing.';
  for (const [name, price] of [
    ['open', open],
    ['high', high],
    ['low', low],
    ['close', close],
  ] as const) {
    if (!Number.isFinite(price)) return `The ${name} is no number.`;
    if (price <= 0) return `The ${name} is ${price}: prices are above 0.`;
  }
  if (high < low) return `The high ${high} is below the low ${low}.`;
  if (open > high || open < low) return `The open ${open} lies outside the range ${low} to ${high}.`;
  if (close > high || close < low) return `The close ${close} lies outside the range ${low} to ${high}.`;
  return Number.isNaN(volume) || (volume >= 0 && volume < Number.POSITIVE_INFINITY)
    ? null
    : `The volume is ${volume}: it is 0 or more.`;
}

/**
 * Everything that is wrong with the bars, in their order: impossible prices, times out of order or twice, holes in
 * sessions. Up to a hundred errors and as many warnings, so that no number of the ones hides the others.
 */
export function checkBars(bars: Bars): DataProblem[] {
  const errors: DataProblem[] = [];
  for (let index = 0; index < bars.length && errors.length < MOST_PROBLEMS; index += 1) {
    if (isSound(bars, index)) continue;
    const wrong = barProblem(barOf(bars, index));
    if (wrong !== null) errors.push({ severity: 'error', bar: index, message: wrong });
    const distance = (bars.time[index] ?? 0) - (bars.time[index - 1] ?? Number.NaN);
    if (distance === 0)
      errors.push({
        severity: 'error',
        bar: index,
        message: `Two bars have the time ${timeText(bars.time[index] ?? 0)}.`,
      });
    else if (distance < 0)
      errors.push({
        severity: 'error',
        bar: index,
        message: `The bar of ${timeText(bars.time[index] ?? 0)} stands behind a later one.`,
      });
  }
  // Where times are not in order, nothing can be said of holes.
  const gaps = errors.length > 0 ? [] : findGaps(bars).slice(0, MOST_PROBLEMS);
  const warnings = gaps.map((bar): DataProblem => ({
    severity: 'warning',
    bar,
    message: gapText(bars.time[bar - 1] ?? 0, bars.time[bar] ?? 0),
  }));
  return [...errors, ...warnings].slice(0, 2 * MOST_PROBLEMS);
}

/** The hole between two bars, in words. */
export const gapText = (before: number, now: number): string =>
  `Between ${timeText(before)} and ${timeText(now)} there are no bars.`;

/**
 * Whether nothing is wrong with a bar and its time: of a million bars nearly all, so that this is all that most of them
 * cost.
 */
function isSound({ time, open, high, low, close, volume }: Bars, index: number): boolean {
  const at = (column: Float64Array): number => column[index] ?? Number.NaN;
  const [top, bottom] = [at(high), at(low)];
  return (
    bottom > 0 &&
    top < Number.POSITIVE_INFINITY &&
    at(open) >= bottom &&
    at(open) <= top &&
    at(close) >= bottom &&
    at(close) <= top &&
    !(at(volume) < 0) &&
    at(volume) !== Number.POSITIVE_INFINITY &&
    Number.isFinite(at(time)) &&
    (index === 0 || at(time) > (time[index - 1] ?? Number.NaN))
  );
}

const timeText = (time: number): string =>
  Number.isFinite(time) ? new Date(time).toISOString().slice(0, 16).replace('T', ' ') : 'no time';

function barOf(bars: Bars, index: number): Bar {
  const at = (column: Float64Array) => column[index] ?? Number.NaN;
  return {
    time: at(bars.time),
    open: at(bars.open),
    high: at(bars.high),
    low: at(bars.low),
    close: at(bars.close),
    volume: at(bars.volume),
  };
}
