const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Day 0 of spreadsheets is 1899-12-30. */
const SPREADSHEET_DAYS = 25_569;
/** What is written with its year may be this old; a count of seconds or days can't tell. */
const OLDEST_YEAR = 1800;
const OLDEST_COUNT = Date.UTC(1900, 0, 1);
const NEWEST = Date.UTC(2101, 0, 1);

export const TIME_WORDS = 'write 2024-01-31, 2024-01-31T15:30Z, 20240131, or seconds or milliseconds since 1970';

/**
 * How the times of a file are written, decided by all that are known of it. Each gives UTC milliseconds, or NaN for
 * what is not written so.
 */
export type TimeFormat =
  /** `read` knows what the text says. */
  | { readonly kind: 'known'; readonly name: string; readonly read: (text: string) => number }
  /**
   * Day and month in numbers, before the year: which comes first, a file says only where one of them is above 12.
   * `read` gives both, for `numbersIn`.
   */
  | { readonly kind: 'two-numbers'; readonly name: string; readonly read: (text: string) => number };

/**
 * The format of the times of a file by the first of them: dates as people write them, dates in digits alone,
 * spreadsheets' days, or seconds, milliseconds, micro- or nanoseconds since 1970. Null when no text is a time.
 */
export function timeFormatOf(texts: readonly string[]): TimeFormat | null {
  const first = texts.find(
    (text) => readIso(text) === readIso(text) || DIGITS.test(text) || readWritten(text) !== null || SERIAL.test(text),
  );
  if (first === undefined) return null;
  if (SERIAL.test(first))
    return {
      kind: 'known',
      name: 'days of a spreadsheet',
      read: (text) => (SERIAL.test(text) ? readSpreadsheet(text.replace(',', '.')) : Number.NaN),
    };
  if (DIGITS.test(first)) return digitFormatOf(first, texts);
  if (readWritten(first)?.order === 'unknown')
    return { kind: 'two-numbers', name: 'day and month in numbers', read: readTwoNumbers };
  return { kind: 'known', name: 'dates', read: readDate };
}

const DIGITS = /^-?\d+(\.\d+)?$/;
/** Days of a spreadsheet, and their fraction behind the sign that the language of the spreadsheet has. */
const SERIAL = /^\d{5}([.,]\d+)?$/;

function digitFormatOf(first: string, texts: readonly string[]): TimeFormat | null {
  const known = (name: string, read: (text: string) => number): TimeFormat => ({
    kind: 'known',
    name,
    read: (text) => (DIGITS.test(text) ? read(text) : Number.NaN),
  });
  const digits = first.replace(/^-|\..*$/g, '').length;
  const unit = COUNTS.find(({ lengths }) => lengths.some((length) => length === digits));
  // So many digits may be a count too, unless all of them are dates.
  const isCalendar =
    unit === undefined || texts.every((text) => !DIGITS.test(text) || !Number.isNaN(readCalendar(text)));
  if (CALENDAR_DIGITS.includes(digits) && !first.includes('.') && isCalendar)
    return known('dates in digits', (text) => (text.length === first.length ? readCalendar(text) : Number.NaN));
  return unit ? known(`${unit.name} since 1970`, (text) => readCount(text, unit)) : null;
}

/** Years, days, hours, minutes, seconds and milliseconds in digits alone. */
const CALENDAR_DIGITS: readonly number[] = [4, 8, 10, 12, 14, 17];

function readCalendar(text: string): number {
  if (!CALENDAR_DIGITS.includes(text.length)) return Number.NaN;
  const part = (from: number, to: number, missing: number) =>
    text.length >= to ? Number(text.slice(from, to)) : missing;
  const clock = clockOf(part(8, 10, 0), part(10, 12, 0), part(12, 14, 0), part(14, 17, 0));
  return dayOf(part(0, 4, 0), part(4, 6, 1), part(6, 8, 1)) + clock;
}

/** Digits before the point of times from 1973 on. */
const COUNTS = [
  { name: 'seconds', lengths: [9, 10], milliseconds: SECOND },
  { name: 'milliseconds', lengths: [12, 13], milliseconds: 1 },
  { name: 'microseconds', lengths: [15, 16], milliseconds: 1e-3 },
  { name: 'nanoseconds', lengths: [18, 19], milliseconds: 1e-6 },
] as const;

function readCount(text: string, { lengths, milliseconds }: (typeof COUNTS)[number]): number {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  if (!lengths.some((length) => length === whole.length)) return Number.NaN;
  // Nineteen digits are more than a number holds: those below a millisecond are cut off.
  const kept =
    milliseconds < 1
      ? Number(whole.slice(0, milliseconds === 1e-3 ? -3 : -6))
      : Math.round(Number(`${whole}.${fraction}`) * milliseconds);
  return plausible(text.startsWith('-') ? -kept : kept);
}

const readSpreadsheet = (text: string): number =>
  plausible(Math.round((Number(text) - SPREADSHEET_DAYS) * (DAY / SECOND)) * SECOND);

const plausible = (time: number): number => (time >= OLDEST_COUNT && time < NEWEST ? time : Number.NaN);

/** A date as people write them; the day of two numbers comes first only where that is sure. */
function readDate(text: string): number {
  const iso = readIso(text);
  if (!Number.isNaN(iso)) return iso;
  const date = readWritten(text);
  return date === null || date.order === 'unknown' ? Number.NaN : dayOf(date.year, date.month, date.day) + date.clock;
}

/**
 * `2024-01-31` and `2024-01-31T15:30:00Z`, as nearly all files have them: digit by digit, since a million are read a
 * second.
 */
function readIso(text: string): number {
  const { length } = text;
  if (
    (length !== 10 && length !== 16 && length !== 17 && length !== 19 && length !== 20) ||
    text.charCodeAt(4) !== 45 ||
    text.charCodeAt(7) !== 45
  )
    return Number.NaN;
  const day = dayOf(two(text, 0) * 100 + two(text, 2), two(text, 5), two(text, 8));
  if (length === 10) return day;
  const divider = text.charCodeAt(10);
  const isZ = length === 17 || length === 20;
  if ((divider !== 84 && divider !== 32) || text.charCodeAt(13) !== 58 || (isZ && text.charCodeAt(length - 1) !== 90))
    return Number.NaN;
  if (length <= 17) return day + clockOf(two(text, 11), two(text, 14), 0, 0);
  return text.charCodeAt(16) === 58 ? day + clockOf(two(text, 11), two(text, 14), two(text, 17), 0) : Number.NaN;
}

function two(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** The beginning of a day that there is; NaN for the 30th of February. */
function dayOf(year: number, month: number, day: number): number {
  if (!(year >= OLDEST_YEAR && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return Number.NaN;
  const time = Date.UTC(year, month - 1, day);
  return day <= 28 || new Date(time).getUTCDate() === day ? time : Number.NaN;
}

const clockOf = (hour: number, minute: number, second: number, millisecond: number): number =>
  hour < 24 && minute < 60 && second < 60 ? hour * HOUR + minute * MINUTE + second * SECOND + millisecond : Number.NaN;

interface Written {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** What is added to the beginning of the day, less the offset of the zone. */
  readonly clock: number;
  /** `unknown` where month and day may be the other way round. */
  readonly order: 'known' | 'unknown';
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?!\d)(.*)$/;
/** `20240131 093000`, as HistData has them. */
const COMPACT = /^(\d{4})(\d{2})(\d{2})[T ]+(\S.*)$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)(.*)$/;
const MONTH_FIRST = /^(?:[a-z]{3,9},? +)?([a-z]{3,9})\.?[ -]+(\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\d{4})(?!\d)(.*)$/i;
const DAY_FIRST = /^(?:[a-z]{3,9},? +)?(\d{1,2})(?:st|nd|rd|th)?[ -]*([a-z]{3,9})\.?,?[ -]*(\d{4})(?!\d)(.*)$/i;
const YEAR_NAMED = /^(\d{4})[ /-]([a-z]{3,9})[ /-](\d{1,2})(?!\d)(.*)$/i;

function readWritten(text: string): Written | null {
  const [, year, , month, day = '1', rest = ''] = YEAR_FIRST.exec(text) ?? [];
  if (year !== undefined) return written(year, Number(month), day, rest);
  const [, whole, whichMonth, whichDay, time = ''] = COMPACT.exec(text) ?? [];
  if (whole !== undefined) return { ...written(whole, Number(whichMonth), whichDay, ''), clock: readClockColumn(time) };
  const [, first, sign, second, last, behind = ''] = YEAR_LAST.exec(text) ?? [];
  if (first !== undefined && last !== undefined) {
    // Nobody writes the month first with dots.
    return { ...written(last, Number(second), first, behind), order: sign === '.' ? 'known' : 'unknown' };
  }
  const [, monthA, dayA, yearA, restA = ''] = MONTH_FIRST.exec(text) ?? [];
  if (monthA !== undefined) return written(yearA, monthNamed(monthA), dayA, restA);
  const [, dayB, monthB, yearB, restB = ''] = DAY_FIRST.exec(text) ?? [];
  if (monthB !== undefined) return written(yearB, monthNamed(monthB), dayB, restB);
  const [, yearC, monthC, dayC, restC = ''] = YEAR_NAMED.exec(text) ?? [];
  return monthC === undefined ? null : written(yearC, monthNamed(monthC), dayC, restC);
}

const written = (year: string | undefined, month: number, day: string | undefined, rest: string): Written => ({
  year: Number(year),
  month,
  day: Number(day),
  clock: readClock(rest),
  order: 'known',
});

const monthNamed = (name: string): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

const CLOCK =
  /^[T ,]*(?:(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(am|pm)?\s*(z|utc|gmt)?([+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?$/i;
const CLOCK_DIGITS = /^\d{1,6}$/;

/** A time of the day as milliseconds, less the offset of its zone (UTC when there is none); NaN for what is none. */
function readClock(text: string): number {
  if (text === '') return 0;
  const match = CLOCK.exec(text);
  if (!match) return Number.NaN;
  const [, hour, minute = '0', second = '0', fraction = '0', half, , offset = '+00'] = match;
  if (half !== undefined && (hour === undefined || Number(hour) < 1 || Number(hour) > 12)) return Number.NaN;
  const hours = half === undefined ? Number(hour ?? 0) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3).replace(':', '') || 0);
  return (
    clockOf(hours, Number(minute), Number(second), Math.floor(Number(`0.${fraction}`) * SECOND)) -
    (offset.startsWith('-') ? -1 : 1) * minutes * MINUTE
  );
}

/** A time of the day in a column of its own, also as `93000`. */
export function readClockColumn(text: string): number {
  if (!CLOCK_DIGITS.test(text)) return text === '' ? Number.NaN : readClock(text);
  const digits = text.length <= 4 ? `${text.padStart(4, '0')}00` : text.padStart(6, '0');
  return clockOf(two(digits, 0), two(digits, 2), two(digits, 4), 0);
}

const HOURS = /^(?:1?\d|2[0-3])$/;

/**
 * How a column of times of the day is read, by the dates and times that are known of it. Where all of them are one or
 * two digits, they are hours: 930 or 1530 would stand among hours and minutes. Those of one day alone may be its first
 * minutes, and are not read.
 */
export function clockOfColumn(rows: readonly (readonly [date: string, clock: string])[]): (text: string) => number {
  if (rows.length === 0 || !rows.every(([, clock]) => HOURS.test(clock))) return readClockColumn;
  const isOfDays = new Set(rows.map(([date]) => date)).size > 1;
  return (text) => (isOfDays && HOURS.test(text) ? Number(text) * HOUR : Number.NaN);
}

/**
 * Two numbers, a year and a clock in one number, until it is known which of the two is the day. Clocks may be up to two
 * days off by their zone.
 */
function readTwoNumbers(text: string): number {
  const date = readWritten(text);
  if (date?.order !== 'unknown' || Number.isNaN(date.clock) || date.day > 31 || date.month > 31) return Number.NaN;
  return (date.year * 1024 + date.day * 32 + date.month) * 4 * DAY + date.clock + 2 * DAY;
}

/** The first and the second number of what `two-numbers` reads. */
export function numbersIn(packed: number): readonly [number, number] {
  const date = Math.floor(packed / (4 * DAY));
  return [Math.floor(date / 32) % 32, date % 32];
}

/** The time of what `two-numbers` reads, once it is known whether the day comes first. */
export function unpackDate(packed: number, dayFirst: boolean): number {
  const date = Math.floor(packed / (4 * DAY));
  const [first, second] = numbersIn(packed);
  return (
    dayOf(Math.floor(date / 1024), dayFirst ? second : first, dayFirst ? first : second) +
    (packed - date * 4 * DAY - 2 * DAY)
  );
}
