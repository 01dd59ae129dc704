import type { KernelBlock } from '../../model/block.ts';
import { wilderCell } from '../kit/averages.ts';
import { finite } from '../kit/finite.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { FEED, numbers, period, ratio } from '../kit/ports.ts';
import { trueRange } from '../kit/true-range.ts';

const SIDES = { min: -1, max: 1, integer: true } as const;

export const supertrend: KernelBlock = {
  kind: 'kernel',
  name: 'supertrend',
  title: 'Supertrend',
  group: 'indicators',
  help: 'A line that trails the price by some average true ranges and changes sides when it is crossed.',
  source:
    "Olivier Seban, as TradingView's ta.supertrend computes it: bands at hl2 ± multiplier × ATR that only tighten while the close before keeps within them. The ATR is Wilder's average of true ranges, of which the first is high − low; the line begins above the price.",
  inputs: [period(10, 1), ratio('multiplier', 3, 'Average true ranges to the line.'), FEED],
  outputs: [
    ...numbers({ line: 'The line.' }),
    {
      name: 'direction',
      type: 'series<number>',
      help: '1 while it is below the price, -1 while it is above.',
      unit: 'plain',
      ...SIDES,
    },
  ],
  unit: 'price',
  reads: ['high', 'low', 'close'],
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: kernelOf((params) => {
    const average = wilderCell(int(params, 'timePeriod'));
    const range = trueRange();
    const multiplier = Number(params['multiplier']);
    // The upper and lower band, the line, the last close.
    const memory = new Float64Array(4).fill(Number.NaN);
    return {
      memory: [...range.memory, ...average.memory, memory],
      step: (values, out) => {
        const [high, low, close] = [values[0] ?? Number.NaN, values[1] ?? Number.NaN, values[2] ?? Number.NaN];
        const ofBar = range.next(high, low, close);
        const before = memory[3] ?? Number.NaN;
        // A bar with no close before it has its own range.
        const distance = multiplier * average.next(Number.isNaN(before) ? high - low : ofBar);
        memory[3] = close;
        out[0] = Number.NaN;
        out[1] = Number.NaN;
        if (Number.isNaN(distance + close)) return;
        const middle = (high + low) / 2;
        const [lastUpper, lastLower, lastLine] = [
          memory[0] ?? Number.NaN,
          memory[1] ?? Number.NaN,
          memory[2] ?? Number.NaN,
        ];
        const isFirst = Number.isNaN(lastLine);
        const upper = isFirst || middle + distance < lastUpper || before > lastUpper ? middle + distance : lastUpper;
        const lower = isFirst || middle - distance > lastLower || before < lastLower ? middle - distance : lastLower;
        const isBelow = isFirst ? false : lastLine === lastUpper ? close > upper : close >= lower;
        memory[0] = upper;
        memory[1] = lower;
        memory[2] = isBelow ? lower : upper;
        out[0] = finite(memory[2]);
        out[1] = isBelow ? 1 : -1;
      },
    };
  }),
};
