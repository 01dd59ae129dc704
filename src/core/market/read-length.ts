import type { Timeframe } from './bars.ts';
import { err, ok, type Result } from '../result/result.ts';
import { monthsTimeframe, timeframeLength, timeframeOf } from './timeframe.ts';

/** Why bars have no one length, and the first bar at which that shows. */
export interface LengthProblem {
  readonly bar: number;
  readonly message: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Bars of months follow each other no faster; those of four weeks are all as far apart. */
const SHORTEST_MONTH = 27 * DAY;

/** Bars of a market that is seldom traded: so many of them at the least follow the one before at once. */
const FEWEST_NEIGHBOURS = 0.05;
/** Clocks change, an exchange stops in the middle of a bar: so few bars may be shorter. */
const MOST_SHORT = 0.005;
/** In a file of fewer bars chance explains little. */
const FEW = 200;

/**
 * How long bars that open at these times last, by all of the distances between them: the length that no two bars overlap by and that most of them
 * have, nights, weekends and holes aside. Times that several lengths explain, or none, are refused in words: a length is never guessed.
 *
 * - Days may be an hour shorter or longer (summer time), weeks and months begin a day or two late.
 * - Where the most usual distance is not the shortest one, the shortest is the length of a market that is seldom traded, as long as all others
 *   are multiples of it; but sessions may begin with a bar that is cut short by the grid of the others (9:30, 10:00, 11:00 …).
 * - A stretch of the file without one bar next to another has other bars: first days, later hours.
 */
export function readLength(time: Float64Array): Result<Timeframe, LengthProblem> {
  if (time.length < 2) return err({ bar: 0, message: 'One bar does not say how long it lasts.' });
  const distances = new Distances(time);
  const [usual, shortest] = [distances.usual, distances.shortest];
  if (shortest >= SHORTEST_MONTH && (isMonthly(time) || distances.oddBelow(Number.POSITIVE_INFINITY, shortest).all > 0)) return monthsOf(time, distances);
  const length = usual === shortest || isCutShort(time, distances) ? usual : shortest;
  const timeframe = timeframeOf(length);
  const problem = timeframe === null ? distances.mixed() : whyNot(time, distances, length);
  if (problem) return err(problem);
  return timeframe === null ? err(distances.mixed()) : ok(timeframe);
}

/**
 * Why bars at these times can't have the length that somebody names; null when they can. It may be one that the times alone do not tell, such as that of
 * a market which is seldom traded, but none by which bars overlap, and none by which there is a hole behind each of them.
 */
export function lengthProblem(time: Float64Array, timeframe: Timeframe): LengthProblem | null {
  const read = readLength(time);
  if (time.length < 2 || (read.ok && read.value === timeframe)) return null;
  const distances = new Distances(time);
  const named = timeframeLength(timeframe);
  const least = timeframe.endsWith('M') ? named * 0.88 : named >= WEEK ? named - 2 * DAY : named;
  const words = read.ok ? `They are bars of ${read.value}.` : read.error.message;
  const short = distances.countBelow(least);
  if (short > MOST_SHORT * distances.count && !(read.ok && read.value === timeframe)) {
    const bar = distances.firstBelow(least);
    return { bar, message: `Bars of ${timeframe} would overlap: ${short === distances.count ? 'all' : short.toLocaleString('en')} of ${distances.count.toLocaleString('en')} open before the one before is over. ${words}` };
  }
  if (read.ok && time.length > 2) return { bar: 1, message: `Between bars of ${timeframe} there would be holes everywhere. ${words}` };
  const stretch = read.ok ? null : distances.stretchWithout(named, 4);
  return stretch === null || stretch.share < 0.6 ? null : { bar: stretch.bar, message: read.ok ? words : read.error.message };
}

/** The distances between bars: how often there is each, and where first. Those of whole days but for an hour count as whole days. */
class Distances {
  readonly #found = new Map<number, { count: number; readonly bar: number }>();
  /** Days of 23 and of 25 hours, where those of 24 are more usual. */
  readonly #changed = new Map<number, number>();
  readonly #time: Float64Array;
  readonly count: number;
  readonly usual: number;
  readonly shortest: number;

  constructor(time: Float64Array) {
    this.#time = time;
    this.count = time.length - 1;
    const plain = new Map<number, number>();
    for (let bar = 1; bar < time.length; bar += 1) {
      const distance = (time[bar] ?? 0) - (time[bar - 1] ?? 0);
      plain.set(distance, (plain.get(distance) ?? 0) + 1);
    }
    for (const [distance, count] of plain) {
      const days = Math.round(distance / DAY) * DAY;
      if (days > 0 && Math.abs(distance - days) === HOUR && (plain.get(days) ?? 0) > count) this.#changed.set(distance, days);
    }
    for (let bar = 1; bar < time.length; bar += 1) {
      const distance = this.at(bar);
      const known = this.#found.get(distance);
      if (known) known.count += 1;
      else this.#found.set(distance, { count: 1, bar });
    }
    let [usual, most, shortest] = [0, 0, Number.POSITIVE_INFINITY];
    for (const [distance, { count }] of this.#found) {
      if (count > most || (count === most && distance < usual)) [usual, most] = [distance, count];
      shortest = Math.min(shortest, distance);
    }
    this.usual = usual;
    this.shortest = shortest;
  }

  /** From the bar before. */
  at(bar: number): number {
    const distance = (this.#time[bar] ?? 0) - (this.#time[bar - 1] ?? 0);
    return this.#changed.get(distance) ?? distance;
  }

  countOf(distance: number): number {
    return this.#found.get(distance)?.count ?? 0;
  }

  countBelow(limit: number): number {
    let sum = 0;
    for (const [distance, { count }] of this.#found) if (distance < limit) sum += count;
    return sum;
  }

  firstBelow(limit: number): number {
    let first = this.count;
    for (const [distance, { bar }] of this.#found) if (distance < limit) first = Math.min(first, bar);
    return first;
  }

  /** Whether no two distances in a row are below the limit. */
  isAlone(limit: number): boolean {
    for (let bar = 2; bar <= this.count; bar += 1) if (this.at(bar) < limit && this.at(bar - 1) < limit) return false;
    return true;
  }

  /** Distances of bars up to three lengths behind the one before that are no multiple of the length: how many, and how many of them are alike. */
  oddBelow(limit: number, length: number): { readonly all: number; readonly alike: number; readonly bar: number } {
    let [all, alike, bar] = [0, 0, this.count];
    for (const [distance, found] of this.#found) {
      if (distance >= limit || distance % length === 0) continue;
      all += found.count;
      alike = Math.max(alike, found.count);
      bar = Math.min(bar, found.bar);
    }
    return { all, alike, bar };
  }

  /**
   * A stretch of bars of which none follows the one before by the length, where it is longer than chance makes it: the bar that it begins with, and
   * how many of its distances are the same. In a file of a few bars that is as soon as some in a row are alike.
   */
  stretchWithout(length: number, fewest: number): { readonly bar: number; readonly share: number } | null {
    let [best, bestAt, run, same] = [0, 0, 0, 0];
    let [alone, pairs] = [0, 0];
    for (let bar = 1; bar <= this.count; bar += 1) {
      const isOther = this.at(bar) !== length;
      if (isOther && run > 0) pairs += 1;
      if (isOther) alone += 1;
      run = isOther ? run + 1 : 0;
      same = isOther ? (this.at(bar) === this.at(bar - 1) ? same + 1 : 1) : 0;
      if (this.count < FEW && same >= fewest) return { bar: bar - same + 1, share: 1 };
      if (run > best) [best, bestAt] = [run, bar - run + 1];
    }
    if (alone === 0) return null;
    const chance = Math.min(alone / this.count, Math.max(pairs / alone, 1 / this.count));
    let likely = 0;
    // The length of a stretch that is not to be expected once in n² bars.
    for (let left = 1; left > 1 / (this.count * this.count) && likely < this.count; likely += 1) left *= chance;
    if (best <= Math.max(likely, 4) && chance < 1) return null;
    const counts = new Map<number, number>();
    for (let bar = bestAt; bar < bestAt + best; bar += 1) counts.set(this.at(bar), (counts.get(this.at(bar)) ?? 0) + 1);
    return { bar: bestAt, share: Math.max(...counts.values()) / best };
  }

  /** What there is, in words. */
  mixed(bar: number = this.#found.get(this.shortest)?.bar ?? 1): LengthProblem {
    const most = [...this.#found].sort((a, b) => b[1].count - a[1].count).slice(0, 3);
    const words = most.map(([distance, found]) => `${found.count.toLocaleString('en')} open ${distanceText(distance)} after the one before (first that of ${timeText(this.#time[found.bar] ?? 0)})`);
    const others = this.#found.size > most.length ? `, and there are ${(this.#found.size - most.length).toLocaleString('en')} other distances` : '';
    return { bar, message: `The bars do not say how long they last: ${words.join(', ')}${others}.` };
  }
}

/** Why the length does not explain the distances; null when it does. */
function whyNot(time: Float64Array, distances: Distances, length: number): LengthProblem | null {
  if (length === distances.usual) {
    if (time.length === 2) return length > DAY && length < WEEK ? distances.mixed() : null;
    const short = distances.countBelow(length);
    // Those that a session's first bar or a change of clocks explains.
    if (short > 0 && !isCutShort(time, distances)) return distances.mixed(distances.firstBelow(length));
    const odd = distances.oddBelow(3 * length, length);
    // A break at noon is always as long; distances of all kinds are those of shorter bars that are seldom traded.
    if (short === 0 && odd.all > 0.05 * distances.count && odd.alike < 0.8 * odd.all) return distances.mixed(odd.bar);
    if (distances.countOf(length) < FEWEST_NEIGHBOURS * distances.count) return distances.mixed();
  } else if (distances.countOf(length) < FEWEST_NEIGHBOURS * distances.count || distances.oddBelow(Number.POSITIVE_INFINITY, length).all > MOST_SHORT * distances.count) return distances.mixed();
  const stretch = distances.stretchWithout(length, 3);
  return stretch ? distances.mixed(stretch.bar) : null;
}

/**
 * Whether all bars that are shorter than usual are cut short by the grid on which the others stand (those of weeks also by a holiday), or are so few that
 * clocks or an exchange may have done it.
 */
function isCutShort(time: Float64Array, distances: Distances): boolean {
  const length = distances.usual;
  const short = distances.countBelow(length);
  if (short === 0) return true;
  if (length === WEEK) return distances.countBelow(length - 2 * DAY) === 0;
  if (short <= MOST_SHORT * distances.count) return distances.isAlone(length);
  const phases = new Map<number, number>();
  for (const at of time) phases.set(at % length, (phases.get(at % length) ?? 0) + 1);
  const [phase = 0, count = 0] = [...phases].reduce((most, next) => (next[1] > most[1] ? next : most), [0, 0]);
  if (count < 0.6 * time.length) return false;
  for (let bar = 1; bar < time.length; bar += 1) {
    const [before, now] = [time[bar - 1] ?? 0, time[bar] ?? 0];
    // Off the grid a bar opens only to end on it.
    if (distances.at(bar) < length && (before % length === phase || now % length !== phase)) return false;
    if (distances.at(bar) === length && before % length !== phase) return false;
  }
  return true;
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
  const other = steps.findIndex((months, bar) => bar > 1 && months !== fewest && months === steps[bar - 1] && months === steps[bar - 2]);
  const alike = steps.filter((months) => months === fewest).length;
  if (fewest < 1 || other >= 0 || alike < 0.5 * distances.count) return err(distances.mixed(Math.max(other - 1, 1)));
  return ok(monthsTimeframe(fewest));
}

const timeText = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ').replace(' 00:00', '');

/** As a length where the distance is one, else in seconds. */
const distanceText = (distance: number): string => timeframeOf(distance) ?? `${(distance / 1000).toLocaleString('en')} s`;
