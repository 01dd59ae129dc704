import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BARS_PER_CHUNK, packBars } from '#server/db/bar-chunk.ts';
import { beginsLeaf, endOfLeaf, RangeHasher } from '#server/db/bar-leaves.ts';
import { hashBars, hashOfBars, knownLeaves } from './known-leaves.ts';

const MINUTE = 60_000;
const LENGTH = 40_000;
const column = (of: (bar: number) => number): Float64Array =>
  Float64Array.from({ length: LENGTH }, (_, bar) => of(bar));
const bars = {
  symbol: 'X',
  timeframe: '1m',
  length: LENGTH,
  time: column((bar) => 1_700_000_000_000 - (1_700_000_000_000 % MINUTE) + bar * MINUTE),
  open: column((bar) => 100 + (bar % 7)),
  high: column((bar) => 110 + (bar % 5)),
  low: column((bar) => 90 - (bar % 3)),
  close: column((bar) => 101 + (bar % 11)),
  volume: column((bar) => (bar % 13 === 0 ? Number.NaN : bar % 17)),
} as const;
const cut = (from: number, to: number) => ({
  ...bars,
  length: to - from,
  time: bars.time.slice(from, to),
  open: bars.open.slice(from, to),
  high: bars.high.slice(from, to),
  low: bars.low.slice(from, to),
  close: bars.close.slice(from, to),
  volume: bars.volume.slice(from, to),
});
const bar = fc.integer({ min: 0, max: LENGTH });

describe('the leaves of a series', () => {
  it('are of 1,024 bars on average, whatever the length of bars', () => {
    for (const length of [1000, MINUTE, 7 * MINUTE, 86_400_000, 604_800_000]) {
      let begun = 0;
      for (let at = -100_000; at < 100_000; at += 1) begun += beginsLeaf(at * length) ? 1 : 0;
      expect(begun).toBeGreaterThan(120);
      expect(begun).toBeLessThan(280);
    }
  });

  it('make the same hash of a range whatever stands around it, in whatever steps its bars come, and with known leaves', () => {
    fc.assert(
      fc.property(
        bar,
        bar,
        bar,
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 0, max: 3000 }),
        (a, b, c, before, behind) => {
          const [from = 0, middle = 0, to = 0] = [a, b, c].sort((x, y) => x - y);
          const [start, end] = [Math.max(0, from - before), Math.min(LENGTH, to + behind)];
          const alone = new RangeHasher();
          const range = cut(from, to);
          alone.add(range, 0, range.length);
          const around = cut(start, end);
          const stored = { ...around, leaves: knownLeaves(packBars(around, around.length)) };
          expect(hashOfBars(stored, from - start, to - start)).toBe(alone.digest());
          const steps = new RangeHasher();
          hashBars(steps, stored, from - start, middle - start);
          steps.digest();
          hashBars(steps, stored, middle - start, to - start);
          expect(steps.digest()).toBe(alone.digest());
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('make another hash when one value is another, and when a bar is missing', () => {
    const hash = hashOfBars(bars, 100, 30_000);
    const other = { ...bars, low: bars.low.slice() };
    other.low[20_000] = 1;
    expect(hashOfBars(other, 100, 30_000)).not.toBe(hash);
    expect(hashOfBars(other, 100, 20_000)).toBe(hashOfBars(bars, 100, 20_000));
    expect(hashOfBars(bars, 101, 30_000)).not.toBe(hash);
    expect(hashOfBars(bars, 100, 29_999)).not.toBe(hash);
  });

  it('are whole in rows, which hold as many of them as fit', () => {
    const rows = packBars(bars, LENGTH);
    expect(rows.every(({ count }) => count <= BARS_PER_CHUNK)).toBe(true);
    expect(rows.map(({ leaves }) => leaves !== null)).toEqual(rows.map((_, row) => row < rows.length - 1));
    expect(rows.slice(1).every(({ firstTime }) => beginsLeaf(firstTime))).toBe(true);
    expect(rows.length).toBeLessThanOrEqual(2 + Math.ceil(LENGTH / (BARS_PER_CHUNK - 4096)));
    expect(endOfLeaf(bars.time, 0, LENGTH)).toBeGreaterThan(0);
  });
});
