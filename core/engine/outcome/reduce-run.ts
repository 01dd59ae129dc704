/** Columns of a run, one value a bar. */
export interface RunColumns {
  readonly time: ArrayLike<number>;
  readonly equity: ArrayLike<number>;
  readonly drawdown: ArrayLike<number>;
  readonly benchmark: ArrayLike<number>;
}

/** Plain lists, for a screen. */
export interface ReducedRun {
  readonly time: number[];
  readonly equity: number[];
  readonly drawdown: number[];
  readonly benchmark: number[];
}

/**
 * At most `most` bars (four at the least) of all: of each stretch that with the highest and that with the lowest
 * equity, as they are, so that no peak and no trough is lost; and the first and the last of all.
 */
export function reduceRun({ time, equity, drawdown, benchmark }: RunColumns, most: number): ReducedRun {
  const bars = pickBars(equity, Math.max(4, most));
  const take = (column: ArrayLike<number>): number[] => bars.map((bar) => column[bar] ?? Number.NaN);
  return { time: take(time), equity: take(equity), drawdown: take(drawdown), benchmark: take(benchmark) };
}

function pickBars(equity: ArrayLike<number>, most: number): number[] {
  const { length } = equity;
  if (length <= most) return Array.from({ length }, (_, bar) => bar);
  const picked = new Set([0]);
  const stretch = Math.ceil(length / Math.floor((most - 2) / 2));
  for (let from = 0; from < length; from += stretch) {
    const [lowest, highest] = extremes(equity, from, Math.min(length, from + stretch));
    picked.add(Math.min(lowest, highest)).add(Math.max(lowest, highest));
  }
  return [...picked.add(length - 1)];
}

function extremes(equity: ArrayLike<number>, from: number, to: number): [lowest: number, highest: number] {
  let [lowest, highest] = [from, from];
  for (let bar = from + 1; bar < to; bar += 1) {
    const value = equity[bar] ?? Number.NaN;
    if (value < (equity[lowest] ?? Number.NaN)) lowest = bar;
    if (value > (equity[highest] ?? Number.NaN)) highest = bar;
  }
  return [lowest, highest];
}
