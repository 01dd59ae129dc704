import type { Timeframe } from './bars.ts';
import { CLOCK_CHANGE } from './clock-changes.ts';
import type { Together } from './given-bars.ts';
import { timeframeLength } from './timeframe.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** From so many distances on, it is known which are usual. */
const FEWEST = 30;
/** What chance does so seldom is no chance; of many bars it does more. */
const NO_CHANCE = 1e-3;
/** Holidays, half days and changes of clocks come together more often than each by itself. */
const TOGETHER = 5;
const FEW = 20;
/** Between two sessions. */
const NIGHT = 8 * HOUR;
/** A distance that was there so often before is one of the market's. */
const USUAL = 2;

/**
 * A run of bars of which none follows the one before at once, with a new one among them, where such a run, or one of
 * distances that the market does not have, is none of chance: they are longer bars. Null when there is none.
 */
export function findLonger(
  { time, isNew, news }: Together,
  timeframe: Timeframe,
): { readonly from: number; readonly to: number } | null {
  const length = timeframeLength(timeframe);
  const neighbour = neighbourOf(timeframe, length);
  // A half day closes earlier, clocks change: days are counted.
  const unit = length >= DAY ? DAY : 1;
  const distanceOf = (bar: number): number => Math.round(((time[bar] ?? 0) - (time[bar - 1] ?? 0)) / unit) * unit;
  const isHole = (bar: number): boolean => distanceOf(bar) > neighbour;
  const all = new Map<number, number>();
  let [holes, follow] = [0, 0];
  for (let bar = 1; bar < time.length; bar += 1) {
    all.set(distanceOf(bar), (all.get(distanceOf(bar)) ?? 0) + 1);
    if (!isHole(bar)) continue;
    holes += 1;
    if (bar > 1 && isHole(bar - 1)) follow += 1;
  }
  const singles = [...all.values()].filter((found) => found === 1).length;
  const most = NO_CHANCE / Math.max(1, news / FEW);
  for (let bar = 1; bar < time.length; bar += 1) {
    if (!isHole(bar)) continue;
    const from = bar;
    let isAsked = isNew[bar - 1] === 1;
    for (; bar < time.length && isHole(bar); bar += 1) isAsked ||= isNew[bar] === 1;
    const run = Array.from({ length: bar - from }, (_, of) => distanceOf(from + of));
    const count = time.length - 1 - run.length;
    if (run.length < 2 || !isAsked || count < FEWEST) continue;
    const others = { all, singles, count, holes: holes - run.length, follow: follow - (run.length - 1), news };
    if (chanceOf(run, others) < most) return { from: from - 1, to: bar - 1 };
  }
  return null;
}

/** Bars that are no further apart follow each other at once. */
function neighbourOf(timeframe: Timeframe, length: number): number {
  if (timeframe.endsWith('M')) return 1.12 * length;
  return length >= DAY ? 1.5 * length : length;
}

/** What a run is compared with. */
interface Others {
  /** How often each distance is there, with those of the run. */
  readonly all: ReadonlyMap<number, number>;
  /** How many of these are there once. */
  readonly singles: number;
  readonly count: number;
  readonly holes: number;
  /** Holes that follow another one. */
  readonly follow: number;
  readonly news: number;
}

/** Over the night in which clocks change it is an hour shorter or longer than over others. */
function usualOf(all: ReadonlyMap<number, number>, distance: number): number {
  if (distance < NIGHT) return distance;
  const countOf = (other: number): number => all.get(other) ?? 0;
  return [distance + CLOCK_CHANGE, distance - CLOCK_CHANGE].reduce(
    (most, other) => (countOf(other) > countOf(most) ? other : most),
    distance,
  );
}

/**
 * How probable a run of holes is at the most, by the distances that are not in it: for its length, and for the
 * distances in it that the others do not have.
 */
function chanceOf(run: readonly number[], { all, singles, count, holes, follow, news }: Others): number {
  const ofLength = (1 + (news * (holes + 1)) / (count + 1)) * timesOf((follow + 1) / (holes + 1), run.length - 1);
  const own = new Map<number, number>();
  for (const distance of run.map((other) => usualOf(all, other))) own.set(distance, (own.get(distance) ?? 0) + 1);
  let [strange, others] = [0, singles];
  for (const [distance, found] of own) {
    const known = all.get(distance) ?? 0;
    if (known === 1) others -= 1;
    if (known - found < USUAL) strange += found;
  }
  let ofStrange = strange > 0 ? TOGETHER : 1;
  // So many of them or more: in how many ways they can be chosen, times the chance of each.
  for (let of = 0; of < strange; of += 1) ofStrange *= ((run.length - of) / (of + 1)) * ((others + 1) / (count + 1));
  return Math.min(ofLength, ofStrange);
}

function timesOf(chance: number, count: number): number {
  let all = 1;
  for (let time = 0; time < count && all > 0; time += 1) all *= chance;
  return all;
}
