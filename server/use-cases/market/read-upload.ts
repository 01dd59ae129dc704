import type { CsvRefusal } from '#core/market/csv-problems.ts';
import { readCsv, type BarFile, type ReadOptions } from '#core/market/read-csv.ts';
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
