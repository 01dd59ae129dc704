import type { Timeframe } from './bars.ts';
import { Distances, type LengthProblem } from './distances.ts';
import { findOverlap } from './find-overlap.ts';
import { momentText } from './moment-text.ts';
import { readLength } from './read-length.ts';
import { timeframeLength } from './timeframe.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** The shortest month and the longest one are so much of an average one, and of each other. */
const [SHORTEST_MONTH, LONGEST_MONTH] = [0.88, 1.12];

/** Clocks change, an exchange stops in the middle of a bar: so few bars may be shorter. */
const EXCEPTIONS = 0.005;
/** A day has no more segments of trade: each may begin with a bar that the next segment cuts short. */
const MOST_SEGMENTS = 4;
/**
 * A bar that two bars follow before it can be over, because segments cut them short, is followed by no more such ones.
 */
const MOST_CROWDED = 2;
/** Of four bars a day, one in each segment, three are cut short. */
const MOST_SHORT = (MOST_SEGMENTS - 1) / MOST_SEGMENTS;

/** No market trades for less: a bar that is at least as long may be the only one of its session. */
const SHORTEST_SESSION = 2 * HOUR;
/** Farther apart two bars may be of two sessions. */
const BETWEEN_SESSIONS = 8 * HOUR;
/** A market that trades for so long without a day between two bars knows no sessions. */
const NO_SESSIONS = 14 * DAY;
/** Bars that count days of trade: five of them are a week. */
const TRADE_DAYS = 1.5;
/** Sessions are no farther apart, holidays aside: over a weekend. */
const SESSIONS_APART = 4 * DAY;
/** A session stands still for no longer between two of its segments. */
const LONGEST_BREAK = 2 * HOUR;
/** On a grid in UTC a session may lie within one bar in one half of the year, and within two in the other. */
const HALF_A_YEAR = 220 * DAY;
/** Farther apart are months, which have no one length. */
const MONTHLY = 27 * DAY;
/** Where fewer bars follow the one before at once, there are holes everywhere. */
const FEWEST_NEIGHBOURS = 0.02;
/** So many bars of which no two follow each other are no accident. */
const MANY = 60;
/** In one file of so many, holes may be as regular as bars. */
const TRUST = 100_000;
/**
 * Of the distances between longer bars, so many are alike; those between bars that are seldom traded are of all kinds.
 */
const ALIKE = 0.4;
/** Longer bars that sessions cut have few distances, which together make up most. */
const [FEW_DISTANCES, MOSTLY] = [4, 0.8];

/**
 * Why bars at these times can't have the length that somebody names; null when they can. Who names a length knows what
 * the times do not tell: a length is refused only where the times contradict it.
 *
 * - It is too long where bars overlap by it: where the times say a shorter length, or more bars open within one than sessions explain.
 * - It is too short where bars stand as far apart as longer ones, in all of the file or in a stretch of it, and neither sessions nor chance explain the holes: a bar
 *   would close while its prices are still made.
 */
export function lengthProblem(time: Float64Array, timeframe: Timeframe): LengthProblem | null {
  if (time.length < 2) return null;
  const read = readLength(time);
  if (read.ok && read.value === timeframe) return null;
  const distances = new Distances(time);
  const named = timeframeLength(timeframe);
  const words = read.ok ? `They are bars of ${read.value}.` : read.error.message;
  const least = timeframe.endsWith('M') ? named * SHORTEST_MONTH : named >= WEEK ? named - 2 * DAY : named;
  if (doOverlap(time, distances, least, read.ok && timeframeLength(read.value) < named)) {
    const short = distances.countBelow(least);
    return {
      bar: distances.firstBelow(least),
      message: `Bars of ${timeframe} would overlap: ${short === distances.count ? 'all' : short.toLocaleString('en')} of ${distances.count.toLocaleString('en')} open before the one before is over. ${words}`,
    };
  }
  const overlap = findOverlap(time, timeframe);
  if (overlap !== null)
    return {
      bar: overlap,
      message: `The bar of ${momentText(time[overlap] ?? 0)} opens while that of ${momentText(time[overlap - 1] ?? 0)}, of ${timeframe}, lasts: one of them may be the other one again, at a later time or by another clock. Leave it out.`,
    };
  const neighbour = named >= 2 * DAY ? named * TRADE_DAYS : named >= DAY ? named + HOUR : named;
  if (areHolesEverywhere(distances, named, neighbour))
    return { bar: 1, message: `Between bars of ${timeframe} there would be holes everywhere. ${words}` };
  const stretch = stretchOfOthers(time, distances, named, neighbour);
  return stretch === null
    ? null
    : { bar: stretch, message: `Bars of ${timeframe} would be over before those from here on are. ${words}` };
}

/**
 * Whether bars open before the ones before are over, and no session explains that. The first of the file may be cut
 * short by its beginning.
 */
function doOverlap(time: Float64Array, distances: Distances, least: number, isShorter: boolean): boolean {
  let [short, crowded] = [0, 0];
  for (let bar = 2; bar <= distances.count; bar += 1) if (distances.at(bar) < least) short += 1;
  if (isShorter && short > EXCEPTIONS * distances.count) return true;
  if (short > Math.max(MOST_SHORT * distances.count, MOST_SEGMENTS)) return true;
  for (let bar = 3; bar <= distances.count && crowded <= MOST_CROWDED; bar += 1)
    crowded = (time[bar] ?? 0) - (time[bar - 2] ?? 0) < least - HOUR ? crowded + 1 : 0;
  return crowded > MOST_CROWDED;
}

/** Whether next to no bar follows the one before at once, without a reason. */
function areHolesEverywhere(distances: Distances, named: number, neighbour: number): boolean {
  if (!areAllApart(distances, neighbour)) return false;
  const { usual } = distances;
  if (isOneASession(named, usual)) {
    if (longestRun(distances, (distance) => distance <= DAY) * usual >= NO_SESSIONS) return true;
    // Each second day of trade is none.
    return distances.count >= MANY && areAllApart(distances, DAY);
  }
  // A bar in each of two segments is as far from the other one every day.
  const isBreak = named >= SHORTEST_SESSION && usual <= named + LONGEST_BREAK;
  const alike = isBreak ? pairsOf(distances, usual) : alikeOf(distances, named, usual);
  if (alike > 1 && isNoAccident(distances, timesOf(chanceOf(usual, named), alike))) return true;
  return distances.count >= MANY && named >= DAY;
}

/**
 * How many distances are those of longer bars: as the most usual one, or as one of a few; 0 where they are of all
 * kinds.
 */
function alikeOf(distances: Distances, named: number, usual: number): number {
  const few =
    named >= DAY ? 0 : distances.most(FEW_DISTANCES).reduce((sum, distance) => sum + distances.countOf(distance), 0);
  if (few >= MOSTLY * distances.count && distances.count >= MANY) return few;
  const alike =
    usual >= MONTHLY
      ? distances.countUpTo(usual * LONGEST_MONTH) - distances.countBelow(usual * SHORTEST_MONTH)
      : distances.countOf(usual);
  return alike >= ALIKE * distances.count ? alike : 0;
}

const areAllApart = (distances: Distances, neighbour: number): boolean =>
  distances.countUpTo(neighbour) <= FEWEST_NEIGHBOURS * distances.count;

/** Whether that of which the chance is so small, at one bar of a file, is to be expected in none of many files. */
const isNoAccident = (distances: Distances, chance: number): boolean => chance * TRUST * distances.count < 1;

/** The first bar of a stretch in which bars are as far apart as longer ones, longer than chance makes it. */
function stretchOfOthers(time: Float64Array, distances: Distances, named: number, neighbour: number): number | null {
  // One bar a session in all of the file is no stretch of others.
  const ofSessions = areAllApart(distances, neighbour) ? 1 : CHANCE_OF_SESSIONS;
  const clocks = clocksOfNeighbours(time, distances, neighbour);
  let [run, holes, sessions] = [0, 1, 1];
  for (let bar = 1; bar <= distances.count; bar += 1) {
    const distance = distances.at(bar);
    const isOther = distance > neighbour;
    const isAlike = distance === distances.at(bar - 1);
    run = isOther ? run + 1 : 0;
    if (!isOther) [holes, sessions] = [1, 1];
    else if (isOneASession(named, distance)) sessions *= isAlike ? ofSessions : 1;
    // Holes are of all kinds; those between longer bars differ over weekends alone.
    else holes = isAlike ? holes * chanceOf(distance, named) : Math.min(1, holes * DIFFERENCE);
    const isHalfAYear = (time[bar] ?? 0) - (time[bar - run] ?? 0) < HALF_A_YEAR && clocks.has((time[bar] ?? 0) % DAY);
    if (isNoAccident(distances, holes * (isHalfAYear ? 1 : sessions))) return bar - run + 1;
  }
  return null;
}

/** At what times of the day bars open that stand next to another one, also when clocks have changed. */
function clocksOfNeighbours(time: Float64Array, distances: Distances, neighbour: number): ReadonlySet<number> {
  const clocks = new Set<number>();
  for (let bar = 1; bar <= distances.count; bar += 1) {
    if (distances.at(bar) > neighbour) continue;
    for (const at of [time[bar - 1] ?? 0, time[bar] ?? 0])
      for (const shift of [0, HOUR, DAY - HOUR]) clocks.add((at + shift) % DAY);
  }
  return clocks;
}

/** A bar may be the only one of its session, and the next one that of the next session. */
const isOneASession = (named: number, distance: number): boolean =>
  named >= SHORTEST_SESSION && named < DAY && distance >= BETWEEN_SESSIONS && distance <= SESSIONS_APART;

/**
 * Sessions of two or three bars may have no trade but at one of them: so probable is that of a second session, behind
 * the first.
 */
const CHANCE_OF_SESSIONS = 0.6;
/** So much more probable are holes where two of them differ. */
const DIFFERENCE = 3;
/** So long does a session last that has several bars and is often traded at one of them alone. */
const SESSION = 3 * HOUR;

/**
 * How probable it is at the most, in whatever market, that so many bars in a row have no trade and the next one has: (1
 * - 1/n)ⁿ⁻¹ / n, which is less than this.
 */
function chanceOf(distance: number, named: number): number {
  const isOvernight = named < SHORTEST_SESSION && distance >= BETWEEN_SESSIONS;
  return (
    1 / (2 * (isOvernight ? Math.max(2, SESSION / named) * Math.max(1, distance / DAY) : Math.max(1, distance / named)))
  );
}

function timesOf(chance: number, count: number): number {
  let all = 1;
  for (let time = 0; time < count && all > 0; time += 1) all *= chance;
  return all;
}

function longestRun(distances: Distances, isMeant: (distance: number) => boolean): number {
  let [longest, run] = [0, 0];
  for (let bar = 1; bar <= distances.count; bar += 1) {
    run = isMeant(distances.at(bar)) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

function pairsOf(distances: Distances, distance: number): number {
  let pairs = 0;
  for (let bar = 2; bar <= distances.count; bar += 1)
    if (distances.at(bar) === distance && distances.at(bar - 1) === distance) pairs += 1;
  return pairs;
}
