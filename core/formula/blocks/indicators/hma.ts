import type { KernelBlock } from '../../model/block.ts';
import { wmaCell } from '../kit/averages.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE } from '../kit/ports.ts';

const root = (length: number): number => Math.floor(Math.sqrt(length));

export const hma: KernelBlock = {
  kind: 'kernel',
  name: 'hma',
  title: 'Hull moving average',
  group: 'indicators',
  help: 'A weighted average of which most of the lag is taken away.',
  source: 'Alan Hull (2005): WMA(2 × WMA(x, n/2) − WMA(x, n), √n), halves and roots rounded down.',
  inputs: [SOURCE, period(9)],
  outputs: NUMBER,
  unit: 'same',
  lookback: (params) => int(params, 'timePeriod') + root(int(params, 'timePeriod')) - 2,
  kernel: cellKernel((params) => {
    const length = int(params, 'timePeriod');
    const [half, whole, smooth] = [wmaCell(length >> 1), wmaCell(length), wmaCell(root(length))];
    return {
      memory: [...half.memory, ...whole.memory, ...smooth.memory],
      next: (x) => smooth.next(2 * half.next(x) - whole.next(x)),
    };
  }),
};
