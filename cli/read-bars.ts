import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Bars, Timeframe } from '#core/market/bars.ts';
import { problemText } from '#core/market/csv-problems.ts';
import { lengthProblem } from '#core/market/named-length.ts';
import { readCsv, type BarFile } from '#core/market/read-csv.ts';
import { readLength } from '#core/market/read-length.ts';
import { parseTimeframe, TIMEFRAME_WORDS } from '#core/market/timeframe.ts';
import { splitAllData } from './split-data.ts';
import { UsageError } from './usage.ts';

export interface Data {
  readonly bars: Bars;
  readonly feeds: ReadonlyMap<string, Bars>;
  /** Symbols whose bars have no volume; null for the own ones. */
  readonly withoutVolume: readonly (string | null)[];
}

interface DataValues {
  readonly data?: string[] | undefined;
  readonly timeframe?: string[] | undefined;
}

const DAY = 86_400_000;
const PROBLEMS_SHOWN = 20;

/**
 * Reads `--data BARS.csv` and `--data SYMBOL=FILE`, with how long their bars last as `--timeframe 1h` and `--timeframe SYMBOL=1h` where the files do not
 * say it. Null when a file is wrong: its problems are printed then.
 */
export async function readData({ data = [], timeframe = [] }: DataValues): Promise<Data | null> {
  const files = splitAllData(data).map(({ symbol = null, path }) => ({ symbol, path }));
  const named = readTimeframes(
    timeframe,
    files.map(({ symbol }) => symbol),
  );
  const read = await Promise.all(files.map(async ({ symbol, path }) => readBars(path, symbol, named.get(symbol))));
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
  return bars ? { bars, feeds, withoutVolume } : null;
}

/** The lengths that somebody names, by symbol. */
function readTimeframes(
  options: readonly string[],
  symbols: readonly (string | null)[],
): ReadonlyMap<string | null, Timeframe> {
  const named = new Map<string | null, Timeframe>();
  for (const option of options) {
    const [, symbol = null, text = option] = /^(.+)=([^=]+)$/.exec(option) ?? [];
    const timeframe = parseTimeframe(text);
    if (timeframe === null) throw new UsageError(`--timeframe takes ${TIMEFRAME_WORDS}, not "${text}".`);
    if (!symbols.includes(symbol)) throw new UsageError(`--timeframe ${option} names no symbol of --data.`);
    if (named.has(symbol)) throw new UsageError(`--timeframe ${option} is given twice.`);
    named.set(symbol, timeframe);
  }
  return named;
}

async function readBars(
  path: string,
  symbol: string | null,
  named: Timeframe | undefined,
): Promise<{ bars: Bars; hasVolume: boolean } | null> {
  const file = await readFile(path);
  if (!file) return null;
  if (file.length === 0) {
    console.error(`${path}: error: The file has no bars.`);
    return null;
  }
  for (const note of file.notes) console.error(`${path}: note: ${note}`);
  // One day alone is read by nothing but its own strategy, which its length can't show the future to.
  const isOneDay = symbol === null && file.length === 1 && (file.time[0] ?? 0) % DAY === 0;
  const read = isOneDay ? ({ ok: true, value: '1d' } as const) : readLength(file.time);
  const problem = named === undefined ? (read.ok ? null : read.error) : lengthProblem(file.time, named);
  const timeframe = named ?? (read.ok ? read.value : null);
  if (problem !== null || timeframe === null) {
    const advice =
      named === undefined
        ? ` Cut the file where its bars change, or name how long they last with --timeframe ${symbol === null ? '' : `${symbol}=`}1h.`
        : '';
    console.error(`${path}:${file.lines[problem?.bar ?? 0] ?? 1}: error: ${problem?.message ?? ''}${advice}`);
    return null;
  }
  const { length, time, open, high, low, close, volume, hasVolume } = file;
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
  };
}

async function readFile(path: string): Promise<BarFile | null> {
  const reader = readCsv();
  try {
    for await (const piece of createReadStream(path, 'utf8')) reader.write(String(piece));
  } catch (error) {
    throw new UsageError(`${path} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = reader.end();
  if (read.ok) return read.value;
  const { problems } = read.error;
  for (const problem of problems.slice(0, PROBLEMS_SHOWN))
    console.error(`${path}:${problem.line}: error: ${problemText(problem)}`);
  if (problems.length > PROBLEMS_SHOWN)
    console.error(`${path}: and ${problems.length - PROBLEMS_SHOWN} more kinds of problems`);
  return null;
}
