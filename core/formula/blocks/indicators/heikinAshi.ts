import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { kernelOf } from '../kit/kernel.ts';
import { FEED, numbers } from '../kit/ports.ts';

export const heikinAshi: KernelBlock = {
  kind: 'kernel',
  name: 'heikinAshi',
  title: 'Heikin-Ashi',
  group: 'indicators',
  help: 'Averaged candles, which show a trend with less noise. They are no prices at which anybody trades.',
  source:
    'Dan Valcu (Stocks & Commodities, February 2004): close = (O + H + L + C)/4, open = mean of its own last open and close, begun with (O + C)/2.',
  inputs: [FEED],
  outputs: numbers({
    open: 'The middle of the averaged candle before.',
    high: 'The highest of high, averaged open and close.',
    low: 'The lowest of low, averaged open and close.',
    close: 'Mean of open, high, low and close.',
  }),
  unit: 'price',
  reads: ['open', 'high', 'low', 'close'],
  lookback: () => 0,
  kernel: kernelOf(() => {
    // The last averaged open and close.
    const memory = new Float64Array([Number.NaN, Number.NaN]);
    return {
      memory: [memory],
      step: (values, out) => {
        const [o, h, l, c] = [
          values[0] ?? Number.NaN,
          values[1] ?? Number.NaN,
          values[2] ?? Number.NaN,
          values[3] ?? Number.NaN,
        ];
        const close = finite((o + h + l + c) / 4);
        out.fill(Number.NaN);
        if (Number.isNaN(close)) return;
        const before = ((memory[0] ?? Number.NaN) + (memory[1] ?? Number.NaN)) / 2;
        const open = Number.isNaN(before) ? (o + c) / 2 : before;
        memory[0] = open;
        memory[1] = close;
        out[0] = open;
        out[1] = Math.max(h, open, close);
        out[2] = Math.min(l, open, close);
        out[3] = close;
      },
    };
  }),
};
