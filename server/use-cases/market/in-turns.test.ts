import { describe, expect, it } from 'vitest';
import { findGaps } from '#core/market/find-gaps.ts';
import type { BarFile } from '#core/market/read-csv.ts';
import { BARS_PER_CHUNK } from '#server/db/bar-chunk.ts';
import { packFile, packFileInTurns } from './pack-file.ts';
import { describeGaps } from './read-gaps.ts';

const MINUTE = 60_000;
const CHUNKS = 20;
const length = CHUNKS * BARS_PER_CHUNK;
/** Every hundredth minute is missing at the end: always traded before. */
const time = new Float64Array(length);
for (let bar = 1; bar < length; bar += 1)
  time[bar] = (time[bar - 1] ?? 0) + (bar > length - 5_000 && bar % 100 === 0 ? 2 : 1) * MINUTE;
const price = new Float64Array(length).fill(10);
const file: BarFile = {
  time,
  open: price,
  high: price,
  low: price,
  close: price,
  volume: price,
  length,
  lines: new Uint32Array(length),
  notes: [],
  hasVolume: true,
  noVolume: null,
  timesAre: 'opens',
};

/** How many turns others get while `work` goes on. */
async function turnsDuring<T>(work: () => Promise<T>): Promise<{ turns: number; result: T }> {
  let [turns, isOver] = [0, false];
  const turn = (): void => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const result = await work();
  isOver = true;
  return { turns, result };
}

describe('the end of a large import', () => {
  it('packs a chunk a turn, and comes to the same', async () => {
    const { turns, result } = await turnsDuring(() => packFileInTurns(file));
    expect(turns).toBeGreaterThanOrEqual(CHUNKS - 1);
    expect(result).toEqual(packFile(file));
  });

  it('looks for holes a chunk a turn, and finds those that are found at once', async () => {
    let largest = 0;
    const pieces = function* (): Generator<Float64Array> {
      for (let start = 0; start < length; start += BARS_PER_CHUNK) {
        const piece = time.subarray(start, start + BARS_PER_CHUNK);
        largest = Math.max(largest, piece.length);
        yield piece;
      }
    };
    const { turns, result } = await turnsDuring(() => describeGaps(pieces, '1m'));
    expect(turns).toBeGreaterThanOrEqual(2 * CHUNKS - 1);
    expect(largest).toBe(BARS_PER_CHUNK);
    expect(result.count).toBe(50);
    expect(result.count).toBe(findGaps({ time, length, timeframe: '1m' }).length);
  });
});
