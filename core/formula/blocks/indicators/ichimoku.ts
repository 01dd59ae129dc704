import type { KernelBlock } from '../../model/block.ts';
import { delayCell, extremeCell } from '../kit/cells.ts';
import { finite } from '../kit/finite.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { bars, FEED, numbers } from '../kit/ports.ts';

interface Middle {
  readonly memory: readonly Float64Array[];
  next(high: number, low: number): number;
}

/** The middle between the highest high and the lowest low. */
function middle(length: number): Middle {
  const [highest, lowest] = [extremeCell(length, 1), extremeCell(length, -1)];
  return {
    memory: [...highest.memory, ...lowest.memory],
    next: (high, low) => (highest.next(high) + lowest.next(low)) / 2,
  };
}

/**
 * The cloud that a chart draws ahead is read here where it is drawn: spanA and spanB at a bar were computed
 * `displacement` bars before it, so that nothing comes from the future. The lagging span is the close drawn that many
 * bars back, where it would be the future's: it is no output, and "the lagging span is above prices" is said as `close
 * > close[26]`.
 */
export const ichimoku: KernelBlock = {
  kind: 'kernel',
  name: 'ichimoku',
  title: 'Ichimoku cloud',
  group: 'indicators',
  help: 'Middles of ranges of three lengths and the cloud that lies under this bar. The lagging span is the close itself: write close > close[26].',
  source:
    'Goichi Hosoda (1969): middles of the range of 9, 26 and 52 bars; the cloud as computed 26 bars ago (25 as TradingView counts). All begin together.',
  inputs: [
    bars('conversionPeriod', 9, 1, 'Bars of the conversion line.'),
    bars('basePeriod', 26, 1, 'Bars of the base line.'),
    bars('spanBPeriod', 52, 1, 'Bars of span B.'),
    bars('displacement', 26, 0, 'How many bars ahead the cloud is drawn.'),
    FEED,
  ],
  outputs: numbers({
    conversion: 'Conversion line (tenkan-sen).',
    base: 'Base line (kijun-sen).',
    spanA: 'First edge of the cloud at this bar (senkou span A): the mean of both lines, as computed earlier.',
    spanB: 'Second edge of the cloud at this bar (senkou span B): the long middle, as computed earlier.',
  }),
  reads: ['high', 'low'],
  unit: 'price',
  lookback: (params) =>
    Math.max(int(params, 'conversionPeriod'), int(params, 'basePeriod'), int(params, 'spanBPeriod')) -
    1 +
    int(params, 'displacement'),
  kernel: kernelOf((params) => {
    const [conversion, base, long] = [
      middle(int(params, 'conversionPeriod')),
      middle(int(params, 'basePeriod')),
      middle(int(params, 'spanBPeriod')),
    ];
    const [earlierA, earlierB] = [delayCell(int(params, 'displacement')), delayCell(int(params, 'displacement'))];
    return {
      memory: [conversion, base, long, earlierA, earlierB].flatMap(({ memory }) => memory),
      step: (values, out) => {
        const [high, low] = [values[0] ?? Number.NaN, values[1] ?? Number.NaN];
        out[0] = finite(conversion.next(high, low));
        out[1] = finite(base.next(high, low));
        out[2] = finite(earlierA.next((out[0] + out[1]) / 2));
        out[3] = finite(earlierB.next(long.next(high, low)));
        if (out.some(Number.isNaN)) out.fill(Number.NaN);
      },
    };
  }),
};
