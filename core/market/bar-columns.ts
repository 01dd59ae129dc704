import { BAR_COLUMNS, type Bar, type BarColumn, type Bars } from './bars.ts';

type Columns = Pick<Bars, BarColumn>;

/** Columns of bars that grow by doubling, since nobody says beforehand how many bars a file has. */
export class BarColumns {
  #columns: Columns = columnsOf(4096);
  #lines = new Uint32Array(4096);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** `line`: where the bar stands in its file. */
  add(time: number, { open, high, low, close, volume }: Omit<Bar, 'time'>, line: number): void {
    if (this.#length === this.#lines.length) this.#grow();
    const [at, columns] = [this.#length, this.#columns];
    columns.time[at] = time;
    columns.open[at] = open;
    columns.high[at] = high;
    columns.low[at] = low;
    columns.close[at] = close;
    columns.volume[at] = volume;
    this.#lines[at] = line;
    this.#length += 1;
  }

  /** Views, no copies. */
  finish(): Columns & { readonly length: number; readonly lines: Uint32Array } {
    const view = (name: BarColumn): Float64Array => this.#columns[name].subarray(0, this.#length);
    return {
      time: view('time'),
      open: view('open'),
      high: view('high'),
      low: view('low'),
      close: view('close'),
      volume: view('volume'),
      length: this.#length,
      lines: this.#lines.subarray(0, this.#length),
    };
  }

  #grow(): void {
    const larger = columnsOf(this.#length * 2);
    for (const name of BAR_COLUMNS) larger[name].set(this.#columns[name]);
    const lines = new Uint32Array(this.#length * 2);
    lines.set(this.#lines);
    this.#columns = larger;
    this.#lines = lines;
  }
}

function columnsOf(length: number): Columns {
  const column = (): Float64Array => new Float64Array(length);
  return { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
}
