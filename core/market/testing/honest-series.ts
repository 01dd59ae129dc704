import type { Timeframe } from '../bars.ts';
import { MARKET_HOURS, sessionFile, type FileStyle } from './session-files.ts';

/** A series as a market has it. */
export interface HonestSeries {
  readonly name: string;
  readonly timeframe: Timeframe;
  readonly time: Float64Array;
  /** When each of its bars has closed. */
  readonly closes: Float64Array;
  /** Whether no bar is missing within its sessions. */
  readonly isDense: boolean;
}

/** 2023-01-02, a Monday. */
const BEGIN = 19_359;

function seriesOf(name: string, length: Timeframe, style: Partial<FileStyle> & { readonly of: string }): HonestSeries {
  const hours = MARKET_HOURS.find((market) => market.name === style.of);
  if (!hours) throw new Error(`There is no market ${style.of}.`);
  const empty = style.empty ?? 0;
  const { time, end } = sessionFile({
    hours,
    length,
    grid: 'utc',
    label: 'grid',
    written: 'utc',
    firstDay: BEGIN,
    days: 700,
    holidays: 3,
    empty,
    seed: 7,
    ...style,
  });
  return { name, timeframe: length, time: time.slice(0, MOST), closes: end.slice(0, MOST), isDense: empty === 0 };
}

const MOST = 6000;
const session = { grid: 'session', label: 'open' } as const;
const local = { grid: 'local', label: 'grid' } as const;

/** With holidays, half days and clocks that change, as files have them. */
export const HONEST: readonly HonestSeries[] = [
  seriesOf('minutes of coins', '1m', { of: 'coins', days: 4 }),
  seriesOf('hours of coins', '1h', { of: 'coins', days: 200 }),
  seriesOf('four hours of coins', '4h', { of: 'coins' }),
  seriesOf('days of coins', '1d', { of: 'coins' }),
  seriesOf('days of coins in Seoul', '1d', { of: 'coins in Seoul', ...local }),
  seriesOf('minutes of New York', '1m', { of: 'New York', days: 22 }),
  seriesOf('five minutes of New York, seldom traded', '5m', { of: 'New York', empty: 50, days: 120 }),
  seriesOf('hours of New York from its opening', '1h', { of: 'New York', ...session }),
  seriesOf('hours of New York on the clock', '1h', { of: 'New York', label: 'open' }),
  seriesOf('hours of New York with its early and late trade', '1h', {
    of: 'New York with its early and late trade',
    empty: 10,
  }),
  seriesOf('four hours of New York', '4h', { of: 'New York', ...session }),
  seriesOf('days of New York by their dates', '1d', { of: 'New York' }),
  seriesOf('days of New York by their opening', '1d', { of: 'New York', ...session }),
  seriesOf('days of Frankfurt by midnight there', '1d', { of: 'Frankfurt', ...local }),
  seriesOf('half hours of Tokyo', '30m', { of: 'Tokyo', ...session, days: 300 }),
  seriesOf('hours of Hong Kong', '1h', { of: 'Hong Kong', ...session }),
  seriesOf('hours of futures in Shanghai', '1h', { of: 'Shanghai futures', label: 'open', grid: 'local' }),
  seriesOf('hours of Mumbai', '1h', { of: 'Mumbai', ...session }),
  seriesOf('half hours of grain', '30m', { of: 'Chicago grain', label: 'open', days: 200 }),
  seriesOf('hours of currencies', '1h', { of: 'currencies', days: 300 }),
  seriesOf('four hours of currencies with their Sundays', '4h', { of: 'currencies', label: 'open' }),
  seriesOf('days of currencies', '1d', { of: 'currencies', ...session }),
  seriesOf('days of currencies by their dates', '1d', { of: 'currencies', label: 'open' }),
  seriesOf('weeks of New York by their Monday', '1w', { of: 'New York', days: 2800 }),
  seriesOf('weeks of New York by their first day', '1w', { of: 'New York', label: 'open', days: 2800 }),
  seriesOf('months', '1M', { of: 'coins', days: 6000 }),
  seriesOf('months of New York by their first day', '1M', { of: 'New York', label: 'open', days: 6000 }),
];
