import type { KernelBlock, Params, Port } from '#core/formula/model/block.ts';
import { ringSize } from '../cells.ts';
import { kernelOf, type Machine } from '../kernel.ts';
import { FEED, TALIB } from '../ports.ts';
import { Candle } from './candle.ts';
import { Candles, type Columns } from './candles.ts';
import { Recogniser, type Average, type Shape } from './recogniser.ts';
import { SETTINGS, type CandleSetting } from './settings.ts';
import { Term } from './term.ts';

export interface Pattern {
  /** TA-Lib's name in lower case. */
  readonly name: string;
  readonly title: string;
  readonly help: string;
  /** How many candles it looks at. */
  readonly candles: number;
  /** The default of the argument `penetration`, for patterns that have it. */
  readonly penetration?: number;
  /**
   * Bars before the first value, where TA-Lib does not wait for exactly all candles and the longest average before the
   * first.
   */
  readonly lookback?: number;
  /** What it looks like, in terms of its candles in the order of time. */
  readonly shape: (...candles: Candle[]) => Shape;
}

/** How deep a candle must reach into the body of another: a fraction of it. */
export const PENETRATION = new Term((candles) => candles.penetration);

/**
 * A candle pattern of TA-Lib with its default settings, as a block: 100 at a bar where the bullish form is complete,
 * -100 where the bearish one is, otherwise 0 (80 and 200 where TA-Lib says so).
 */
export function pattern({
  name,
  title,
  help,
  candles: count,
  penetration,
  lookback: given,
  shape: draw,
}: Pattern): KernelBlock {
  const averages: Average[] = [];
  const shape = draw(
    ...Array.from({ length: count }, (_, index) => {
      const age = count - 1 - index;
      return new Candle(age, (setting) => usual(averages, SETTINGS[setting], age));
    }),
  );
  const longest = Math.max(0, ...averages.map(({ setting }) => setting.period));
  const lookback = given ?? longest + count - 1 + (shape.confirmed?.within ?? 0);
  // As long as the oldest candle that leaves an average is old, and a power of two.
  const ring = ringSize(longest + count);
  const start = (
    columns: Columns,
    mask: number,
    params: Params,
  ): { readonly candles: Candles; readonly recogniser: Recogniser } => {
    const recogniser = new Recogniser(shape, averages, lookback);
    return { recogniser, candles: new Candles(columns, mask, recogniser.totals, Number(params['penetration'])) };
  };
  return {
    kind: 'kernel',
    name,
    title,
    group: 'patterns',
    help,
    source: TALIB,
    inputs: penetration === undefined ? [FEED] : [penetrationPort(penetration), FEED],
    outputs: [{ name: 'value', type: 'series<number>', help: meaningOf(shape), ...rangeOf(shape) }],
    unit: 'plain',
    reads: ['open', 'high', 'low', 'close'],
    lookback: () => lookback,
    kernel: kernelOf(
      (params): Machine => {
        const columns: Columns = [
          new Float64Array(ring),
          new Float64Array(ring),
          new Float64Array(ring),
          new Float64Array(ring),
        ];
        const { candles, recogniser } = start(columns, ring - 1, params);
        return {
          memory: [...columns, ...recogniser.memory],
          step: (values, out) => {
            candles.at = recogniser.count;
            candles.put(values);
            out[0] = recogniser.next(candles);
          },
        };
      },
      (params, [open, high, low, close], [out], length) => {
        if (!open || !high || !low || !close || !out) return;
        const { candles, recogniser } = start([open, high, low, close], -1, params);
        for (candles.at = 0; candles.at < length; candles.at += 1) out[candles.at] = recogniser.next(candles);
      },
    ),
  };
}

/** What the numbers of a pattern say, in words. */
function meaningOf({ bullish, bearish, weak, confirmed }: Shape): string {
  const sizes = weak ? '100 (or 80)' : confirmed ? '100, confirmed 200,' : '100';
  if (!bearish) return `${sizes} where it is complete, otherwise 0.`;
  return bullish
    ? `${sizes} where it is bullish, as much below 0 where it is bearish, otherwise 0.`
    : `-${sizes} where it is complete, otherwise 0.`;
}

function rangeOf({ bullish, bearish, confirmed }: Shape): {
  readonly min: number;
  readonly max: number;
  readonly integer: true;
} {
  const most = confirmed ? 200 : 100;
  return { min: bearish ? -most : 0, max: bullish ? most : 0, integer: true };
}

/**
 * The length that a setting makes usual around the candle of this age. A setting without a period asks the candle
 * itself.
 */
function usual(averages: Average[], setting: CandleSetting, age: number): Term {
  const { measure, period, factor } = setting;
  const sides = measure === 'shadows' ? 2 : 1;
  if (period === 0) return new Term((candles) => (factor * candles.measure(measure, age)) / sides);
  const known = averages.findIndex((average) => average.setting === setting && average.age === age);
  const slot = known >= 0 ? known : averages.push({ setting, age }) - 1;
  return new Term((candles) => (factor * ((candles.totals[slot] ?? Number.NaN) / period)) / sides);
}

const penetrationPort = (fallback: number): Port => ({
  name: 'penetration',
  type: 'number',
  help: 'How deep a candle must reach into the body of another: a fraction of it.',
  default: fallback,
  min: 0,
  unit: 'ratio',
});
