import { barStart } from '#core/market/timeframe.ts';
import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { kernelOf } from '../kit/kernel.ts';
import { FEED, NUMBER } from '../kit/ports.ts';

const ANCHORS = { day: '1d', week: '1w', month: '1M' } as const;

const anchorOf = (name: unknown): (typeof ANCHORS)[keyof typeof ANCHORS] =>
  name === 'week' || name === 'month' ? ANCHORS[name] : ANCHORS.day;

export const vwap: KernelBlock = {
  kind: 'kernel',
  name: 'vwap',
  title: 'Volume-weighted average price',
  group: 'indicators',
  help: 'The mean price since the day (or week, or month) began in UTC, weighted by volume; days that open from 15:00 UTC on belong to the next one.',
  source: 'Sum of typical price × volume over sum of volume, the typical price being (H + L + C)/3.',
  inputs: [
    {
      name: 'anchor',
      type: 'string',
      help: 'With what it begins anew.',
      default: 'day',
      options: Object.keys(ANCHORS),
    },
    FEED,
  ],
  outputs: NUMBER,
  unit: 'price',
  reads: ['date', 'high', 'low', 'close', 'volume'],
  lookback: () => 0,
  kernel: kernelOf((params) => {
    const anchor = anchorOf(params['anchor']);
    // When the day began; its first price; its volume, and the sum of that times the distances from the first price: of
    // equal prices the mean is that price.
    const memory = new Float64Array([Number.NaN, 0, 0, 0]);
    return {
      memory: [memory],
      step: (values, out) => {
        const volume = values[4] ?? Number.NaN;
        const close = values[3] ?? Number.NaN;
        const price = close + ((values[1] ?? Number.NaN) - close + ((values[2] ?? Number.NaN) - close)) / 3;
        const begin = barStart(values[0] ?? Number.NaN, anchor);
        out[0] = Number.NaN;
        if (Number.isNaN(price * volume)) return;
        if (begin !== memory[0]) memory.set([begin, price, 0, 0]);
        const first = memory[1] ?? 0;
        memory[2] = (memory[2] ?? 0) + volume;
        memory[3] = (memory[3] ?? 0) + (price - first) * volume;
        out[0] = memory[2] === 0 ? Number.NaN : finite(first + memory[3] / memory[2]);
      },
    };
  }),
};
