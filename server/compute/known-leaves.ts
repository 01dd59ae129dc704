import type { Bars } from '#core/market/bars.ts';
import { HASH_BYTES, RangeHasher } from '#server/db/bar-leaves.ts';

/**
 * What is known of the hashes of a series' leaves, row by row: bars from `spans[3 i]` up to `spans[3 i + 1]` hash to
 * `spans[3 i + 2]` hashes, one row's behind the other's. In shared memory, so that threads get it without a copy.
 */
export interface KnownLeaves {
  readonly spans: Int32Array;
  readonly hashes: Uint8Array;
}

/** Bars of a series from its first one on, with the hashes that are known. */
export interface HashedBars extends Bars {
  readonly leaves?: KnownLeaves;
}

interface Row {
  readonly count: number;
  readonly leaves: Uint8Array | null;
}

const NOTHING: KnownLeaves = { spans: new Int32Array(0), hashes: new Uint8Array(0) };

/** The leaves of rows, the first of which begins with the bar `start`, behind those that are known before it. */
export function knownLeaves(rows: readonly Row[], start = 0, before = NOTHING): KnownLeaves {
  const spans: number[] = [];
  let size = 0;
  for (let place = 0; place < before.spans.length; place += 3) {
    const [from = 0, to = 0, count = 0] = before.spans.subarray(place, place + 3);
    if (to > start) break;
    spans.push(from, to, count);
    size += count * HASH_BYTES;
  }
  const hashes = [before.hashes.subarray(0, size)];
  let at = start;
  for (const { count, leaves } of rows) {
    if (leaves) {
      spans.push(at, at + count, leaves.length / HASH_BYTES);
      hashes.push(leaves);
    }
    at += count;
  }
  const shared = new Uint8Array(new SharedArrayBuffer(hashes.reduce((sum, { length }) => sum + length, 0)));
  let written = 0;
  for (const part of hashes) {
    shared.set(part, written);
    written += part.length;
  }
  const places = new Int32Array(new SharedArrayBuffer(spans.length * 4));
  places.set(spans);
  return { spans: places, hashes: shared };
}

/** Gives bars from `from` up to `to` to a hasher; bars of leaves whose hashes are known are not looked at. */
export function hashBars(hasher: RangeHasher, bars: HashedBars, from: number, to: number): void {
  const { spans, hashes } = bars.leaves ?? NOTHING;
  let [at, read] = [from, 0];
  for (let place = 0; place < spans.length; place += 3) {
    const [start = 0, end = 0, count = 0] = [spans[place], spans[place + 1], spans[place + 2]];
    const size = count * HASH_BYTES;
    if (start >= at && end <= to) {
      hasher.add(bars, at, start);
      hasher.addLeaves(hashes.subarray(read, read + size));
      at = end;
    }
    read += size;
  }
  hasher.add(bars, at, to);
}

/** What bars from `from` up to `to` hash to. */
export function hashOfBars(bars: HashedBars, from: number, to: number): string {
  const hasher = new RangeHasher();
  hashBars(hasher, bars, from, to);
  return hasher.digest();
}
