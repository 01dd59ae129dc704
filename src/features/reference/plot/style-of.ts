import type { BarRange, PlotLine } from './plot.ts';

/** Values that stay the same from bar to bar this often, or more, are held rather than slid between. */
const MOSTLY_HELD = 0.8;
/** The months of a year, the days of a week, a direction: so few whole values are steps, however often they change. */
const MOST_STEPS = 12;

/** How a series is drawn: a histogram stands on zero; what is held, or takes a few whole values, goes in steps. */
export function styleOf(output: string, values: Float64Array, { from, to }: BarRange): PlotLine['style'] {
  if (output === 'hist') return 'columns';
  const seen = new Set<number>();
  let pairs = 0;
  let held = 0;
  for (let bar = from; bar < to; bar += 1) {
    const [before, value] = [values[bar - 1] ?? Number.NaN, values[bar] ?? Number.NaN];
    if (Number.isNaN(value)) continue;
    if (seen.size <= MOST_STEPS) seen.add(value);
    if (Number.isNaN(before)) continue;
    pairs += 1;
    if (value === before) held += 1;
  }
  const isFew = seen.size <= MOST_STEPS && [...seen].every(Number.isInteger);
  return isFew || (pairs > 0 && held / pairs >= MOSTLY_HELD) ? 'steps' : 'line';
}
