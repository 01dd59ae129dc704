import type { Timeframe } from './bars.ts';
import { momentText } from './moment-text.ts';
import type { OddBar } from './odd-bar.ts';
import { within } from './opens-of-day.ts';
import { calendarTime, timeframeLength } from './timeframe.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of fewer days nothing is said. */
const FEWEST_DAYS = 60;
/** A time that so few bars have of those that the most usual one has is none of the market's. */
const SELDOM = 0.005;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/**
 * Single bars at a time at which the market has no others: days on a day of the week, shorter bars at a time of the day
 * with no neighbour. Null where there are none, or where too few days are known.
 */
export function findOutOfPlace(time: Float64Array, timeframe: Timeframe): OddBar | null {
  const length = timeframeLength(timeframe);
  if (length === DAY) return onOtherDay(time, timeframe);
  return length < DAY ? atOtherHour(time, length) : null;
}

function onOtherDay(time: Float64Array, timeframe: Timeframe): OddBar | null {
  const dayOf = (at: number): number => new Date(calendarTime(at, timeframe)).getUTCDay();
  const counts = new Uint32Array(7);
  for (const at of time) counts[dayOf(at)] = (counts[dayOf(at)] ?? 0) + 1;
  const most = Math.max(...counts);
  if (most < FEWEST_DAYS) return null;
  const isOdd = (at: number): boolean => isSeldom(counts[dayOf(at)] ?? 0, most);
  return tell(time, isOdd, (at) => `is a ${WEEKDAYS[dayOf(at)] ?? ''}`, 'days of the week');
}

function atOtherHour(time: Float64Array, length: number): OddBar | null {
  const counts = new Map<number, number>();
  for (const at of time) counts.set(within(at, DAY), (counts.get(within(at, DAY)) ?? 0) + 1);
  let most = 0;
  for (const count of counts.values()) most = Math.max(most, count);
  if (most < FEWEST_DAYS) return null;
  const odd = new Set([...counts.keys()].filter((clock) => isSeldom(withMoved(counts, clock), most)));
  if (odd.size === 0) return null;
  const isOdd = (at: number, bar: number): boolean =>
    odd.has(within(at, DAY)) &&
    at - (time[bar - 1] ?? Number.NEGATIVE_INFINITY) > 1.5 * length &&
    (time[bar + 1] ?? Number.POSITIVE_INFINITY) - at > 1.5 * length;
  return tell(time, isOdd, (at) => `opens at ${momentText(at).slice(11, 16)} UTC`, 'times of the day');
}

/** Clocks change: a session that opens an hour later for half of the year has its hours twice. */
const withMoved = (counts: ReadonlyMap<number, number>, clock: number): number =>
  [-HOUR, 0, HOUR].reduce((sum, shift) => sum + (counts.get(within(clock + shift, DAY)) ?? 0), 0);

const isSeldom = (count: number, most: number): boolean => count <= Math.max(1, SELDOM * most);

function tell(
  time: Float64Array,
  isOdd: (at: number, bar: number) => boolean,
  what: (at: number) => string,
  others: string,
): OddBar | null {
  let [first, more] = [-1, 0];
  time.forEach((at, bar) => {
    if (!isOdd(at, bar)) return;
    if (first < 0) first = bar;
    else more += 1;
  });
  if (first < 0) return null;
  const again = more === 0 ? '' : ` So it is with ${more.toLocaleString('en')} more.`;
  const at = time[first] ?? 0;
  return {
    kind: 'out-of-place',
    bar: first,
    message: `The bar of ${momentText(at)} ${what(at)}, and the others stand at other ${others}.${again} Look whether it belongs to the market.`,
  };
}
