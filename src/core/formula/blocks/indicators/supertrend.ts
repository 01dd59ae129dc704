import type { KernelBlock } from '../../block.ts';
import { wilderCell } from '../kit/averages.ts';
import { finite, int, kernelOf } from '../kit/kernel.ts';
import { FEED, numbers, period, ratio } from '../kit/ports.ts';
import { averageTrueRange } from '../kit/true-range.ts';

const SIDES = { min: -1, max: 1, integer: true } as const;

export const supertrend: KernelBlock = {
  kind: 'kernel',
  name: 'supertrend',
  title: 'Supertrend',
  group: 'indicators',
  help: 'A line that trails the price by some average true ranges and changes sides when it is crossed.',
  source: 'Olivier Seban, as TradingView computes it: bands at hl2 ± multiplier × ATR that only tighten while the close before keeps within them; begins above the price.',
  inputs: [period(10, 1), ratio('multiplier', 3, 'Average true ranges to the line.'), FEED],
  outputs: [...numbers({ line: 'The line.' }), { name: 'direction', type: 'series<number>', help: '1 while it is below the price, -1 while it is above.', unit: 'plain', ...SIDES }],
  unit: 'price',
  reads: ['high', 'low', 'close'],
  lookback: (params) => int(params, 'timePeriod'),
  kernel: kernelOf((params) => {
    const range = averageTrueRange(wilderCell(int(params, 'timePeriod')));
    const multiplier = Number(params['multiplier']);
    // The upper and lower band, the direction (0 before the first), the last close.
    const memory = new Float64Array([Number.NaN, Number.NaN, 0, Number.NaN]);
    return {
      memory: [...range.memory, memory],
      step: (values, out) => {
        const [high, low, close] = [values[0] ?? Number.NaN, values[1] ?? Number.NaN, values[2] ?? Number.NaN];
        const distance = multiplier * range.next(high, low, close);
        const before = memory[3] ?? Number.NaN;
        memory[3] = close;
        out[0] = Number.NaN;
        out[1] = Number.NaN;
        if (Number.isNaN(distance)) return;
        const middle = (high + low) / 2;
        const [lastUpper, lastLower] = [memory[0] ?? Number.NaN, memory[1] ?? Number.NaN];
        const upper = middle + distance < lastUpper || before > lastUpper || Number.isNaN(lastUpper) ? middle + distance : lastUpper;
        const lower = middle - distance > lastLower || before < lastLower || Number.isNaN(lastLower) ? middle - distance : lastLower;
        const last = memory[2] ?? 0;
        const direction = last === 0 ? -1 : last < 0 ? (close > upper ? 1 : -1) : close < lower ? -1 : 1;
        memory[0] = upper;
        memory[1] = lower;
        memory[2] = direction;
        out[0] = finite(direction > 0 ? lower : upper);
        out[1] = direction;
      },
    };
  }),
};
