import type { Timeframe } from './bars.ts';
import { indexFrom } from './index-from.ts';
import { opensOfDay, within, type OpensOfDay } from './opens-of-day.ts';
import { mayChangeClocks, timeframeLength } from './timeframe.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/**
 * A day begins at least so long behind the one before: clocks change, and an exchange opens a little earlier from one
 * day on.
 */
const SHORTEST_DAY = 22 * HOUR;
/** A month opens that much later at the most where its first days are holidays. */
const LONGEST_REST = 13 * DAY;
/** A market that trades for so long without a hole knows no sessions: nothing cuts its bars short. */
const NO_SESSIONS = 6 * DAY;
/** What sessions do is learnt from so much time, and from as much before and behind. */
const STRETCH = 60 * DAY;
/** A day has no more segments of trade, with one more in the week in which clocks change. */
const MOST_SEGMENTS = 5;

/**
 * The first bar that opens before the one before it can be over, where bars of a timeframe open at these times, in
 * order; null when there is none. Bars of less than a day are cut short where a session ends or breaks off, and by the
 * grid of the others behind its opening; so is the first one by the beginning of the file. Nothing else ends a bar
 * early: another bar within it is the same one again, later or by another clock. `isAsked`: only overlaps that such a
 * bar has a part in count.
 */
export function findOverlap(
  time: Float64Array,
  timeframe: Timeframe,
  isAsked: (bar: number) => boolean = () => true,
): number | null {
  const length = timeframeLength(timeframe);
  const isDay = length >= DAY;
  const least = isDay ? leastOf(timeframe, length) : length;
  const phase = isDay ? DAY : length;
  let sessions: ((bar: number) => boolean) | undefined;
  for (let bar = 1; bar < time.length; bar += 1) {
    const [before, now] = [time[bar - 1] ?? 0, time[bar] ?? 0];
    if (now - before >= least || !(isAsked(bar) || isAsked(bar - 1))) continue;
    // A month may be named by the day on which the file begins.
    if (bar === 1 && ((isDay && now - before >= SHORTEST_DAY) || isCutByBeginning(time, phase))) continue;
    if (isDay) return bar;
    if (length > HOUR && now - before >= length - HOUR && mayChangeClocks(before, now)) continue;
    sessions ??= cutsOf(time, length);
    if (!sessions(bar)) return bar;
  }
  return null;
}

function leastOf(timeframe: Timeframe, length: number): number {
  return timeframe.endsWith('M') ? 0.91 * length - LONGEST_REST : SHORTEST_DAY;
}

/** Whether the second bar stands where others do, and the first one does not. */
function isCutByBeginning(time: Float64Array, phase: number): boolean {
  const countOf = (at: number): number =>
    time.reduce((sum, other) => sum + (within(other, phase) === within(at, phase) ? 1 : 0), 0);
  return countOf(time[0] ?? 0) < countOf(time[1] ?? 0) || time.length === 2;
}

/** Whether a session explains that a bar opens before the one before is over. To be asked in order. */
function cutsOf(time: Float64Array, length: number): (bar: number) => boolean {
  if (knowsNoSessions(time, length)) return () => false;
  const learnt = new Map<number, OpensOfDay>();
  const first = time[0] ?? 0;
  const opensIn = (stretch: number): OpensOfDay => {
    const from = first + stretch * STRETCH;
    const opens = learnt.get(stretch) ?? opensOfDay(partOf(time, from, from + STRETCH), length);
    learnt.set(stretch, opens);
    return opens;
  };
  const opened = new Set<number>();
  let [week, clocks] = [Number.NaN, new Set<number>()];
  return (bar) => {
    const [before, now] = [time[bar - 1] ?? 0, time[bar] ?? 0];
    const stretch = Math.floor((now - first) / STRETCH);
    const near = [stretch, stretch - 1, stretch + 1].filter(
      (other) => other >= 0 && first + other * STRETCH <= (time[time.length - 1] ?? 0),
    );
    const isOpening = bar === 1 || before - (time[bar - 2] ?? 0) > length || opened.has(bar - 1);
    if (isOpening && near.some((other) => opensIn(other).isOnGrid(now))) return true;
    if (!near.some((other) => opensIn(other).returns(now))) return false;
    opened.add(bar);
    if (Math.floor(now / WEEK) !== week) [week, clocks] = [Math.floor(now / WEEK), new Set()];
    clocks.add(within(now, DAY));
    return clocks.size <= MOST_SEGMENTS;
  };
}

const partOf = (time: Float64Array, from: number, to: number): Float64Array =>
  time.subarray(indexFrom(time, from), indexFrom(time, to));

function knowsNoSessions(time: Float64Array, length: number): boolean {
  let since = time[0] ?? 0;
  for (let bar = 1; bar < time.length; bar += 1) {
    const now = time[bar] ?? 0;
    if (now - (time[bar - 1] ?? 0) > length) since = now;
    else if (now - since >= NO_SESSIONS) return true;
  }
  return false;
}
