import type { Timeframe } from '#core/market/bars.ts';
import type { CsvRefusal } from '#core/market/csv-problems.ts';
import { type BarFile, readCsv, type ReadOptions } from '#core/market/read-csv.ts';
import { timeframeLength } from '#core/market/timeframe.ts';
import type { Result } from '#core/result/result.ts';
import { AppError } from '#server/errors.ts';

/** Bars that one market may have. */
export const MOST_BARS = 2_000_000;

/**
 * Reads CSV as it arrives: 52 bytes a bar stay in memory, the text does not. `onProgress` is called after each piece
 * with what was read so far, and waited for.
 */
export async function readUpload(
  body: AsyncIterable<Uint8Array>,
  onProgress: (bytes: number, bars: number) => Promise<void>,
  said: ReadOptions = {},
): Promise<Result<BarFile, CsvRefusal>> {
  const reader = readCsv(said);
  const decoder = new TextDecoder();
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    reader.write(decoder.decode(piece, { stream: true }));
    if (reader.length > MOST_BARS)
      throw new AppError('TOO_LARGE', `A market may have ${MOST_BARS.toLocaleString('en')} bars at most.`);
    await onProgress(bytes, reader.length);
  }
  reader.write(decoder.decode());
  return reader.end();
}

/**
 * Refuses bars that have not begun yet by the clock of this server, or by a clock that is one bar ahead: a single wrong
 * year would make every later bar a correction. Throws INVALID.
 */
export function requireOpened(lastTime: number, timeframe: Timeframe, now: Date): void {
  if (lastTime <= now.getTime() + timeframeLength(timeframe)) return;
  const [bar, today] = [new Date(lastTime), now].map((time) => time.toISOString().slice(0, 16).replace('T', ' '));
  throw new AppError(
    'INVALID',
    `The last bar opens on ${bar} UTC, and it is ${today} UTC now: none of the bars was taken. Correct the times of the file, or take out the bars that have not been yet.`,
  );
}
