import { BAR_COLUMNS, type Bars } from '#core/market/bars.ts';

/** The same bars in shared memory: threads get it without a copy. */
export function shareBars(bars: Bars): Bars {
  const columns = Object.fromEntries(
    BAR_COLUMNS.map((name) => {
      const column = new Float64Array(new SharedArrayBuffer(bars.length * 8));
      column.set(bars[name]);
      return [name, column];
    }),
  );
  return { ...bars, ...columns };
}
