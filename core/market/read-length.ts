import { err, ok, type Result } from '#core/result/result.ts';
import type { Timeframe } from './bars.ts';
import { Distances, type LengthProblem } from './distances.ts';
import { findOverlap } from './find-overlap.ts';
import { GRIDS, mayBeLonger } from './longer-grid.ts';
import { monthsTimeframe, timeframeLength, timeframeOf } from './timeframe.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Bars of months follow each other no faster; those of four weeks are all as far apart. */
const SHORTEST_MONTH = 27 * DAY;

/** Bars of a market that is seldom traded: so many of them at the least follow the one before at once. */
const FEWEST_NEIGHBOURS = 0.05;
/** Clocks change, an exchange stops in the middle of a bar: so few bars may be shorter. */
const MOST_SHORT = 0.005;

/**
 * How long bars that open at these times last, by all of the distances between them: the length that no two bars
 * overlap by and that most of them have, nights, weekends and holes aside. Times that several lengths explain, or none,
 * are refused in words: a length is never guessed.
 *
 * - Days may be an hour shorter or longer (summer time), weeks and months begin a day or two late.
 * - Where the most usual distance is not the shortest one, the shortest is the length of a market that is seldom traded, as long as all others
 *   are multiples of it; but sessions may begin with a bar that is cut short by the grid of the others (9:30, 10:00, 11:00 …).
 * - A stretch of the file without one bar next to another has other bars: first days, later hours.
 * - A distance that only ever stands at the beginning of a session says nothing, where a usual grid may have cut that bar short: bars at 9:30 and 12:00 may
 *   last two hours and a half, or four.
 * - The first bar may be cut short by the beginning of the file: a week from Wednesday on.
 */
export function readLength(time: Float64Array): Result<Timeframe, LengthProblem> {
  const read = readWhole(time);
  if (read.ok || time.length < 4) return read;
  const rest = readWhole(time.subarray(1));
  return rest.ok && (time[1] ?? 0) - (time[0] ?? 0) < timeframeLength(rest.value) ? rest : read;
}

function readWhole(time: Float64Array): Result<Timeframe, LengthProblem> {
  if (time.length < 2) return err({ bar: 0, message: 'One bar does not say how long it lasts.' });
  if (time.length === 2)
    return err({ bar: 1, message: 'Two bars do not say how long they last: the first one may be cut short.' });
  const distances = new Distances(time);
  const [usual, shortest] = [distances.usual, distances.shortest];
  if (shortest >= SHORTEST_MONTH && (isMonthly(time) || distances.oddBelow(Number.POSITIVE_INFINITY, shortest).all > 0))
    return monthsOf(time, distances);
  const length = usual === shortest || isCutShort(time, distances) ? usual : shortest;
  const timeframe = timeframeOf(length);
  const problem =
    timeframe === null
      ? distances.mixed()
      : (whyNot(time, distances, length) ??
        (isSure(time, distances, length) ? null : distances.mixed(distances.firstOf(length))));
  if (problem) return err(problem);
  return timeframe === null ? err(distances.mixed()) : ok(timeframe);
}

/** Why the length does not explain the distances; null when it does. */
function whyNot(time: Float64Array, distances: Distances, length: number): LengthProblem | null {
  if (length === distances.usual) {
    const short = distances.countBelow(length);
    // Those that a session's first or last bar or a change of clocks explains.
    if (short > 0 && !isCutShort(time, distances)) return distances.mixed(distances.firstBelow(length));
    const odd = distances.oddBelow(3 * length, length);
    // A break at noon is always as long; distances of all kinds are those of shorter bars that are seldom traded.
    if (short === 0 && odd.all > 0.05 * distances.count && odd.alike < 0.8 * odd.all) return distances.mixed(odd.bar);
    if (distances.countOf(length) < FEWEST_NEIGHBOURS * distances.count) return distances.mixed();
  } else if (
    distances.countOf(length) < FEWEST_NEIGHBOURS * distances.count ||
    distances.oddBelow(Number.POSITIVE_INFINITY, length).all > MOST_SHORT * distances.count
  )
    return distances.mixed();
  if (leavesOutWeekends(distances, length)) return distances.mixed(distances.firstOf(length));
  if (length === WEEK && !keepsWeekday(distances)) return distances.mixed(distances.firstOther(WEEK));
  const timeframe = timeframeOf(length);
  const overlap = timeframe === null ? null : findOverlap(time, timeframe);
  if (overlap !== null) return distances.mixed(overlap);
  const stretch = distances.stretchWithout(length, 3);
  return stretch ? distances.mixed(stretch.bar) : null;
}

/** Bars of several days that are no weeks: over a weekend they may go on, and so be longer than they seem. */
const leavesOutWeekends = (distances: Distances, length: number): boolean =>
  length > DAY && length % WEEK !== 0 && distances.countOf(length) < (1 - MOST_LEFT_OUT) * distances.count;

/**
 * Behind a holiday one week may open on another day, and the next one again; three that do are no weeks, but count days
 * of trade.
 */
const MOST_OTHER_DAYS = 2;
/** In a file of fewer bars one that opens on another day is followed by one on the usual day. */
const FEW = 20;

/**
 * Whether bars that stand a week apart open on one day of the week, holidays aside: bars of five days of trade move on
 * by a day with each holiday.
 */
function keepsWeekday(distances: Distances): boolean {
  const counts = new Map<number, number>([[0, 1]]);
  const days = [0];
  for (let bar = 1; bar <= distances.count; bar += 1) {
    const day = ((days[bar - 1] ?? 0) + Math.round(distances.at(bar) / DAY)) % 7;
    days.push(day);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const [usual, count] = [...counts].reduce((most, next) => (next[1] > most[1] ? next : most));
  if (count < days.length / 2) return false;
  const isSmall = days.length < FEW;
  if (isSmall && days.at(-1) !== usual) return false;
  const most = isSmall ? 1 : MOST_OTHER_DAYS;
  let run = 0;
  for (const [bar, day] of days.entries()) {
    run = day === usual ? 0 : day === days[bar - 1] ? run + 1 : 1;
    if (run > most) return false;
  }
  return true;
}

/**
 * Whether all bars that are shorter than usual are cut short by the grid on which the others stand or by the opening of
 * a session (those of weeks also by a holiday), or are so few that clocks or an exchange may have done it.
 */
function isCutShort(time: Float64Array, distances: Distances): boolean {
  const length = distances.usual;
  const short = distances.countBelow(length);
  if (short === 0) return true;
  if (length === WEEK) return distances.countBelow(length - 2 * DAY) === 0;
  if (short <= MOST_SHORT * distances.count) return distances.isAlone(length);
  return isOnGrid(time, distances, length, 0.6);
}

/**
 * Whether at least such a share of the bars stand on the grid of a length, and all that are shorter than the length
 * begin or end with a session: off the grid a bar opens only to end on it, and one on it ends early only where a
 * session opens.
 */
function isOnGrid(time: Float64Array, distances: Distances, length: number, share: number): boolean {
  const phases = new Map<number, number>();
  for (const at of time) phases.set(at % length, (phases.get(at % length) ?? 0) + 1);
  const [phase = 0, count = 0] = [...phases].reduce((most, next) => (next[1] > most[1] ? next : most), [0, 0]);
  if (count < share * time.length) return false;
  for (let bar = 1; bar < time.length; bar += 1) {
    const [wasOn, isOn] = [(time[bar - 1] ?? 0) % length === phase, (time[bar] ?? 0) % length === phase];
    if (distances.at(bar) < length && wasOn === isOn) return false;
    if (distances.at(bar) === length && !wasOn) return false;
  }
  return true;
}

/**
 * So many pairs of equal distances are to be expected where chance alone puts bars next to each other: that there is
 * none, is no chance.
 */
const EXPECTED_PAIRS = 7;
/** Distances that bars may last as long as. */
const OTHERS_TRIED = 10;
/**
 * Bars of several days that leave out weekends leave out more; those that count days of trade last longer over them.
 */
const MOST_LEFT_OUT = 0.2;

/**
 * Whether the bars can't last longer for certain: some bar stands between two others of its session, or no grid of
 * longer bars explains all of the times. Days and weeks need a bar between two others too, since a longer bar may be
 * named by the first day that is traded in it.
 */
function isSure(time: Float64Array, distances: Distances, length: number): boolean {
  const count = distances.countOf(length);
  if (count === distances.count) return true;
  let pairs = 0;
  for (let bar = 2; bar < time.length; bar += 1)
    if (distances.at(bar) === length && distances.at(bar - 1) === length) pairs += 1;
  if (length >= DAY) return pairs > 0;
  // Sessions of two bars have no pairs either, but those are of an hour at the least.
  const areTwoASession = distances.usual === length && length >= HOUR && GRIDS.includes(length);
  if (pairs === 0 && (count * count) / distances.count > EXPECTED_PAIRS && !areTwoASession) return false;
  const longer =
    pairs > 0
      ? GRIDS.filter((grid) => distances.countOf(grid) > 0)
      : [...new Set([...GRIDS, ...distances.most(OTHERS_TRIED)])];
  return !longer.some(
    (other) => other > length && other < DAY && mayBeLonger(time, length, other, pairs > 0 ? 0.6 : 0),
  );
}

/** Whether all bars open on the same day of a month, or on the last one, in whatever time zone. */
function isMonthly(time: Float64Array): boolean {
  const dayIn = (at: number): number => new Date(at + DAY / 2).getUTCDate();
  const day = dayIn(time[0] ?? 0);
  return time.every((at) => dayIn(at) === day) || time.every((at) => dayIn(at + DAY) === 1);
}

/** Months, by the calendar: those of a time zone begin in the evening of the last day. */
function monthsOf(time: Float64Array, distances: Distances): Result<Timeframe, LengthProblem> {
  const monthOf = (at: number): number => {
    const date = new Date(at);
    const isEvening = new Date(at + 14 * HOUR).getUTCMonth() !== date.getUTCMonth() && at % DAY !== 0;
    return date.getUTCFullYear() * 12 + date.getUTCMonth() + (isEvening ? 1 : 0);
  };
  const steps = Array.from(time.subarray(1), (at, bar) => monthOf(at) - monthOf(time[bar] ?? 0));
  const fewest = steps.reduce((least, months) => Math.min(least, months));
  const other = steps.findIndex(
    (months, bar) => bar > 1 && months !== fewest && months === steps[bar - 1] && months === steps[bar - 2],
  );
  const alike = steps.filter((months) => months === fewest).length;
  // The beginning of the file may cut the first one short: its step alone says nothing.
  const isOfOne = steps.every((months) => months % fewest === 0) && steps.lastIndexOf(fewest) > 0;
  if (fewest < 1 || other >= 0 || !isOfOne || alike < 0.5 * distances.count)
    return err(distances.mixed(Math.max(other - 1, 1)));
  return ok(monthsTimeframe(fewest));
}
