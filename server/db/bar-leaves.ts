import { createHash, type Hash } from 'node:crypto';
import { BAR_COLUMNS, type BarColumn, type Bars } from '#core/market/bars.ts';
import { bytesOf } from './numbers.ts';

type Columns = Pick<Bars, BarColumn>;

/** Bytes of a leaf's hash. */
export const HASH_BYTES = 32;

/**
 * Whether a leaf begins with the bar that opens at `time`: one bar of 1,024 does on average. The bar's own time decides
 * and nothing else (content-defined chunking, as rsync and restic cut files), so that bars that come before, between or
 * behind leave all other leaves as they are.
 */
export function beginsLeaf(time: number): boolean {
  const high = Math.floor(time / 0x1_0000_0000);
  let mixed = Math.imul(high, 0x9e37_79b1) ^ (time - high * 0x1_0000_0000);
  // The finaliser of MurmurHash3: each bit of the time changes half of the result's.
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 22 === 0;
}

/** Where the leaf ends that `from` stands in, `to` at the latest. */
export function endOfLeaf(time: Float64Array, from: number, to: number): number {
  let end = from + 1;
  while (end < to && !beginsLeaf(time[end] ?? 0)) end += 1;
  return Math.min(end, to);
}

/** Bars one after another, six float64 each, in the order of BAR_COLUMNS: a bar more is bytes more at the end. */
function bytesOfBars(bars: Columns, from: number, to: number): Uint8Array {
  const values = new Float64Array((to - from) * BAR_COLUMNS.length);
  BAR_COLUMNS.forEach((name, place) => {
    const column = bars[name];
    for (let bar = from; bar < to; bar += 1) values[(bar - from) * BAR_COLUMNS.length + place] = column[bar] ?? 0;
  });
  return bytesOf(values);
}

/** The hashes of leaves that lie whole from `from` to `to`, one behind another. O(bars). */
export function hashLeaves(bars: Columns, from: number, to: number): Uint8Array {
  const hashes: Uint8Array[] = [];
  for (let at = from; at < to;) {
    const end = endOfLeaf(bars.time, at, to);
    hashes.push(
      createHash('sha256')
        .update(bytesOfBars(bars, at, end))
        .digest(),
    );
    at = end;
  }
  return new Uint8Array(Buffer.concat(hashes));
}

/**
 * The hash of a range of bars: SHA-256 of the hashes of its leaves. It depends on the bars of the range alone, not on
 * what stands around them nor on how they are stored, and what is known of whole leaves need not be read again.
 */
export class RangeHasher {
  readonly #leaves: Hash = createHash('sha256');
  #open: Hash | null = null;

  /** The next bars. */
  add(bars: Columns, from: number, to: number): void {
    for (let at = from; at < to;) {
      if (beginsLeaf(bars.time[at] ?? 0)) this.#close();
      const end = endOfLeaf(bars.time, at, to);
      this.#open ??= createHash('sha256');
      this.#open.update(bytesOfBars(bars, at, end));
      at = end;
    }
  }

  /**
   * The next bars as the hashes of their leaves: the first of them begins a leaf, and so does whatever bar comes behind
   * them.
   */
  addLeaves(hashes: Uint8Array): void {
    this.#close();
    this.#leaves.update(hashes);
  }

  /** Of all bars so far; more may come. */
  digest(): string {
    const whole = this.#leaves.copy();
    if (this.#open) whole.update(this.#open.copy().digest());
    return whole.digest('hex');
  }

  #close(): void {
    if (this.#open) this.#leaves.update(this.#open.digest());
    this.#open = null;
  }
}
