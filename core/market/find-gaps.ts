import type { Bars, Timeframe } from './bars.ts';
import { timeframeLength } from './timeframe.ts';

/** All that holes are found by. */
export type Times = Pick<Bars, 'time' | 'length' | 'timeframe'>;

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY = 4 * DAY;

/** A place in the week, or in the day, counts as traded when it is in so many of the other weeks or days. */
const USUAL = 0.75;
/** With fewer weeks the days are compared with each other. */
const FEWEST_WEEKS = 3;
/** Longer holes are holidays, or weekends, but where no time of the week is without trading. */
const LONGEST_IN_SESSION = DAY / 2;

/**
 * Bars in front of which others are missing, of bars in order. Markets close at night, over weekends and on holidays,
 * which is no hole: one is where all of the time that is left out is usually traded, or where it is longer than any
 * holiday.
 */
export function findGaps({ time, length, timeframe }: Times): number[] {
  const usual = timeframeLength(timeframe);
  let isAnyFar = false;
  for (let bar = 1; bar < length && !isAnyFar; bar += 1)
    isAnyFar = (time[bar] ?? 0) - (time[bar - 1] ?? 0) > 1.5 * usual;
  if (!isAnyFar) return [];
  const learning = learnSessions(timeframe, [time[0] ?? 0, time[length - 1] ?? 0]);
  learning.add(time.subarray(0, length));
  const sessions = learning.end();
  const gaps: number[] = [];
  for (let bar = 1; sessions !== null && bar < length; bar += 1)
    if (sessions.isGap(time[bar - 1] ?? 0, time[bar] ?? 0)) gaps.push(bar);
  return gaps;
}

/** When a market is traded, by its bars. */
export interface Sessions {
  /** Whether bars are missing between two neighbours that open at these times, UTC milliseconds. */
  isGap(before: number, now: number): boolean;
  /** Whether all times of the week, or of the day, between two such bars are those of bars in other weeks. */
  leavesOut(before: number, now: number): boolean;
}

/**
 * Learns from times that come in pieces, in order; whatever their number, what is kept fits into a week of the market.
 */
export interface Learning {
  add(times: Float64Array): void;
  /** Null when no two bars are so far apart that anything could be missing. */
  end(): Sessions | null;
}

/**
 * Of bars of this timeframe. `span`: the first and the last time, which spare half of the work where they are known
 * before.
 */
export function learnSessions(timeframe: Timeframe, span?: readonly [first: number, last: number]): Learning {
  const usual = timeframeLength(timeframe);
  const isLong = usual >= WEEK;
  const longest = isLong ? 2.2 * usual : Math.max(WEEK, 3 * usual);
  const isWeeks = usual >= DAY || (span && weeksIn(...span) >= FEWEST_WEEKS);
  const weekly = isLong || isWeeks === false ? null : cycleOf(WEEK, usual);
  const daily = isWeeks === true ? null : cycleOf(DAY, usual);
  let [first, last] = [Number.NaN, Number.NaN];
  let isAnyFar = false;
  return {
    add: (times) => {
      for (const at of times) {
        if (Number.isNaN(first)) first = at;
        if (at - last > 1.5 * usual) isAnyFar = true;
        last = at;
      }
      weekly?.add(times);
      daily?.add(times);
    },
    end: () => {
      if (!isAnyFar) return null;
      const calendar = weekly && (daily === null || weeksIn(first, last) >= FEWEST_WEEKS) ? weekly : daily;
      const isTraded = calendar?.end(calendar === weekly);
      return {
        isGap: (before, now) =>
          now - before > 1.5 * usual && (now - before > longest || (isTraded?.(before, now, true) ?? false)),
        leavesOut: (before, now) => now - before > 1.5 * usual && (isTraded?.(before, now, false) ?? false),
      };
    },
  };
}

const weeksIn = (first: number, last: number): number =>
  1 + Math.floor((last - FIRST_MONDAY) / WEEK) - Math.floor((first - FIRST_MONDAY) / WEEK);

/** How often each place in a week, or in a day, has a bar. */
function cycleOf(cycle: number, usual: number) {
  const places = Math.round(cycle / usual);
  const placeOf = (at: number): number =>
    Math.floor(((((at - FIRST_MONDAY) % cycle) + cycle) % cycle) / usual) % places;
  const counts = new Uint32Array(places);
  let cycles = 0;
  let latest = Number.NaN;
  return {
    add: (times: Float64Array): void => {
      for (const at of times) {
        const place = placeOf(at);
        counts[place] = (counts[place] ?? 0) + 1;
        const began = Math.floor((at - FIRST_MONDAY) / cycle);
        if (began !== latest) cycles += 1;
        latest = began;
      }
    },
    /** Whether all places between two bars are usually traded; `mayRest`: a hole of days is none of the session. */
    end: (isWeekly: boolean) => {
      // The cycle with the hole does not count.
      const enough = USUAL * Math.max(1, cycles - 1);
      const neverCloses = isWeekly && counts.every((count) => count >= enough);
      return (before: number, now: number, mayRest: boolean): boolean => {
        if (mayRest && now - before > LONGEST_IN_SESSION && !neverCloses) return false;
        for (let at = before + usual; at < now - usual / 2; at += usual)
          if ((counts[placeOf(at)] ?? 0) < enough) return false;
        return true;
      };
    },
  };
}
