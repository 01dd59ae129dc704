import { describe, expect, it } from 'vitest';
import { BARS_PER_CHUNK, packBars, unpackBars } from './bar-chunk.ts';

const LENGTH = 2 * BARS_PER_CHUNK + 5;
const column = (offset: number) => Float64Array.from({ length: LENGTH }, (_, index) => index * 10 + offset);
const bars = { time: column(0), open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) };

describe('bar chunks', () => {
  const chunks = packBars(bars, LENGTH);

  it('hold at most 16,384 bars each', () => {
    expect(chunks.every((chunk) => chunk.count <= BARS_PER_CHUNK)).toBe(true);
    expect(chunks).toHaveLength(3);
    let bars = 0;
    for (const { firstTime, count } of chunks) {
      expect(firstTime).toBe(bars * 10);
      bars += count;
    }
    expect(bars).toBe(LENGTH);
  });

  it('give back the same bars', () => {
    expect(unpackBars(chunks, {})).toEqual({ ...bars, length: LENGTH });
  });

  it('give back a range, ends included, across rows', () => {
    const part = unpackBars(chunks, { from: 163_825, to: 163_850 });
    expect([...part.time]).toEqual([163_830, 163_840, 163_850]);
    expect([...part.volume]).toEqual([163_835, 163_845, 163_855]);
  });

  it('read buffers at any offset', () => {
    const shifted = chunks.map((chunk) => {
      const buffer = new Uint8Array(chunk.columns.length + 3);
      buffer.set(chunk.columns, 3);
      return { ...chunk, columns: buffer.subarray(3) };
    });
    expect(unpackBars(shifted, { to: -1 }).length).toBe(0);
    expect(unpackBars(shifted, {}).close.at(-1)).toBe(bars.close.at(-1));
  });
});
