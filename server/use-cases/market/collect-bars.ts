import { createHash } from 'node:crypto';
import { BAR_COLUMNS, type Bar } from '#core/market/bars.ts';
import { packBars, type BarChunk } from '#server/db/bar-chunk.ts';

/** Columns that grow by doubling, since nobody says beforehand how many bars a file has. */
export class BarCollector {
  #columns = { time: new Float64Array(4096), open: new Float64Array(4096), high: new Float64Array(4096), low: new Float64Array(4096), close: new Float64Array(4096), volume: new Float64Array(4096) };
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(bar: Bar): void {
    if (this.#length === this.#columns.time.length) this.#grow();
    for (const column of BAR_COLUMNS) this.#columns[column][this.#length] = bar[column];
    this.#length += 1;
  }

  /** A view, no copy. */
  get time(): Float64Array {
    return this.#columns.time.subarray(0, this.#length);
  }

  /** What a market's row and its chunks need to know of its bars; null when there is none. */
  finish(): { chunks: readonly BarChunk[]; barCount: number; firstTime: number; lastTime: number; dataHash: string } | null {
    const firstTime = this.#columns.time[0];
    const lastTime = this.#columns.time[this.#length - 1];
    if (this.#length === 0 || firstTime === undefined || lastTime === undefined) return null;
    const chunks = packBars(this.#columns, this.#length);
    const hash = createHash('sha256');
    for (const chunk of chunks) hash.update(chunk.columns);
    return { chunks, barCount: this.#length, firstTime, lastTime, dataHash: hash.digest('hex') };
  }

  #grow(): void {
    for (const column of BAR_COLUMNS) {
      const larger = new Float64Array(this.#columns[column].length * 2);
      larger.set(this.#columns[column]);
      this.#columns[column] = larger;
    }
  }
}
