import { err, ok, type Result } from '#core/result/result.ts';
import { readClockColumn } from './read-time.ts';

export const PRICES = ['open', 'high', 'low', 'close'] as const;

/** Where in a line the columns stand. */
export interface Header {
  readonly time: number;
  /** `closes` where the name of its column says so. */
  readonly timesAre?: 'closes';
  /** A column of its own for the time of the day; -1 when there is none. */
  readonly clock: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** -1 when there is none. */
  readonly volume: number;
  /** How many fields a line has. */
  readonly fields: number;
  /** How the columns are read, where their names do not say it all; in words. */
  readonly notes: readonly string[];
  /** Why there is no volume, in words. */
  readonly noVolume: string | null;
}

/** Names that say that a bar opens then: they come before all others. */
const OPEN_TIMES = [
  'open time',
  'opentime',
  'time open',
  'timeopen',
  'open date',
  'open timestamp',
  'open datetime',
  'window start',
  'start time',
  'start',
  'period start',
];
/** Names that say that a bar closes then: taken where there is no other time. */
const CLOSE_TIMES = [
  'close time',
  'closetime',
  'time close',
  'timeclose',
  'close date',
  'close timestamp',
  'close datetime',
  'window end',
  'end time',
  'end',
  'period end',
];
const TIMES = [
  ...OPEN_TIMES,
  'datetime',
  'date time',
  'time',
  'date',
  'timestamp',
  'gmt time',
  'local time',
  'utc time',
  'utc',
  'unix',
  'unix time',
  'unix timestamp',
  'date/time',
  'time (utc)',
  't',
  'ts event',
  'datum',
  'zeitpunkt',
  'datum/zeit',
  'dtyyyymmdd',
];
/** `DTYYYYMMDD` is the name that MetaStock gives. */
const DATES = ['date', 'datum', 'dtyyyymmdd'];
const CLOCKS = ['time', 'timestamp', 'zeit', 'uhrzeit'];
const NAMES: Readonly<Record<(typeof PRICES)[number], readonly string[]>> = {
  open: ['open', 'o', 'open price', ...['eröffnung', 'eröffnungskurs', 'erster']],
  high: ['high', 'h', 'high price', ...['hoch', 'tageshoch', 'höchstkurs']],
  low: ['low', 'l', 'low price', ...['tief', 'tagestief', 'tiefstkurs']],
  close: [
    'close',
    'c',
    'close price',
    'close/last',
    'last',
    'price',
    ...['schluss', 'schluß', 'schlusskurs', 'schlußkurs'],
  ],
};
/** What is said of a file in which several columns may be the volume. */
export const SEVERAL_VOLUMES = 'columns for a volume';
const NO_VOLUME = 'The file has no column for a volume: it is missing (na) at every bar.';
/**
 * German banks and exchanges count pieces beside a turnover in money, which they call the volume: the pieces come
 * first.
 */
const VOLUMES = ['volume', 'vol', 'v', 'stücke', 'stuecke', 'stück', 'volumen'];

/** `<OPEN>`, `1. open`, `Close*`, `Open_Time` and `window_start` are names that programs give. */
const plainName = (field: string): string =>
  field
    .toLowerCase()
    .replace(/^\d+\.\s*/, '')
    .replaceAll(/[<>*"]/g, '')
    .replaceAll(/[_\s]+/g, ' ')
    .replace(/\.$/, '')
    .trim();

/** What the names of the columns say, or what they lack, in words. `row`: the first line below. */
export function readHeader(fields: readonly string[], row: readonly string[]): Result<Header, string> {
  const names = fields.map(plainName);
  const at = (wanted: readonly string[]): number => names.indexOf(wanted.find((name) => names.includes(name)) ?? '\n');
  const time = timeIn(names, at, row);
  const [open, high, low, close] = [at(NAMES.open), at(NAMES.high), at(NAMES.low), at(NAMES.close)];
  const missing = [...(time.time < 0 ? ['a time (or date)'] : []), ...PRICES.filter((name) => at(NAMES[name]) < 0)];
  if (missing.length > 0)
    return err(`The header has no column for ${missing.join(', ')}. It reads: ${fields.join(', ').slice(0, 200)}`);
  const twice = [...PRICES, 'volume'].find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined)
    return err(`The header has two columns named ${twice}: take one of them away, or rename it.`);
  return ok({ ...time, open, high, low, close, ...volumeIn(fields, names, at(VOLUMES)), fields: fields.length });
}

/**
 * The three lines that yfinance writes above its bars: `Price,Close,High…`, `Ticker,AAPL,AAPL…` and `Date,,,…`. Gives
 * the fields that a header in one line has, in words what is wrong with the lines, or null where they are not such
 * lines.
 */
export function fieldsOfThree(
  prices: readonly string[],
  tickers: readonly string[],
  times: readonly string[],
): Result<readonly string[], string> | null {
  const [time = '', ...others] = times;
  if (
    plainName(prices[0] ?? '') !== 'price' ||
    plainName(tickers[0] ?? '') !== 'ticker' ||
    !TIMES.includes(plainName(time)) ||
    others.some((field) => field !== '')
  )
    return null;
  const symbols = [...new Set(tickers.slice(1))];
  if (symbols.length > 1)
    return err(
      `The file has the bars of ${symbols.length} symbols side by side (${symbols.join(', ').slice(0, 200)}): save one file for each symbol.`,
    );
  return ok([time, ...prices.slice(1)]);
}

function timeIn(
  names: readonly string[],
  at: (wanted: readonly string[]) => number,
  row: readonly string[],
): Pick<Header, 'time' | 'clock' | 'timesAre'> {
  const [date, clock] = [at(DATES), at(CLOCKS)];
  // 15:30, or 153000 beside a date.
  if (date >= 0 && clock >= 0 && !Number.isNaN(readClockColumn(row[clock]?.trim() ?? ''))) return { time: date, clock };
  const time = at(TIMES);
  if (time < 0 && at(CLOSE_TIMES) >= 0) return { time: at(CLOSE_TIMES), clock: -1, timesAre: 'closes' };
  return { time: time < 0 && names[0] === '' ? 0 : time, clock: -1 };
}

function volumeIn(
  fields: readonly string[],
  names: readonly string[],
  named: number,
): Pick<Header, 'volume' | 'notes' | 'noVolume'> {
  const others = names.flatMap((name, index) => (/^(volume|vol)\b|\bvolume$|^tickvol$/.test(name) ? [index] : []));
  const volume = named >= 0 ? named : others.length === 1 ? (others[0] ?? -1) : -1;
  if (volume >= 0) return { volume, notes: [], noVolume: null };
  if (others.length === 0) return { volume, notes: [], noVolume: NO_VOLUME };
  const found = others.map((index) => fields[index]).join(', ');
  return {
    volume,
    notes: [],
    noVolume: `The file has ${others.length} ${SEVERAL_VOLUMES} (${found}), so it is missing (na) at every bar: name the one that counts "volume".`,
  };
}

/**
 * A file without a header: time (or date and time), open, high, low, close and volume, as MetaTrader and Binance write
 * them; null where the first line is not so.
 */
export function headerOfShape(row: readonly string[], isTime: (text: string) => boolean): Header | null {
  if (!isTime(row[0]?.trim() ?? '')) return null;
  const clock = /^\d{1,2}:\d{2}/.test(row[1]?.trim() ?? '') ? 1 : -1;
  const first = clock < 0 ? 1 : 2;
  const isNumber = (index: number): boolean => /\d/.test(row[index] ?? '') && !/[a-z:]/i.test(row[index] ?? '');
  if (![0, 1, 2, 3].every((index) => isNumber(first + index))) return null;
  const volume = isNumber(first + 4) ? first + 4 : -1;
  const notes = [
    `The file has no header: its columns are read as ${clock < 0 ? 'time' : 'date, time'}, open, high, low, close${volume < 0 ? '' : ', volume'}.`,
  ];
  return {
    time: 0,
    clock,
    open: first,
    high: first + 1,
    low: first + 2,
    close: first + 3,
    volume,
    fields: row.length,
    notes,
    noVolume: volume < 0 ? NO_VOLUME : null,
  };
}
