import type { Bars } from './bars.ts';
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
 * Bars in front of which others are missing, of bars in order. Markets close at night, over weekends and on holidays, which is no hole: one
 * is where all of the time that is left out is usually traded, or where it is longer than any holiday.
 */
export function findGaps(bars: Times): number[] {
  const { time, length, timeframe } = bars;
  const usual = timeframeLength(timeframe);
  const isLong = usual >= WEEK;
  const longest = isLong ? 2.2 * usual : Math.max(WEEK, 3 * usual);
  const gaps: number[] = [];
  let calendar: Calendar | null = null;
  for (let bar = 1; bar < length; bar += 1) {
    const [before, now] = [time[bar - 1] ?? 0, time[bar] ?? 0];
    const distance = now - before;
    if (distance <= 1.5 * usual) continue;
    if (distance > longest) gaps.push(bar);
    else if (!isLong) {
      calendar ??= calendarOf(bars, usual);
      if (calendar.isTraded(before, now)) gaps.push(bar);
    }
  }
  return gaps;
}

interface Calendar {
  /** Whether all places between two bars are usually traded. */
  isTraded(before: number, now: number): boolean;
}

/** What is usually traded, by the bars themselves. */
function calendarOf({ time, length }: Times, usual: number): Calendar {
  const weeks = 1 + Math.floor(((time[length - 1] ?? 0) - FIRST_MONDAY) / WEEK) - Math.floor(((time[0] ?? 0) - FIRST_MONDAY) / WEEK);
  const isWeekly = weeks >= FEWEST_WEEKS || usual >= DAY;
  const cycle = isWeekly ? WEEK : DAY;
  const places = Math.round(cycle / usual);
  const placeOf = (at: number): number => Math.floor((((at - FIRST_MONDAY) % cycle) + cycle) % cycle / usual) % places;
  const counts = new Uint32Array(places);
  let cycles = 0;
  let latest = Number.NaN;
  for (let bar = 0; bar < length; bar += 1) {
    const at = time[bar] ?? 0;
    const place = placeOf(at);
    counts[place] = (counts[place] ?? 0) + 1;
    const began = Math.floor((at - FIRST_MONDAY) / cycle);
    if (began !== latest) cycles += 1;
    latest = began;
  }
  // The cycle with the hole does not count.
  const enough = USUAL * Math.max(1, cycles - 1);
  const neverCloses = isWeekly && counts.every((count) => count >= enough);
  return {
    isTraded: (before, now) => {
      if (now - before > LONGEST_IN_SESSION && !neverCloses) return false;
      for (let at = before + usual; at < now - usual / 2; at += usual) if ((counts[placeOf(at)] ?? 0) < enough) return false;
      return true;
    },
  };
}
