/** Columns of the same length given out again once they are given back: fresh memory costs more than most kernels. */
export class Arena {
  readonly #free = new Map<number, Float64Array[]>();
  readonly #constants = new Map<string, Float64Array>();
  readonly #scratch: Float64Array[] = [];

  /** A column of this length to write all of: it holds anything. */
  take(length: number): Float64Array {
    return this.#free.get(length)?.pop() ?? new Float64Array(length);
  }

  giveBack(column: Float64Array): void {
    const free = this.#free.get(column.length);
    if (free) free.push(column);
    else this.#free.set(column.length, [column]);
  }

  /** The same memory for the same index, whoever asks: for what nobody reads any more when the next one writes. */
  scratch(index: number, length: number): Float64Array {
    const known = this.#scratch[index];
    if (known && known.length >= length) return known;
    return (this.#scratch[index] = new Float64Array(length));
  }

  /** A column that holds one value. Not to be written into. */
  constant(value: number, length: number): Float64Array {
    const key = `${value} ${length}`;
    const known = this.#constants.get(key);
    if (known) return known;
    const column = new Float64Array(length).fill(value);
    this.#constants.set(key, column);
    return column;
  }
}
