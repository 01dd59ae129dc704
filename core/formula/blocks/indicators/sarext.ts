import type { KernelBlock } from '../../model/block.ts';
import { barKernel } from '../kit/kernel.ts';
import { FEED, NUMBER, ratio, TALIB } from '../kit/ports.ts';
import { parabolicStop, type Acceleration } from '../kit/sar.ts';

export const sarext: KernelBlock = {
  kind: 'kernel',
  name: 'sarext',
  title: 'Parabolic SAR, extended',
  group: 'indicators',
  help: 'A parabolic stop with settings of its own for each side; negative while it is the stop of a short position.',
  source: TALIB,
  inputs: [
    {
      name: 'startValue',
      type: 'number',
      help: 'Where it begins: long above 0, short below, and at 0 by the first two bars.',
      default: 0,
      unit: 'price',
    },
    ratio('offsetOnReverse', 0, 'How far it moves away from the price when it reverses, as a share of it.', { min: 0 }),
    ratio('accelerationInitLong', 0.02, 'Where the acceleration of a long position begins.', { min: 0 }),
    ratio('accelerationLong', 0.02, 'What each new high adds.', { min: 0 }),
    ratio('accelerationMaxLong', 0.2, 'The most that it may be.', { min: 0 }),
    ratio('accelerationInitShort', 0.02, 'Where the acceleration of a short position begins.', { min: 0 }),
    ratio('accelerationShort', 0.02, 'What each new low adds.', { min: 0 }),
    ratio('accelerationMaxShort', 0.2, 'The most that it may be.', { min: 0 }),
    FEED,
  ],
  outputs: NUMBER,
  unit: 'price',
  reads: ['high', 'low'],
  lookback: () => 1,
  kernel: barKernel((params) => {
    const side = (name: string): Acceleration => ({
      start: Number(params[`accelerationInit${name}`]),
      step: Number(params[`acceleration${name}`]),
      most: Number(params[`accelerationMax${name}`]),
    });
    const stop = parabolicStop({
      startValue: Number(params['startValue']),
      offsetOnReverse: Number(params['offsetOnReverse']),
      long: side('Long'),
      short: side('Short'),
    });
    return {
      memory: stop.memory,
      next: (high, low) => {
        if (!stop.next(high, low)) return Number.NaN;
        return stop.isLong() ? stop.stop() : -stop.stop();
      },
    };
  }),
};
