import { err, ok, type Result } from '#core/result/result.ts';
import type { Timeframe } from './bars.ts';
import type { LengthProblem } from './distances.ts';
import { indexFrom } from './index-from.ts';
import { monthsAreNamedBy, weeksAreNamedBy, type NamedBy } from './named-by.ts';
import { readLength } from './read-length.ts';
import { timeframeLength } from './timeframe.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** What the times of a file are, where somebody knows. */
export type TimesAre = 'opens' | 'closes';

/** The series that bars are added to. */
export interface KnownSeries {
  /** What the times of its files are; null: not known. */
  readonly timesAre: TimesAre | null;
  /** When its newest bars open, in order; one at the least. */
  readonly opens: Float64Array;
}

interface Said {
  readonly times?: TimesAre | undefined;
  readonly timeframe?: Timeframe | undefined;
  readonly series?: KnownSeries | undefined;
}

/** How times were read, and what people should know of it, in words. */
export interface Opens {
  readonly timesAre: TimesAre;
  readonly notes: readonly string[];
}

/** Why the times can't be settled; `asks` where somebody has to say whether times are opens or closes. */
export interface OpensProblem extends LengthProblem {
  readonly asks: boolean;
}

const SAY = 'Say whether its times are those at which bars open or those at which they close.';
/**
 * No bar opens so shortly before a whole second, minute or five minutes: such a time is that of a close, less the least
 * that the file writes.
 */
const JUST_BEFORE = [
  { less: 1, unit: SECOND },
  { less: SECOND, unit: MINUTE },
  { less: MINUTE, unit: 5 * MINUTE },
] as const;
/** No day of a market that rests on Saturday and Sunday opens so late on Friday in UTC. */
const LATEST_OPEN = 15 * HOUR;
/** Bars that are closer together on average are neither days, weeks nor months. */
const LEAST_DISTANCE = DAY / 2;
const FEWEST_DAYS = 6;

/**
 * Makes the times of a file those at which its bars open, in place; gives how they were read. Times that can only be
 * closes are read as such. What the file leaves open is as in the files of the series that it is added to: a week of
 * days says less than the years before. Where weeks or months may be named by their first day or by their last one,
 * somebody has to say: either guess would show prices before they are known.
 */
export function resolveOpens(time: Float64Array, said: Said): Result<Opens, OpensProblem> {
  if (said.times === 'opens' || time.length === 0) return areOpens();
  const less = justBefore(time, said.timeframe);
  if (less > 0 || said.times === 'closes') return fromCloses(time, less, said);
  const known = said.series?.timesAre ?? null;
  const mean = ((time[time.length - 1] ?? 0) - (time[0] ?? 0)) / (time.length - 1);
  const read = mean >= LEAST_DISTANCE ? lengthIn(time, said) : null;
  // What is wrong with the length is told by whoever asks for it.
  if (read === null || !read.ok) return known === 'closes' ? fromCloses(time, 0, said) : areOpens();
  const ofLength = { ...said, timeframe: read.value };
  if (read.value === '1d' && areLateDays(time)) return fromCloses(time, 0, ofLength);
  const namedBy = namedByOf(time, read.value);
  if (namedBy?.kind === 'closes') return fromCloses(time, 0, ofLength);
  if (known !== null) return known === 'closes' ? fromCloses(time, 0, ofLength) : areOpens();
  if (namedBy?.kind === 'unknown') return err({ bar: namedBy.bar, message: `${namedBy.message} ${SAY}`, asks: true });
  return areOpens(namedBy?.note === undefined ? [] : [namedBy.note]);
}

const areOpens = (notes: readonly string[] = []): Result<Opens, OpensProblem> => ok({ timesAre: 'opens', notes });

/** As somebody says; otherwise as the bars say. */
const lengthIn = (time: Float64Array, { timeframe }: Said): ReturnType<typeof readLength> =>
  timeframe === undefined ? lengthOf(time) : ok(timeframe);

/** Of all bars, or of those but the newest, which may be named by a day in the midst of its week or month. */
function lengthOf(time: Float64Array): ReturnType<typeof readLength> {
  const all = readLength(time);
  return all.ok || time.length < 4 ? all : readLength(time.subarray(0, -1));
}

function namedByOf(time: Float64Array, timeframe: Timeframe): NamedBy | null {
  if (timeframe.endsWith('M')) return monthsAreNamedBy(time);
  return timeframeLength(timeframe) % WEEK === 0 ? weeksAreNamedBy(time) : null;
}

/**
 * By how much all times stand just before a round one; 0 where they do not. The newest bar may be under way. Bars
 * shorter than that open there, and one bar alone shows it by its millisecond, or with its length.
 */
function justBefore(time: Float64Array, timeframe: Timeframe | undefined): number {
  const longest =
    timeframe === undefined ? (time.length > 1 ? Number.POSITIVE_INFINITY : SECOND) : timeframeLength(timeframe);
  const found = JUST_BEFORE.find(({ less, unit }) => {
    if (unit > longest) return false;
    for (let bar = 0; bar < Math.max(1, time.length - 1); bar += 1) {
      const at = time[bar] ?? 0;
      if ((at + less) % unit !== 0) return false;
      if (bar > 0 && at - (time[bar - 1] ?? 0) < unit) return false;
    }
    return true;
  });
  return found?.less ?? 0;
}

/** Days that are named by a time in the evening from Monday to Friday: those of New York by their close. */
function areLateDays(time: Float64Array): boolean {
  if (time.length < FEWEST_DAYS) return false;
  const days = new Set<number>();
  for (const at of time) {
    if (((at % DAY) + DAY) % DAY < LATEST_OPEN) return false;
    days.add(new Date(at).getUTCDay());
  }
  return days.has(1) && days.has(5) && !days.has(0) && !days.has(6);
}

function fromCloses(time: Float64Array, less: number, { timeframe, series }: Said): Result<Opens, OpensProblem> {
  const example = new Date(time[0] ?? 0).toISOString().replace('T', ' ').replace('.000Z', '').replace('Z', '');
  const closes = less === 0 ? time : time.map((at) => at + less);
  const read = timeframe === undefined ? readLength(closes) : ok(timeframe);
  if (!read.ok) return err({ ...read.error, asks: false });
  const opens = read.value.endsWith('M') ? opensOfMonths(closes, read.value) : opensOf(closes, read.value, series);
  if (!opens.ok) return opens;
  time.set(opens.value);
  const opensAt = new Date(time[0] ?? 0).toISOString().slice(0, 16).replace('T', ' ');
  const note = `Its times are those at which bars close: the first one, named ${example}, is read as the bar of ${read.value} that opens at ${opensAt} UTC.`;
  return ok({ timesAre: 'closes', notes: [note] });
}

/** The month that a close lies in, up to its first moment, is the last one of its bar. */
function opensOfMonths(closes: Float64Array, timeframe: Timeframe): Result<Float64Array, OpensProblem> {
  const months = Number.parseInt(timeframe, 10);
  return ok(
    closes.map((at) => {
      const last = new Date(at - 1);
      return Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - months + 1, 1);
    }),
  );
}

/** A bar opens a length before its close, and no earlier than the one before closes. */
function opensOf(
  closes: Float64Array,
  timeframe: Timeframe,
  series: KnownSeries | undefined,
): Result<Float64Array, OpensProblem> {
  const length = timeframeLength(timeframe);
  const ends = length % WEEK === 0 ? endsOfWeeks(closes, series) : ok(closes);
  if (!ends.ok) return ends;
  const first = series ? earliestOpen(ends.value[0] ?? 0, length, series.opens) : Number.NEGATIVE_INFINITY;
  return ok(ends.value.map((end, bar) => Math.max(end - length, bar === 0 ? first : (ends.value[bar - 1] ?? 0))));
}

/**
 * When a bar that closes at `end` opens at the earliest, by the bars that are known: it is the last one that opens
 * before, or comes behind that.
 */
function earliestOpen(end: number, length: number, opens: Float64Array): number {
  const last = opens[indexFrom(opens, end) - 1] ?? Number.NEGATIVE_INFINITY;
  return last + length < end ? last + length : last;
}

/**
 * A week that is named by a date ends with that day, or with the usual last day where a holiday names it by an earlier
 * one.
 */
function endsOfWeeks(closes: Float64Array, series: KnownSeries | undefined): Result<Float64Array, OpensProblem> {
  if (closes.some((at) => at % DAY !== 0)) return ok(closes);
  const usual = usualWeekday(series ? series.opens.map((at) => at - DAY) : closes);
  if (usual === 1 && !series)
    return err({
      bar: 0,
      asks: false,
      message:
        'Its weeks are named by Mondays: whether they close when Monday begins or when it ends, the file does not say. Write the moment of the close, such as 2024-01-07T23:59:59Z.',
    });
  return ok(closes.map((at) => at + ((usual - new Date(at).getUTCDay() + 7) % 7) * DAY + DAY));
}

/** The day of the week on which most times lie in UTC, Sunday being 0. */
function usualWeekday(time: Float64Array): number {
  const counts = [0, 0, 0, 0, 0, 0, 0];
  for (const at of time) counts[new Date(at).getUTCDay()] = (counts[new Date(at).getUTCDay()] ?? 0) + 1;
  return counts.indexOf(Math.max(...counts));
}
