import { CLOCK_CHANGE } from './clock-changes.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const WEEK = 7 * DAY;

/** Sessions open at a whole five minutes. */
const OPENS_AT = 5 * MINUTE;
/**
 * A time returns on so many of the days on which other times do, or on as many as chance has it where a market is
 * seldom traded: three deviations less.
 */
const RETURNS = 0.65;
const DEVIATIONS = 3;
/** Grids begin at midnight of some zone. */
const GRID_AT = 15 * MINUTE;
/** A time that most bars share with so few others says nothing. */
const FEWEST_DAYS = 2;
const FEWEST_BARS = 10;
/** The grid has so many of the bars. */
const ON_GRID = 0.25;

/** `value` within a period, also before 1970. */
export const within = (value: number, period: number): number => ((value % period) + period) % period;

/** At which times of the day the bars of a stretch open, in UTC. */
export interface OpensOfDay {
  /**
   * Whether bars open at this time of the day again and again: so does what opens a session, or goes on behind a break.
   */
  returns(at: number): boolean;
  /** Whether as many bars as a grid has stand on that of this one. */
  isOnGrid(at: number): boolean;
}

/** Learns from bars of less than a day, `length` in milliseconds, in order. */
export function opensOfDay(time: Float64Array, length: number): OpensOfDay {
  const clocks = new Map<number, number>();
  const phases = new Map<number, number>();
  const days = new Set<number>();
  for (const at of time) {
    count(clocks, within(at, DAY));
    count(phases, within(at, length));
    days.add(Math.floor(at / DAY));
  }
  let squares = 0;
  for (const often of clocks.values()) squares += often * often;
  // On how many days there is a bar at the time of the day of a bar, on average.
  const typical = squares / Math.max(1, time.length);
  const needed = Math.min(
    RETURNS * typical,
    typical - DEVIATIONS * Math.sqrt(Math.max(0, typical * (1 - typical / Math.max(1, days.size)))),
  );
  const weeksOf = (clock: number): ReadonlySet<number> => {
    const weeks = new Set<number>();
    for (const at of time) if (within(at, DAY) === clock) weeks.add(Math.floor(at / WEEK));
    return weeks;
  };
  /** Also those before or behind a change of clocks: they stand in other weeks. */
  const countMoved = (clock: number): number => {
    const own = weeksOf(clock);
    let found = 0;
    for (const moved of [clock - CLOCK_CHANGE, clock + CLOCK_CHANGE].map((other) => within(other, DAY))) {
      if (!clocks.has(moved)) continue;
      const shared = [...weeksOf(moved)].filter((week) => own.has(week)).length;
      if (shared <= 1) found += clocks.get(moved) ?? 0;
    }
    return found;
  };
  const known = new Map<number, boolean>();
  const doesReturn = (clock: number, phase: number): boolean => {
    if (clock % OPENS_AT !== 0) return false;
    if (typical < FEWEST_DAYS) return time.length < FEWEST_BARS || (phases.get(phase) ?? 0) > 1;
    const found = clocks.get(clock) ?? 0;
    return found >= needed || found + countMoved(clock) >= needed;
  };
  return {
    returns: (at) => {
      const clock = within(at, DAY);
      const answer = known.get(clock) ?? doesReturn(clock, within(at, length));
      known.set(clock, answer);
      return answer;
    },
    isOnGrid: (at) =>
      (length % GRID_AT !== 0 || within(at, GRID_AT) === 0) &&
      [0, CLOCK_CHANGE, -CLOCK_CHANGE].reduce((sum, shift) => {
        const phase = within(at + shift, length);
        return shift !== 0 && phase === within(at, length) ? sum : sum + (phases.get(phase) ?? 0);
      }, 0) >=
        ON_GRID * time.length,
  };
}

function count(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
