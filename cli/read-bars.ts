import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Bars } from '#core/market/bars.ts';
import { gapText } from '#core/market/check-bars.ts';
import { SEVERAL_VOLUMES } from '#core/market/csv-header.ts';
import { problemText } from '#core/market/csv-problems.ts';
import { findGaps, type Times } from '#core/market/find-gaps.ts';
import { findOddBars } from '#core/market/find-odd-bars.ts';
import { lengthProblem } from '#core/market/named-length.ts';
import { readCsv, type BarFile, type ReadOptions } from '#core/market/read-csv.ts';
import { readLength } from '#core/market/read-length.ts';
import { parseTimeframe, timeframeLength, TIMEFRAME_WORDS } from '#core/market/timeframe.ts';
import { splitAllData } from './split-data.ts';
import { UsageError } from './usage.ts';

export interface Data {
  readonly bars: Bars;
  readonly feeds: ReadonlyMap<string, Bars>;
  /** Symbols whose bars have no volume; null for the own ones. */
  readonly withoutVolume: readonly (string | null)[];
  /** What is odd about the bars of files, in words. */
  readonly warnings: readonly string[];
}

interface DataValues {
  readonly data?: string[] | undefined;
  readonly timeframe?: string[] | undefined;
  readonly times?: string[] | undefined;
  readonly decimals?: string[] | undefined;
}

const TIMES = { open: 'opens', close: 'closes' } as const;
const DECIMALS = { point: 'point', comma: 'comma' } as const;

const DAY = 86_400_000;
const PROBLEMS_SHOWN = 20;

/**
 * Reads `--data BARS.csv` and `--data SYMBOL=FILE`, with how long their bars last as `--timeframe 1h` and `--timeframe
 * SYMBOL=1h` where the files do not say it; so what their times and the signs of their numbers are. Null when a file is
 * wrong: its problems are printed then.
 */
export async function readData({
  data = [],
  timeframe = [],
  times = [],
  decimals = [],
}: DataValues): Promise<Data | null> {
  const files = splitAllData(data).map(({ symbol = null, path }) => ({ symbol, path }));
  const symbols = files.map(({ symbol }) => symbol);
  const lengths = readNamed({ name: 'timeframe', options: timeframe, symbols, takes: TIMEFRAME_WORDS }, parseTimeframe);
  const labels = readNamed({ name: 'times', options: times, symbols, takes: 'open or close' }, choiceOf(TIMES));
  const signs = readNamed(
    { name: 'decimals', options: decimals, symbols, takes: 'point or comma' },
    choiceOf(DECIMALS),
  );
  const read = await Promise.all(
    files.map(async ({ symbol, path }) =>
      readBars(path, symbol, {
        timeframe: lengths.get(symbol),
        times: labels.get(symbol),
        decimals: signs.get(symbol),
      }),
    ),
  );
  const feeds = new Map<string, Bars>();
  const withoutVolume: (string | null)[] = [];
  let bars: Bars | null = null;
  for (const [index, file] of read.entries()) {
    if (!file) return null;
    const symbol = files[index]?.symbol ?? null;
    if (symbol === null) bars = file.bars;
    else feeds.set(symbol, file.bars);
    if (!file.hasVolume) withoutVolume.push(symbol);
  }
  return bars ? { bars, feeds, withoutVolume, warnings: read.flatMap((file) => file?.warnings ?? []) } : null;
}

interface Named {
  readonly name: string;
  readonly options: readonly string[];
  readonly symbols: readonly (string | null)[];
  readonly takes: string;
}

/** What somebody says of files, by symbol: `--timeframe 1h`, `--timeframe SYMBOL=1h`. */
function readNamed<T>(
  { name, options, symbols, takes }: Named,
  valueOf: (text: string) => T | null,
): ReadonlyMap<string | null, T> {
  const named = new Map<string | null, T>();
  for (const option of options) {
    const [, symbol = null, text = option] = /^(.+)=([^=]+)$/.exec(option) ?? [];
    const value = valueOf(text);
    if (value === null) throw new UsageError(`--${name} takes ${takes}, not "${text}".`);
    if (!symbols.includes(symbol)) throw new UsageError(`--${name} ${option} names no symbol of --data.`);
    if (named.has(symbol)) throw new UsageError(`--${name} ${option} is given twice.`);
    named.set(symbol, value);
  }
  return named;
}

const choiceOf =
  <T>(choices: Readonly<Record<string, T>>) =>
  (text: string): T | null =>
    choices[text] ?? null;

/** What to write where a file has to be explained. */
const ADVICE = {
  times: (prefix: string) => ` Add --times ${prefix}open or --times ${prefix}close.`,
  decimals: (prefix: string) => ` Or add --decimals ${prefix}point or --decimals ${prefix}comma.`,
} as const;

const prefixOf = (symbol: string | null): string => (symbol === null ? '' : `${symbol}=`);

async function readBars(
  path: string,
  symbol: string | null,
  said: ReadOptions,
): Promise<{ bars: Bars; hasVolume: boolean; warnings: readonly string[] } | null> {
  const named = said.timeframe;
  const file = await readFile(path, symbol, said);
  if (!file) return null;
  if (file.length === 0) {
    console.error(`${path}: error: The file has no bars.`);
    return null;
  }
  // That volumes are missing is told where a formula reads one; that several columns may be the volume is told at once.
  const doubts = file.noVolume?.includes(SEVERAL_VOLUMES) ? [file.noVolume] : [];
  for (const note of [...file.notes, ...doubts]) console.error(`${path}: note: ${note}`);
  // One day alone is read by nothing but its own strategy, which its length can't show the future to.
  const isOneDay = symbol === null && file.length === 1 && (file.time[0] ?? 0) % DAY === 0;
  const read = isOneDay ? ({ ok: true, value: '1d' } as const) : readLength(file.time);
  const problem = named === undefined ? (read.ok ? null : read.error) : lengthProblem(file.time, named);
  const timeframe = named ?? (read.ok ? read.value : null);
  if (problem !== null || timeframe === null) {
    const advice =
      named === undefined
        ? ` Cut the file where its bars change, or name how long they last with --timeframe ${prefixOf(symbol)}1h.`
        : '';
    console.error(`${path}:${file.lines[problem?.bar ?? 0] ?? 1}: error: ${problem?.message ?? ''}${advice}`);
    return null;
  }
  const { length, time, open, high, low, close, volume, hasVolume } = file;
  tellHoles(path, { time, length, timeframe });
  const odd = findOddBars(file, timeframe);
  const placeOf = (bar: number): string => `${path}:${file.lines[bar] ?? 1}`;
  // Holes are told above, with all others that are longer than a holiday.
  for (const { kind, bar, message } of odd) if (kind !== 'hole') console.error(`${placeOf(bar)}: warning: ${message}`);
  return {
    bars: {
      symbol: symbol ?? basename(path).replace(/\.csv$/i, ''),
      timeframe,
      length,
      time,
      open,
      high,
      low,
      close,
      volume,
    },
    hasVolume,
    warnings: odd.map(({ bar, message }) => `${placeOf(bar)}: ${message}`),
  };
}

/** No exchange rests for longer. */
const LONGEST_HOLIDAY = 12 * DAY;

/** Says where bars are missing for longer than any market rests: what is held over such a hole moves at once. */
function tellHoles(path: string, bars: Times): void {
  const holes = findGaps(bars).filter(
    (bar) => (bars.time[bar] ?? 0) - (bars.time[bar - 1] ?? 0) > LONGEST_HOLIDAY + timeframeLength(bars.timeframe),
  );
  const [first] = holes;
  if (first === undefined) return;
  const more = holes.length === 1 ? '' : ` So it is in ${holes.length - 1} more places.`;
  console.error(`${path}: note: ${gapText(bars.time[first - 1] ?? 0, bars.time[first] ?? 0)}${more}`);
}

async function readFile(path: string, symbol: string | null, said: ReadOptions): Promise<BarFile | null> {
  const reader = readCsv(said);
  try {
    for await (const piece of createReadStream(path, 'utf8')) reader.write(String(piece));
  } catch (error) {
    throw new UsageError(`${path} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = reader.end();
  if (read.ok) return read.value;
  const { problems, asks } = read.error;
  const advice = asks === undefined ? '' : ADVICE[asks](prefixOf(symbol));
  for (const problem of problems.slice(0, PROBLEMS_SHOWN))
    console.error(`${path}:${problem.line}: error: ${problemText(problem)}${advice}`);
  if (problems.length > PROBLEMS_SHOWN)
    console.error(`${path}: and ${problems.length - PROBLEMS_SHOWN} more kinds of problems`);
  return null;
}
