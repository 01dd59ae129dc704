import { COMMON_TIMEFRAMES, timeframeLength } from './timeframe.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** 1970-01-05, a Monday: clocks change on Sundays. */
const FIRST_MONDAY = 4 * DAY;

/** Lengths below a day whose grid people cut sessions by. */
export const GRIDS: readonly number[] = COMMON_TIMEFRAMES.map(timeframeLength).filter((length) => length < DAY);
/** Sessions open at so many times of the day at the most; fewer of the bars than `SELDOM` may open at others. */
const MOST_OPENS = 6;
const SELDOM = 0.02;
/** So few bars may stand nearer to each other than the grid: clocks change, and an exchange stops. */
const EXCEPTIONS = 0.005;
/** In a file of fewer bars nothing is an exception. */
const FEW = 20;
const PHASES_TRIED = 6;
/**
 * Zones that are no whole hours ahead of UTC and have a market: Tehran in both of its times, India, Nepal, Myanmar,
 * South Australia in both of its times.
 */
const ODD_ZONES = [3.5, 4.5, 5.5, 5.75, 6.5, 9.5, 10.5].map((hours) => hours * HOUR);
/** Sessions in those zones open between these hours of their own clock. */
const [FIRST_OPEN, LAST_OPEN] = [7.5 * HOUR, 12 * HOUR];

/**
 * Whether bars at these times, in order and in UTC milliseconds, may last as long as `longer`, so that some that seem
 * to last `length` would close too early: they stand on the grid of the longer length, those aside that a session opens
 * with, and no two of the grid are nearer to each other than it allows.
 *
 * Of all bars at least `share` stand on the grid. It begins at midnight of any zone and moves with its clocks. Where
 * each session has two bars and their distance is a length that people choose, zones that are no whole hours ahead of
 * UTC are thought of only where their sessions open at such times; otherwise a grid begins at any quarter of an hour.
 */
export function mayBeLonger(time: Float64Array, length: number, longer: number, share: number): boolean {
  const anyQuarter = !(length >= 2 * HOUR && GRIDS.includes(length)) || hasThreeASession(time);
  return usualPhases(time, longer).some(
    (phase) =>
      (anyQuarter ? phase % (15 * MINUTE) === 0 : isOfZone(time, phase)) &&
      fits(time, length, { length: longer, phase, share }),
  );
}

function usualPhases(time: Float64Array, longer: number): number[] {
  const counts = new Map<number, number>();
  for (const at of time) counts.set(at % longer, (counts.get(at % longer) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, PHASES_TRIED)
    .map(([phase]) => phase);
}

function hasThreeASession(time: Float64Array): boolean {
  for (let bar = 2; bar < time.length; bar += 1) {
    const [before, last, now] = [time[bar - 2] ?? 0, time[bar - 1] ?? 0, time[bar] ?? 0];
    if (now - last < DAY / 2 && last - before < DAY / 2) return true;
  }
  return false;
}

/** Whether a grid from midnight of some zone goes through the phase. */
function isOfZone(time: Float64Array, phase: number): boolean {
  if (phase % HOUR === 0) return true;
  return ODD_ZONES.some((zone) => {
    if ((phase + zone) % HOUR !== 0) return false;
    let [opens, fitting] = [0, 0];
    for (let bar = 1; bar < time.length; bar += 1) {
      if ((time[bar] ?? 0) - (time[bar - 1] ?? 0) < DAY / 2) continue;
      opens += 1;
      const clock = ((time[bar] ?? 0) + zone) % DAY;
      if (clock >= FIRST_OPEN && clock <= LAST_OPEN) fitting += 1;
    }
    return fitting > opens / 2;
  });
}

interface Grid {
  readonly length: number;
  readonly phase: number;
  /** Of the bars, at least so many stand on the grid. */
  readonly share: number;
}

function fits(time: Float64Array, length: number, grid: Grid): boolean {
  const most = time.length < FEW ? 0 : Math.max(2, EXCEPTIONS * time.length);
  const opens = new Map<number, number>();
  let [conflicts, cut, on, shift] = [0, 0, 0, 0];
  for (let from = 0; from < time.length;) {
    const week = weekOf(time[from] ?? 0);
    let to = from;
    while (to < time.length && weekOf(time[to] ?? 0) === week) to += 1;
    shift = shiftOf(time.subarray(from, to), grid, shift);
    const isOn = (bar: number): boolean => ((time[bar] ?? 0) - shift) % grid.length === grid.phase;
    for (let bar = from; bar < to; bar += 1) {
      const distance = (time[bar + 1] ?? Number.NaN) - (time[bar] ?? 0);
      if (!isOn(bar)) {
        const clock = ((time[bar] ?? 0) - shift) % DAY;
        opens.set(clock, (opens.get(clock) ?? 0) + 1);
        // Two sessions in a row have no reason to open just as far apart.
        if (distance === length && bar + 1 < to && !isOn(bar + 1)) conflicts += 1;
        continue;
      }
      on += 1;
      if (distance > length) cut += 1;
      if (distance < grid.length && bar + 1 < to && isOn(bar + 1)) conflicts += 1;
    }
    if (conflicts > most) return false;
    from = to;
  }
  const seldom = [...opens.values()]
    .sort((a, b) => b - a)
    .slice(MOST_OPENS)
    .reduce((sum, count) => sum + count, 0);
  return cut > most && on >= grid.share * time.length && seldom <= SELDOM * time.length;
}

const weekOf = (at: number): number => Math.floor((at - FIRST_MONDAY) / WEEK);

/** By how much the clocks of this week differ from those of most weeks. */
function shiftOf(week: Float64Array, { length, phase }: Grid, before: number): number {
  const count = (shift: number): number => week.reduce((sum, at) => sum + ((at - shift) % length === phase ? 1 : 0), 0);
  return [before, HOUR, -HOUR].reduce((best, shift) => (count(shift) > count(best) ? shift : best), 0);
}
