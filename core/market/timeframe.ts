import type { Timeframe } from './bars.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Bars stand on a grid that begins on Monday, 1970-01-05, at midnight in UTC: so weeks begin on Mondays. */
const GRID = 4 * DAY;
/** 1970-01 is month 0: so quarters and years begin in January. */
const MONTHS_A_YEAR = 12;
const MEAN_MONTH = (365.2425 * DAY) / MONTHS_A_YEAR;

/** Units that have one length, the longest first. */
const UNITS = [
  ['w', WEEK],
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
] as const;
/** Nobody counts bars in more of a unit. */
const MOST_UNITS = 9999;

/** Lengths that a choice offers; any other can be written. */
export const COMMON_TIMEFRAMES: readonly Timeframe[] = [
  '1s',
  '1m',
  '2m',
  '3m',
  '5m',
  '10m',
  '15m',
  '30m',
  '45m',
  '1h',
  '2h',
  '3h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '2d',
  '3d',
  '1w',
  '2w',
  '1M',
  '3M',
  '6M',
  '12M',
];

/** How a length is written, in words. */
export const TIMEFRAME_WORDS =
  'a whole number of seconds, minutes, hours, days, weeks or months, such as "45m", "12h", "3d", "1w" or "3M"';

/** A length of bars: so many months, or so many milliseconds; the other one is 0. */
interface Span {
  readonly months: number;
  readonly milliseconds: number;
}

/** Also the pattern of the JSON Schema. */
export const TIMEFRAME_PATTERN = '^[1-9][0-9]{0,3}[smhdwM]$';
const PATTERN = new RegExp(TIMEFRAME_PATTERN);

/** The text of a length in its only form (`60m` is `1h`, `24h` is `1d`, `7d` is `1w`); null for what is no length. */
export function parseTimeframe(text: string): Timeframe | null {
  if (!PATTERN.test(text)) return null;
  const count = Number(text.slice(0, -1));
  const unit = UNITS.find(([name]) => text.endsWith(name));
  return unit ? timeframeOf(count * unit[1]) : monthsTimeframe(count);
}

/** The length of so many milliseconds; null where they are no whole seconds, or too many to be a length of bars. */
export function timeframeOf(milliseconds: number): Timeframe | null {
  const found = milliseconds > 0 ? UNITS.find(([, length]) => milliseconds % length === 0) : undefined;
  return found && milliseconds / found[1] <= MOST_UNITS ? `${milliseconds / found[1]}${found[0]}` : null;
}

export const monthsTimeframe = (months: number): Timeframe => `${months}M`;

/** A few lengths are asked for again and again, once or more a bar. */
const spans = new Map<Timeframe, Span>();

function spanOf(timeframe: Timeframe): Span {
  const known = spans.get(timeframe);
  if (known) return known;
  const count = Number(timeframe.slice(0, -1));
  const unit = timeframe.slice(-1);
  const span: Span =
    unit === 'M'
      ? { months: count, milliseconds: 0 }
      : { months: 0, milliseconds: count * (UNITS.find(([name]) => name === unit)?.[1] ?? Number.NaN) };
  spans.set(timeframe, span);
  return span;
}

/** Length of a bar in milliseconds; a month counts as the twelfth of an average year. */
export function timeframeLength(timeframe: Timeframe): number {
  const { months, milliseconds } = spanOf(timeframe);
  return months * MEAN_MONTH + milliseconds;
}

/** The least that a bar of this length lasts: February has 28 days. */
export const shortestBar = (timeframe: Timeframe): number =>
  timeframeLength(timeframe) * (spanOf(timeframe).months > 0 ? 0.91 : 1);

/**
 * When the bar that `time` lies in opened, by the calendar in UTC: weeks begin on Monday, months on the first, quarters
 * in January.
 */
export function barStart(time: number, timeframe: Timeframe): number {
  const { months, milliseconds } = spanOf(timeframe);
  if (months === 0) return Math.floor((time - GRID) / milliseconds) * milliseconds + GRID;
  const date = new Date(time);
  const month = (date.getUTCFullYear() - 1970) * MONTHS_A_YEAR + date.getUTCMonth();
  return Date.UTC(1970, Math.floor(month / months) * months, 1);
}

/**
 * Markets whose days open from here on in UTC name a day by the date that follows: Tokyo opens at midnight, which is
 * 15:00; New York opens its session at 14:30 at the latest.
 */
const NAMED_BY_NEXT_DATE = 15 * HOUR;

/**
 * A time whose date in UTC is the one that the market names a bar by. Bars of a day or longer that open in the evening
 * belong to the next date: a Monday of Frankfurt opens on Sunday at 23:00, one of currencies at 22:00. Shorter bars
 * belong to the date on which they open in UTC. Sydney's midnight is 13:00 or 14:00, as sessions of America open then:
 * days that open before 15:00 keep their date in UTC.
 */
export function calendarTime(time: number, timeframe: Timeframe): number {
  const isDay = timeframeLength(timeframe) >= DAY && ((time % DAY) + DAY) % DAY >= NAMED_BY_NEXT_DATE;
  return isDay ? time + DAY - NAMED_BY_NEXT_DATE : time;
}

/**
 * When a bar that opened at `time` has closed: the beginning of the next one by the calendar. One that did not open by
 * the calendar (a day of currencies opens at 22:00) lasts a whole length from its own open, since it is not over where
 * the calendar's is. A month that opens on the last day of a month ends on the last day of another.
 */
export function barEnd(time: number, timeframe: Timeframe): number {
  const { months, milliseconds } = spanOf(timeframe);
  if (months === 0) return time + milliseconds;
  const date = new Date(time);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const last = daysIn(year, month + months);
  return (
    Date.UTC(year, month + months, day === daysIn(year, month) ? last : Math.min(day, last)) +
    (time - Date.UTC(year, month, day))
  );
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/**
 * Markets are closed for two days of a week, and for no more days in a row by holidays (China's golden week, with its
 * weekends).
 */
const [WEEKEND, LONGEST_HOLIDAYS, TRADE_DAYS_A_WEEK] = [2 * DAY, 10 * DAY, 5];

/**
 * Clocks change at night from Saturday to Sunday: from noon to noon in UTC that is so in all zones. 1970-01-03 was a
 * Saturday.
 */
const CHANGE = { from: 2 * DAY + DAY / 2, lasts: DAY };

/** Whether the clocks of some zone may change within a time, UTC milliseconds. */
export function mayChangeClocks(from: number, to: number): boolean {
  const since = (((from - CHANGE.from) % WEEK) + WEEK) % WEEK;
  return since < CHANGE.lasts || since + (to - from) > WEEK;
}

/**
 * The latest that a bar which opened at `time` may last, where no other opens before. Days, weeks and months that do
 * not open by the calendar in UTC are those of a time zone: they last an hour longer when its clocks go back, and where
 * a month ends is not known to the day. Several days that are no weeks may be days of trade, which last longer over
 * weekends and holidays. Bars of several hours may stand on the grid of a clock that goes back within one of them.
 */
export function latestBarEnd(time: number, timeframe: Timeframe): number {
  const { months, milliseconds } = spanOf(timeframe);
  if (milliseconds > DAY && milliseconds % DAY === 0 && milliseconds % WEEK !== 0) {
    return time + milliseconds + Math.ceil(milliseconds / DAY / TRADE_DAYS_A_WEEK) * WEEKEND + LONGEST_HOLIDAYS;
  }
  if (months === 0 && milliseconds > HOUR && milliseconds % DAY !== 0)
    return time + milliseconds + (mayChangeClocks(time, time + milliseconds) ? HOUR : 0);
  if (months === 0 ? milliseconds % DAY !== 0 || time % DAY === 0 : barStart(time, '1M') === time)
    return barEnd(time, timeframe);
  return months === 0
    ? time + milliseconds + HOUR
    : Math.max(barEnd(time, timeframe), time + months * 31 * DAY) + (time % DAY === 0 ? 0 : HOUR);
}

/**
 * Whether each of the longer bars is made of whole shorter ones, where these open by the calendar. Weeks go over the
 * ends of months.
 */
function fitsInto(shorter: Timeframe, longer: Timeframe): boolean {
  const [short, long] = [spanOf(shorter), spanOf(longer)];
  if (long.months > 0) return short.months > 0 ? long.months % short.months === 0 : DAY % short.milliseconds === 0;
  return short.months === 0 && long.milliseconds % short.milliseconds === 0;
}

/**
 * Whether longer bars can be made of shorter ones: those that they are a whole multiple of. Months can also be made of
 * any shorter bars that are no months: they have the bars that open in them.
 */
export function canBeMadeOf(longer: Timeframe, shorter: Timeframe): boolean {
  if (longer === shorter || fitsInto(shorter, longer)) return true;
  return (
    spanOf(longer).months > 0 && spanOf(shorter).months === 0 && timeframeLength(shorter) < timeframeLength(longer)
  );
}
