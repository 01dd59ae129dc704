import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Bar, Bars } from '#core/market/bars.ts';
import { readCsv, type CsvProblem } from '#core/market/read-csv.ts';
import { guessTimeframe } from '#core/market/timeframe.ts';
import { splitAllData } from './split-data.ts';
import { UsageError } from './usage.ts';

export interface Data {
  readonly bars: Bars;
  readonly feeds: ReadonlyMap<string, Bars>;
}

/** Reads `--data BARS.csv` and `--data SYMBOL=FILE`. Null when a file is wrong: its problems are printed then. */
export async function readData(options: readonly string[] | undefined): Promise<Data | null> {
  const files = splitAllData(options);
  const read = await Promise.all(files.map(async ({ symbol, path }) => readBars(path, symbol ?? basename(path).replace(/\.csv$/i, ''))));
  const feeds = new Map<string, Bars>();
  let bars: Bars | null = null;
  for (const [index, file] of read.entries()) {
    if (!file) return null;
    const symbol = files[index]?.symbol;
    if (symbol === undefined) bars = file;
    else feeds.set(symbol, file);
  }
  return bars ? { bars, feeds } : null;
}

async function readBars(path: string, symbol: string): Promise<Bars | null> {
  const rows: Bar[] = [];
  const problems: CsvProblem[] = [];
  const reader = readCsv({ bar: (bar) => rows.push(bar), problem: (problem) => problems.push(problem) });
  try {
    for await (const piece of createReadStream(path, 'utf8')) reader.write(String(piece));
  } catch (error) {
    throw new UsageError(`${path} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  reader.end();
  for (const { line, message } of problems.slice(0, 20)) console.error(`${path}:${line}: error: ${message}`);
  if (problems.length > 20) console.error(`${path}: and ${problems.length - 20} more problems`);
  if (problems.length > 0) return null;
  if (rows.length === 0) {
    console.error(`${path}: error: There are no bars in it.`);
    return null;
  }
  const column = (name: keyof Bar) => Float64Array.from(rows, (row) => row[name]);
  const time = column('time');
  return { symbol, timeframe: guessTimeframe(time), length: rows.length, time, open: column('open'), high: column('high'), low: column('low'), close: column('close'), volume: column('volume') };
}
