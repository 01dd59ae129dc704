import type { Timeframe } from '#core/market/bars.ts';
import { problemText } from '#core/market/csv-problems.ts';
import { findOddBars } from '#core/market/find-odd-bars.ts';
import { readCsv, type ReadOptions } from '#core/market/read-csv.ts';
import { readLength } from '#core/market/read-length.ts';

/** What a file says of its bars before it is sent: read as the server reads it, to its last line. */
export type FileFacts =
  | {
      readonly kind: 'bars';
      readonly timeframe: Timeframe | null;
      readonly bars: number;
      readonly firstTime: number;
      readonly lastTime: number;
      readonly notes: readonly string[];
      /** What is odd about its bars, though it may be right. */
      readonly doubts: readonly string[];
    }
  | { readonly kind: 'problem'; readonly message: string; readonly asks?: 'times' | 'decimals' };

/** Reads a file piece by piece, so that the page goes on meanwhile. */
export async function readBarsFile(file: Blob, said: ReadOptions = {}): Promise<FileFacts> {
  const reader = readCsv(said);
  const pieces = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) reader.write(piece.value);
  const read = reader.end();
  if (!read.ok) {
    const [first] = read.error.problems;
    return {
      kind: 'problem',
      message: first ? `Line ${first.line}: ${problemText(first)}` : 'The file can not be read.',
      ...(read.error.asks === undefined ? {} : { asks: read.error.asks }),
    };
  }
  const { time, length, notes, noVolume, lines } = read.value;
  if (length === 0) return { kind: 'problem', message: 'The file has no bars.' };
  const timeframe = readLength(time);
  const known = timeframe.ok ? timeframe.value : said.timeframe;
  const odd = known === undefined ? [] : findOddBars(read.value, known);
  const told = [
    ...notes,
    ...(noVolume === null ? [] : [noVolume]),
    ...(timeframe.ok || said.timeframe !== undefined ? [] : [`${timeframe.error.message} Say how long a bar lasts.`]),
  ];
  return {
    kind: 'bars',
    timeframe: timeframe.ok ? timeframe.value : null,
    bars: length,
    firstTime: time[0] ?? 0,
    lastTime: time[length - 1] ?? 0,
    notes: told,
    doubts: odd.map(({ bar, message }) => `Line ${(lines[bar] ?? 1).toLocaleString('en')}: ${message}`),
  };
}
