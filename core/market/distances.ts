import { mayChangeClocks, timeframeOf } from './timeframe.ts';

/** Why bars have no one length, and the first bar at which that shows. */
export interface LengthProblem {
  readonly bar: number;
  readonly message: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365.2425 * DAY;
/** Clocks go forth and back once a year each, by an hour (on Lord Howe by half of one). */
const CHANGES_OF_CLOCKS = [-HOUR, -HOUR / 2, HOUR / 2, HOUR];
/** In a file of fewer bars chance explains little. */
const FEW = 200;

/**
 * The distances between bars: how often there is each, and where first. Those of whole days but for an hour count as
 * whole days.
 */
export class Distances {
  readonly #found = new Map<number, { count: number; readonly bar: number }>();
  /**
   * Days of 23 and of 25 hours, where those of 24 are more usual; so of bars of several hours, on nights in which
   * clocks may change.
   */
  readonly #changed = new Map<number, number>();
  readonly #time: Float64Array;
  readonly count: number;
  readonly usual: number;
  readonly shortest: number;

  constructor(time: Float64Array) {
    this.#time = time;
    this.count = time.length - 1;
    const plain = new Map<number, number>();
    for (const [distance, , count] of this.#runs()) plain.set(distance, (plain.get(distance) ?? 0) + count);
    for (const [distance, count] of plain) {
      const days = Math.round(distance / DAY) * DAY;
      if (days > 0 && Math.abs(distance - days) === HOUR && (plain.get(days) ?? 0) > count)
        this.#changed.set(distance, days);
    }
    this.#changeHours(plain);
    for (const [plainly, bar, count] of this.#runs()) {
      const distance = this.#changed.get(plainly) ?? plainly;
      const known = this.#found.get(distance);
      if (known) known.count += count;
      else this.#found.set(distance, { count, bar });
    }
    let [usual, most, shortest] = [0, 0, Number.POSITIVE_INFINITY];
    for (const [distance, { count }] of this.#found) {
      if (count > most || (count === most && distance < usual)) [usual, most] = [distance, count];
      shortest = Math.min(shortest, distance);
    }
    this.usual = usual;
    this.shortest = shortest;
  }

  /** Bars of several hours on the grid of a local clock: the one in which the clock changes is shorter or longer. */
  #changeHours(plain: ReadonlyMap<number, number>): void {
    const [usual = 0] = [...plain].reduce((most, next) => (next[1] > most[1] ? next : most), [0, 0]);
    if (usual <= HOUR || usual >= DAY) return;
    const years = ((this.#time[this.count] ?? 0) - (this.#time[0] ?? 0)) / YEAR;
    for (const change of CHANGES_OF_CLOCKS) {
      const count = plain.get(usual + change) ?? 0;
      if (count > 0 && count <= 1 + years && this.#isAtChanges(usual + change))
        this.#changed.set(usual + change, usual);
    }
  }

  /** Whether bars that are followed at such a distance all last over a night in which clocks may change. */
  #isAtChanges(wanted: number): boolean {
    for (const [distance, bar, count] of this.#runs()) {
      if (distance !== wanted) continue;
      if (count > 1 || !mayChangeClocks(this.#time[bar - 1] ?? 0, this.#time[bar] ?? 0)) return false;
    }
    return true;
  }

  /**
   * Equal distances in a row: the distance, its first bar and how many there are. Of bars without holes there are few.
   */
  *#runs(): Generator<readonly [distance: number, bar: number, count: number]> {
    let [from, current] = [1, Number.NaN];
    for (let bar = 1; bar < this.#time.length; bar += 1) {
      const distance = (this.#time[bar] ?? 0) - (this.#time[bar - 1] ?? 0);
      if (distance === current) continue;
      if (bar > from) yield [current, from, bar - from];
      [from, current] = [bar, distance];
    }
    if (this.count > 0) yield [current, from, this.#time.length - from];
  }

  /** From the bar before. */
  at(bar: number): number {
    const distance = (this.#time[bar] ?? 0) - (this.#time[bar - 1] ?? 0);
    return this.#changed.size === 0 ? distance : (this.#changed.get(distance) ?? distance);
  }

  countOf(distance: number): number {
    return this.#found.get(distance)?.count ?? 0;
  }

  /** The most usual ones. */
  most(count: number): number[] {
    return [...this.#found]
      .sort((a, b) => b[1].count - a[1].count)
      .slice(0, count)
      .map(([distance]) => distance);
  }

  firstOf(distance: number): number {
    return this.#found.get(distance)?.bar ?? 1;
  }

  countBelow(limit: number): number {
    let sum = 0;
    for (const [distance, { count }] of this.#found) if (distance < limit) sum += count;
    return sum;
  }

  countUpTo(limit: number): number {
    let sum = 0;
    for (const [distance, { count }] of this.#found) if (distance <= limit) sum += count;
    return sum;
  }

  firstBelow(limit: number): number {
    let first = this.count;
    for (const [distance, { bar }] of this.#found) if (distance < limit) first = Math.min(first, bar);
    return first;
  }

  firstOther(distance: number): number {
    let first = this.count;
    for (const [other, { bar }] of this.#found) if (other !== distance) first = Math.min(first, bar);
    return first;
  }

  /** Whether no two distances in a row are below the limit. */
  isAlone(limit: number): boolean {
    for (let bar = 2; bar <= this.count; bar += 1) if (this.at(bar) < limit && this.at(bar - 1) < limit) return false;
    return true;
  }

  /**
   * Distances of bars up to three lengths behind the one before that are no multiple of the length: how many, and how
   * many of them are alike.
   */
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
   * A stretch of bars of which none follows the one before by the length, where it is longer than chance makes it: the
   * bar that it begins with, and how many of its distances are the same. In a file of a few bars that is as soon as
   * some in a row are alike.
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
    return { bar: bestAt, share: [...counts.values()].reduce((most, count) => Math.max(most, count), 0) / best };
  }

  /** What there is, in words. */
  mixed(bar: number = this.#found.get(this.shortest)?.bar ?? 1): LengthProblem {
    const most = [...this.#found].sort((a, b) => b[1].count - a[1].count).slice(0, 3);
    const words = most.map(
      ([distance, found]) =>
        `${found.count.toLocaleString('en')} open ${distanceText(distance)} after the one before (first that of ${timeText(this.#time[found.bar] ?? 0)})`,
    );
    const others =
      this.#found.size > most.length
        ? `, and there are ${(this.#found.size - most.length).toLocaleString('en')} other distances`
        : '';
    return { bar, message: `The bars do not say how long they last: ${words.join(', ')}${others}.` };
  }
}

const timeText = (time: number): string =>
  new Date(time).toISOString().slice(0, 16).replace('T', ' ').replace(' 00:00', '');

/** As a length where the distance is one, else in seconds. */
const distanceText = (distance: number): string =>
  timeframeOf(distance) ?? `${(distance / 1000).toLocaleString('en')} s`;
