import type { Bar, Bars } from './bars.ts';
import { timeframeLength } from './timeframe.ts';

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
  for (const [name, price] of [['open', open], ['high', high], ['low', low], ['close', close]] as const) {
    if (!Number.isFinite(price)) return `The ${name} is no number.`;
    if (price <= 0) return `The ${name} is ${price}: prices are above 0.`;
  }
  if (high < low) return `The high ${high} is below the low ${low}.`;
  if (open > high || open < low) return `The open ${open} lies outside the range ${low} to ${high}.`;
  if (close > high || close < low) return `The close ${close} lies outside the range ${low} to ${high}.`;
  return Number.isFinite(volume) && volume >= 0 ? null : `The volume is ${volume}: it is 0 or more.`;
}

/** Everything that is wrong with the bars, up to a hundred problems: impossible prices, times out of order or twice, gaps. */
export function checkBars(bars: Bars): DataProblem[] {
  const problems: DataProblem[] = [];
  const usual = timeframeLength(bars.timeframe);
  for (let index = 0; index < bars.length && problems.length < MOST_PROBLEMS; index += 1) {
    const add = (severity: DataProblem['severity'], message: string) => problems.push({ severity, bar: index, message });
    const bar = barOf(bars, index);
    const wrong = barProblem(bar);
    if (wrong !== null) add('error', wrong);
    if (index === 0) continue;
    const distance = bar.time - (bars.time[index - 1] ?? 0);
    if (distance === 0) add('error', `Two bars have the time ${timeText(bar.time)}.`);
    else if (distance < 0) add('error', `The bar of ${timeText(bar.time)} stands behind a later one.`);
    else if (isGap(bars, distance, usual)) add('warning', `Between ${timeText(bars.time[index - 1] ?? 0)} and ${timeText(bar.time)} there are no bars.`);
  }
  return problems;
}

/** Markets close at night, over weekends and holidays: only what is longer is a gap. */
function isGap({ timeframe }: Bars, distance: number, usual: number): boolean {
  const week = 7 * 86_400_000;
  return timeframe === '1w' || timeframe === '1M' ? distance > 2.2 * usual : distance > Math.max(week, 3 * usual);
}

const timeText = (time: number): string => (Number.isFinite(time) ? new Date(time).toISOString().slice(0, 16).replace('T', ' ') : 'no time');

function barOf(bars: Bars, index: number): Bar {
  const at = (column: Float64Array) => column[index] ?? Number.NaN;
  return { time: at(bars.time), open: at(bars.open), high: at(bars.high), low: at(bars.low), close: at(bars.close), volume: at(bars.volume) };
}
