import type { BarRange, PlotMark } from './plot.ts';

export interface Runs {
  /** Each stretch over which a condition stays true. */
  readonly runs: readonly BarRange[];
  /** On how many bars it is true. */
  readonly bars: number;
}

/** The stretches of 1 in a condition. */
export function runsOf(values: Float64Array): Runs {
  const runs: BarRange[] = [];
  let bars = 0;
  for (let bar = 0; bar < values.length; bar += 1) {
    if (values[bar] !== 1) continue;
    const from = bar;
    while (values[bar] === 1) bar += 1;
    runs.push({ from, to: bar });
    bars += bar - from;
  }
  return { runs, bars };
}

/** The bars on which a candle pattern is complete, and where it points. */
export function patternMarks(values: Float64Array): PlotMark[] {
  const marks: PlotMark[] = [];
  values.forEach((value, bar) => {
    if (value > 0) marks.push({ bar, kind: 'up' });
    else if (value < 0) marks.push({ bar, kind: 'down' });
  });
  return marks;
}
