import type { Timeframe } from '#core/market/bars.ts';
import { readCsv } from '#core/market/read-csv.ts';
import { guessTimeframe } from '#core/market/timeframe.ts';

const HEAD_BYTES = 64 * 1024;

/** How long the bars of a file last, by the first of them; null where there are too few to say. */
export async function readTimeframe(file: Blob): Promise<Timeframe | null> {
  const times: number[] = [];
  readCsv({ bar: ({ time }) => void times.push(time), problem: () => undefined }).write(await file.slice(0, HEAD_BYTES).text());
  return times.length < 2 ? null : guessTimeframe(Float64Array.from(times));
}
