import { readCsv, type CsvProblem } from '#core/market/read-csv.ts';
import { AppError } from '#server/errors.ts';
import { BarCollector } from './collect-bars.ts';

export const LARGEST_UPLOAD = 200 * 1024 * 1024;
const MOST_BARS = 2_000_000;
const PROBLEMS_LISTED = 100;

export interface Upload {
  readonly collector: BarCollector;
  /** The first hundred; `problemCount` counts all. */
  readonly problems: readonly CsvProblem[];
  readonly problemCount: number;
}

/**
 * Reads CSV as it arrives: 48 bytes a bar stay in memory, the text does not. `onProgress` is called after each piece with what was
 * read so far, and waited for.
 */
export async function readUpload(body: AsyncIterable<Uint8Array>, onProgress: (bytes: number, bars: number) => Promise<void>): Promise<Upload> {
  const collector = new BarCollector();
  const problems: CsvProblem[] = [];
  let problemCount = 0;
  const reader = readCsv({
    bar: (bar) => {
      if (collector.length >= MOST_BARS) throw new AppError('TOO_LARGE', `A market may have ${MOST_BARS.toLocaleString('en')} bars at most.`);
      // After the first problem nothing will be stored; the rest is read for its problems.
      if (problemCount === 0) collector.add(bar);
    },
    problem: (problem) => {
      problemCount += 1;
      if (problems.length < PROBLEMS_LISTED) problems.push(problem);
    },
  });
  const decoder = new TextDecoder();
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > LARGEST_UPLOAD) throw new AppError('TOO_LARGE', `The file is larger than ${LARGEST_UPLOAD / 1024 / 1024} MiB.`);
    reader.write(decoder.decode(piece, { stream: true }));
    await onProgress(bytes, collector.length);
  }
  reader.write(decoder.decode());
  reader.end();
  return { collector, problems, problemCount };
}
