import type { Timeframe } from './bars.ts';
import { mayHaveChanged, CLOCK_CHANGE } from './clock-changes.ts';
import { nearest, type Together } from './given-bars.ts';
import { within } from './opens-of-day.ts';
import { calendarTime, timeframeLength } from './timeframe.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** 1970-01-05 was a Monday. */
const MONDAY = 4 * DAY;

/** Fewer bars say too little of the clock of a market; so do half as many as are given. */
const FEWEST = 20;
const FEWEST_DAYS = 3;
/**
 * A time of the day that each of those that are known has returned so often is no accident: others are none of the
 * market's.
 */
const SURE = 3;
/** In a market that is seldom traded so many times more bars than chance makes open at times that were never there. */
const [FEWEST_STRANGE, TIMES_CHANCE] = [3, 10];
/**
 * A session whose opening is not known yet opens behind such a hole, at a whole five minutes, while so few openings are
 * known.
 */
const [BEFORE_OPENING, OPENS_AT, FEW_OPENINGS] = [4 * HOUR, 5 * MINUTE, 5];
/** Evening in UTC: days that are named by it are those of the next date, or are named by their close. */
const LATE = 15 * HOUR;
/** A holiday makes a week open a day or two later, once or twice in a row. */
const [LATEST_DAYS, MOST_OTHER_DAYS] = [2, 2];
const FEWEST_WEEKDAYS = 60;
/** Months open later where they begin with holidays. */
const LATER_MONTH = 5;

/**
 * The first new bar that opens when no bar of the market does, of bars of less than a day, days, weeks or months; -1
 * when there is none.
 */
export function findStrange(known: Float64Array, together: Together, timeframe: Timeframe): number {
  const length = timeframeLength(timeframe);
  if (length < DAY) return strangeInDay(known, together, length);
  if (known.length < FEWEST_DAYS) return -1;
  const byClock = strangeClock(known, together);
  if (byClock >= 0) return byClock;
  if (timeframe.endsWith('M')) return strangeMonth(known, together, timeframe);
  return length % WEEK === 0 ? strangeWeek(known, together) : length === DAY ? strangeWeekday(known, together) : -1;
}

/**
 * Whether one of the known times, or with a change of clocks between the two one that is an hour off, is that of a bar.
 */
function isKnown(counts: ReadonlyMap<number, number>, known: Float64Array, at: number, period: number): boolean {
  if (counts.has(within(at, period))) return true;
  if (!(counts.has(within(at + CLOCK_CHANGE, period)) || counts.has(within(at - CLOCK_CHANGE, period)))) return false;
  return mayHaveChanged(nearest(known, at), at);
}

function countBy(time: Float64Array, period: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const at of time) counts.set(within(at, period), (counts.get(within(at, period)) ?? 0) + 1);
  return counts;
}

/** How often the rarest one is there, with those that are an hour off: a change of clocks may be young. */
function leastOf(counts: ReadonlyMap<number, number>, period: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [clock, found] of counts) {
    const moved = [clock - CLOCK_CHANGE, clock + CLOCK_CHANGE].map((other) => counts.get(within(other, period)) ?? 0);
    least = Math.min(least, Math.max(found, ...moved));
  }
  return least;
}

function strangeInDay(known: Float64Array, together: Together, length: number): number {
  if (known.length < FEWEST && known.length < together.news) return -1;
  const phase = strangePhase(known, together, length);
  if (phase >= 0 || known.length < 5 * FEWEST || known.length < together.news) return phase;
  return strangeHour(known, together);
}

/** Off the grid of the market, but where its session opens. */
function strangePhase(known: Float64Array, { time, isNew }: Together, length: number): number {
  const phases = countBy(known, length);
  let openings = 0;
  for (let bar = 1; bar < known.length; bar += 1)
    if ((known[bar] ?? 0) - (known[bar - 1] ?? 0) >= Math.max(length + 1, BEFORE_OPENING)) openings += 1;
  for (let bar = 0; bar < time.length; bar += 1) {
    const at = time[bar] ?? 0;
    if (!isNew[bar] || isKnown(phases, known, at, length)) continue;
    const hole = bar === 0 ? Number.POSITIVE_INFINITY : at - (time[bar - 1] ?? 0);
    const mayOpen = openings < FEW_OPENINGS && at % OPENS_AT === 0 && hole > length && hole >= BEFORE_OPENING;
    const next = time[bar + 1];
    if (!mayOpen || (next !== undefined && !phases.has(within(next, length)))) return bar;
  }
  return -1;
}

/** Outside the hours of the market. */
function strangeHour(known: Float64Array, { time, isNew, news }: Together): number {
  const clocks = countBy(known, DAY);
  const strange: number[] = [];
  for (let bar = 0; bar < time.length; bar += 1)
    if (isNew[bar] && !isKnown(clocks, known, time[bar] ?? 0, DAY)) strange.push(bar);
  const [first] = strange;
  if (first === undefined) return -1;
  if (leastOf(clocks, DAY) >= SURE) return first;
  const singles = [...clocks.values()].filter((found) => found === 1).length;
  const chance = (news * (singles + 1)) / (known.length + 1);
  return strange.length >= FEWEST_STRANGE && strange.length > TIMES_CHANCE * chance ? first : -1;
}

/** Days, weeks and months open at a time of the day. */
function strangeClock(known: Float64Array, { time, isNew, news }: Together): number {
  const clocks = countBy(known, DAY);
  const strange: number[] = [];
  for (let bar = 0; bar < time.length; bar += 1)
    if (isNew[bar] && !isKnown(clocks, known, time[bar] ?? 0, DAY)) strange.push(bar);
  const [first = -1] = strange;
  // Each day may be named by the time of its first trade.
  const areMany = clocks.size > known.length / 4 && clocks.size > FEWEST_DAYS;
  return areMany && strange.length <= news / 2 ? -1 : first;
}

/**
 * Days that are named by an evening have the date that follows, or are named by their close: a Friday that was never
 * there shows which.
 */
function strangeWeekday(known: Float64Array, { time, isNew }: Together): number {
  if (known.length < FEWEST_WEEKDAYS || !known.every((at) => within(at, DAY) >= LATE)) return -1;
  const days = new Set(Array.from(known, (at) => new Date(at).getUTCDay()));
  return time.findIndex((at, bar) => isNew[bar] === 1 && !days.has(new Date(at).getUTCDay()));
}

function strangeWeek(known: Float64Array, { time, isNew }: Together): number {
  const dayOf = (at: number): number => Math.floor(within(at - MONDAY, WEEK) / DAY);
  const counts = new Map<number, number>();
  for (const at of known) counts.set(dayOf(at), (counts.get(dayOf(at)) ?? 0) + 1);
  const [usual] = [...counts].reduce((most, next) => (next[1] > most[1] ? next : most));
  let others = 0;
  for (let bar = 0; bar < time.length; bar += 1) {
    const late = (dayOf(time[bar] ?? 0) - usual + 7) % 7;
    others = late === 0 ? 0 : others + 1;
    if (!isNew[bar] || late === 0) continue;
    const isHoliday = late <= LATEST_DAYS && !(counts.size === 1 && known.length >= FEWEST_WEEKDAYS);
    if (!(isHoliday || counts.has(dayOf(time[bar] ?? 0))) || others > MOST_OTHER_DAYS) return bar;
  }
  return -1;
}

function strangeMonth(known: Float64Array, { time, isNew }: Together, timeframe: Timeframe): number {
  const dayOf = (at: number): number => new Date(calendarTime(at, timeframe)).getUTCDate();
  // The first one may be cut short by the beginning of its file.
  const days = Array.from(known.subarray(1), dayOf);
  const [least, most] = [Math.min(...days), Math.max(...days)];
  return time.findIndex(
    (at, bar) => isNew[bar] === 1 && (dayOf(at) > most + LATER_MONTH || dayOf(at) < least - LATER_MONTH),
  );
}
