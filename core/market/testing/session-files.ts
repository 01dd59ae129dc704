import type { Timeframe } from '../bars.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 1970-01-05, a Monday. */
const MONDAY = 4 * DAY;

/** A market's hours: segments of a day in hours of the wall clock of its zone, past 24 where they go over midnight. */
export interface MarketHours {
  readonly name: string;
  readonly zone: string;
  readonly segments: readonly (readonly [number, number])[];
  /** Days on which a session begins, Sunday being 0. */
  readonly days: readonly number[];
  /** When a half day ends; null where a market has none. */
  readonly halfDay: number | null;
}

const WEEKDAYS = [1, 2, 3, 4, 5];
const ALL_DAYS = [0, 1, 2, 3, 4, 5, 6];

export const MARKET_HOURS: readonly MarketHours[] = [
  { name: 'New York', zone: 'America/New_York', segments: [[9.5, 16]], days: WEEKDAYS, halfDay: 13 },
  {
    name: 'New York with its early and late trade',
    zone: 'America/New_York',
    segments: [[4, 20]],
    days: WEEKDAYS,
    halfDay: 17,
  },
  { name: 'London', zone: 'Europe/London', segments: [[8, 16.5]], days: WEEKDAYS, halfDay: 12.5 },
  { name: 'Frankfurt', zone: 'Europe/Berlin', segments: [[9, 17.5]], days: WEEKDAYS, halfDay: 14 },
  { name: 'Eurex', zone: 'Europe/Berlin', segments: [[1.25, 22]], days: WEEKDAYS, halfDay: null },
  {
    name: 'Tokyo',
    zone: 'Asia/Tokyo',
    segments: [
      [9, 11.5],
      [12.5, 15],
    ],
    days: WEEKDAYS,
    halfDay: null,
  },
  {
    name: 'Hong Kong',
    zone: 'Asia/Hong_Kong',
    segments: [
      [9.5, 12],
      [13, 16],
    ],
    days: WEEKDAYS,
    halfDay: 12,
  },
  {
    name: 'Shanghai',
    zone: 'Asia/Shanghai',
    segments: [
      [9.5, 11.5],
      [13, 15],
    ],
    days: WEEKDAYS,
    halfDay: null,
  },
  {
    name: 'Shanghai futures',
    zone: 'Asia/Shanghai',
    segments: [
      [9, 10.25],
      [10.5, 11.5],
      [13.5, 15],
      [21, 26.5],
    ],
    days: WEEKDAYS,
    halfDay: null,
  },
  { name: 'Mumbai', zone: 'Asia/Kolkata', segments: [[9.25, 15.5]], days: WEEKDAYS, halfDay: null },
  { name: 'Mumbai commodities', zone: 'Asia/Kolkata', segments: [[9, 23.5]], days: WEEKDAYS, halfDay: 17 },
  { name: 'Mumbai currencies', zone: 'Asia/Kolkata', segments: [[9, 17]], days: WEEKDAYS, halfDay: null },
  { name: 'Kathmandu', zone: 'Asia/Kathmandu', segments: [[11, 15]], days: [0, 1, 2, 3, 4], halfDay: 13 },
  { name: 'Tehran', zone: 'Asia/Tehran', segments: [[9, 12.5]], days: [6, 0, 1, 2, 3], halfDay: null },
  { name: 'Riyadh', zone: 'Asia/Riyadh', segments: [[10, 15]], days: [0, 1, 2, 3, 4], halfDay: null },
  { name: 'Sydney', zone: 'Australia/Sydney', segments: [[10, 16]], days: WEEKDAYS, halfDay: 14 },
  { name: 'Adelaide', zone: 'Australia/Adelaide', segments: [[9, 17]], days: WEEKDAYS, halfDay: null },
  {
    name: 'Sydney futures',
    zone: 'Australia/Sydney',
    segments: [
      [9.5, 16.5],
      [17, 31],
    ],
    days: WEEKDAYS,
    halfDay: null,
  },
  {
    name: 'Singapore futures',
    zone: 'Asia/Singapore',
    segments: [
      [9, 17.5],
      [18, 29],
    ],
    days: WEEKDAYS,
    halfDay: null,
  },
  { name: 'Chicago futures', zone: 'America/Chicago', segments: [[17, 40]], days: [0, 1, 2, 3, 4], halfDay: 36 },
  {
    name: 'Chicago grain',
    zone: 'America/Chicago',
    segments: [
      [19, 31.75],
      [32.5, 37.25],
    ],
    days: [0, 1, 2, 3, 4],
    halfDay: 36,
  },
  {
    name: 'Frankfurt futures over night',
    zone: 'Europe/Berlin',
    segments: [[19, 42]],
    days: [0, 1, 2, 3, 4],
    halfDay: null,
  },
  { name: 'currencies', zone: 'America/New_York', segments: [[17, 41]], days: [0, 1, 2, 3, 4], halfDay: null },
  { name: 'coins', zone: 'UTC', segments: [[0, 24]], days: ALL_DAYS, halfDay: null },
  { name: 'coins in Seoul', zone: 'Asia/Seoul', segments: [[9, 33]], days: ALL_DAYS, halfDay: null },
];

/** How a program makes bars of trades, and how it writes when they open. */
export interface FileStyle {
  readonly hours: MarketHours;
  readonly length: Timeframe;
  /** Where a bar of hours may begin: counted from each session's open, from midnight of the zone, or of UTC. */
  readonly grid: 'session' | 'local' | 'utc';
  /** What is written: where the grid's bar begins, or when the market opened in it. */
  readonly label: 'grid' | 'open';
  readonly written: 'utc' | 'local';
  readonly firstDay: number;
  readonly days: number;
  /** Of the days of trade, so many in a hundred are holidays, and as many are half days. */
  readonly holidays: number;
  /** Of the bars, so many in a hundred have no trade and are left out. */
  readonly empty: number;
  readonly seed: number;
}

export interface SessionFile {
  readonly time: Float64Array;
  /** When the last price of each bar was known, on the clock that the file is written in. */
  readonly end: Float64Array;
  /** Days of trade. */
  readonly days: number;
}

const offsets = new Map<string, (utc: number) => number>();

/** How far the clock of a zone is ahead of UTC, by the calendar of the machine. */
function offsetIn(zone: string): (utc: number) => number {
  const known = offsets.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const hours = new Map<number, number>();
  const offset = (utc: number): number => {
    const hour = Math.floor(utc / HOUR);
    const had = hours.get(hour);
    if (had !== undefined) return had;
    const part = Object.fromEntries(format.formatToParts(hour * HOUR).map(({ type, value }) => [type, Number(value)]));
    const ahead =
      Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute']) - hour * HOUR;
    hours.set(hour, ahead);
    return ahead;
  };
  offsets.set(zone, offset);
  return offset;
}

interface Segment {
  /** The day of trade, counted from 1970: the one on which the session ends. */
  readonly day: number;
  readonly session: number;
  readonly from: number;
  readonly to: number;
}

interface Bucket {
  readonly key: number;
  readonly label: number;
  readonly end: number;
}

/** A number in [0, 1) of a seed and an index. */
function chance(seed: number, index: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

/** The opens of a file's bars and, reckoned from the market's hours alone, when the prices in each were known. */
export function sessionFile(style: FileStyle): SessionFile {
  const offset = offsetIn(style.hours.zone);
  const toUtc = (wall: number): number => wall - offset(wall - offset(wall));
  const segments = segmentsOf(style, toUtc);
  const bars: { label: number; end: number; key: number }[] = [];
  const bucketOf = bucketsOf(style, segments, offset, toUtc);
  for (const segment of segments) {
    for (let at = segment.from; at < segment.to;) {
      const bucket = bucketOf(at, segment);
      const end = Math.min(bucket.end, segment.to);
      const last = bars.at(-1);
      if (last?.key === bucket.key) last.end = end;
      else bars.push({ key: bucket.key, label: bucket.label, end });
      at = Math.max(bucket.end, at + 1);
    }
  }
  const write = (utc: number): number => (style.written === 'utc' ? utc : utc + offset(utc));
  const traded = bars.filter((_bar, index) => chance(style.seed, index) * 100 >= style.empty);
  return {
    time: Float64Array.from(traded, ({ label }) => write(label)),
    end: Float64Array.from(traded, ({ end }) => write(end)),
    days: new Set(segments.map(({ day }) => day)).size,
  };
}

function segmentsOf({ hours, firstDay, days, holidays, seed }: FileStyle, toUtc: (wall: number) => number): Segment[] {
  const segments: Segment[] = [];
  for (let day = firstDay; day < firstDay + days; day += 1) {
    if (!hours.days.includes((day + 4) % 7)) continue;
    const trade = day + Math.ceil(Math.max(...hours.segments.map(([, to]) => to)) / 24) - 1;
    const luck = chance(seed + 1, day) * 100;
    // Coins know no holidays.
    if (luck < holidays && hours.days.length < 7) continue;
    const close = luck < 2 * holidays && hours.halfDay !== null ? hours.halfDay : Number.POSITIVE_INFINITY;
    const session = toUtc(day * DAY + (hours.segments[0]?.[0] ?? 0) * HOUR);
    for (const [from, to] of hours.segments) {
      if (from < close)
        segments.push({
          day: trade,
          session,
          from: toUtc(day * DAY + from * HOUR),
          to: toUtc(day * DAY + Math.min(to, close) * HOUR),
        });
    }
  }
  return segments;
}

function bucketsOf(
  style: FileStyle,
  segments: readonly Segment[],
  offset: (utc: number) => number,
  toUtc: (wall: number) => number,
): (at: number, segment: Segment) => Bucket {
  const count = Number(style.length.slice(0, -1));
  const unit = style.length.slice(-1);
  const forDays =
    (first: (day: number) => number, size: (key: number) => number) =>
    (_at: number, { day }: Segment): Bucket => {
      const key = first(day);
      const traded = segments.find((segment) => segment.day >= key) ?? { day, session: 0 };
      const begin = style.label === 'grid' ? key : traded.day;
      const label =
        style.grid === 'session' ? traded.session : style.grid === 'local' ? toUtc(begin * DAY) : begin * DAY;
      return { key, label, end: (size(key) + 3) * DAY };
    };
  if (unit === 'M') {
    const first = (day: number): number => {
      const date = new Date(day * DAY);
      return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / count) * count, 1) / DAY;
    };
    return forDays(first, (key) => key + 31 * count);
  }
  if (unit === 'w')
    return forDays(
      (day) => Math.floor((day - MONDAY / DAY) / (7 * count)) * 7 * count + MONDAY / DAY,
      (key) => key + 7 * count,
    );
  if (unit === 'd') {
    if (style.grid !== 'session' || count === 1)
      return forDays(
        (day) => Math.floor(day / count) * count,
        (key) => key + count,
      );
    // Charts count days of trade.
    const traded = [...new Set(segments.map(({ day }) => day))];
    return forDays(
      (day) => traded[Math.floor(traded.indexOf(day) / count) * count] ?? day,
      (key) => key + 10 * count,
    );
  }
  const length = count * (unit === 'h' ? HOUR : MINUTE);
  return (at, { from, session }) => {
    const anchor =
      style.grid === 'session'
        ? style.label === 'grid'
          ? session
          : from
        : style.grid === 'utc'
          ? 0
          : Math.floor((at + offset(at)) / DAY) * DAY;
    const phase = style.grid === 'local' ? at + offset(at) : at;
    const begin = Math.floor((phase - anchor) / length) * length + anchor;
    const utcOf = (wall: number): number => (style.grid === 'local' ? toUtc(wall) : wall);
    // The hour that is left out in spring is in no bar.
    return {
      key: begin,
      label: style.label === 'grid' ? utcOf(begin) : Math.max(utcOf(begin), from),
      end: Math.max(utcOf(begin + length), at + MINUTE),
    };
  };
}
