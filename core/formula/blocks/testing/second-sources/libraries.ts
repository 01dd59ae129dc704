import { HeikinAshi } from 'technicalindicators';
import { DonchianChannels, HMA, IchimokuCloud, SuperTrend, VWAP } from 'trading-signals';
import { _ } from '../worked-example.ts';
import type { SecondSource } from './second-source.ts';

/** Libraries begin with null. */
interface Indicator<Input, Result> {
  add(input: Input): Result | null;
}

const each = <Input, Result>(indicator: Indicator<Input, Result>, inputs: readonly Input[]): (Result | null)[] =>
  inputs.map((input) => indicator.add(input));

const candles = (high: readonly number[], low: readonly number[], close: readonly number[] = low) =>
  high.map((top, bar) => ({ high: top, low: low[bar] ?? _, close: close[bar] ?? _ }));

/** What other people have programmed, where they mean the same. */
export const LIBRARIES: Readonly<Record<string, SecondSource>> = {
  donchian: ({ timePeriod }, [high = [], low = []]) => {
    const channel = each(new DonchianChannels(Number(timePeriod)), candles(high, low));
    return [
      channel.map((at) => at?.upper ?? _),
      channel.map((at) => at?.middle ?? _),
      channel.map((at) => at?.lower ?? _),
    ];
  },
  heikinAshi: (_params, [open = [], high = [], low = [], close = []]) => {
    const averaged = HeikinAshi.calculate({
      open: [...open],
      high: [...high],
      low: [...low],
      close: [...close],
      volume: open.map(() => 1),
      timestamp: open.map((_unused, bar) => bar),
    });
    return [averaged.open ?? [], averaged.high ?? [], averaged.low ?? [], averaged.close ?? []];
  },
  hma: ({ timePeriod }, [source = []]) => [each(new HMA(Number(timePeriod)), source).map((x) => x ?? _)],
  // Its edges are those that it computes; here they are read where a chart draws them, and all lines begin together.
  ichimoku: ({ conversionPeriod, basePeriod, spanBPeriod, displacement }, [high = [], low = []]) => {
    const cloud = each(
      new IchimokuCloud({
        conversionInterval: Number(conversionPeriod),
        baseInterval: Number(basePeriod),
        spanBInterval: Number(spanBPeriod),
      }),
      candles(high, low),
    );
    const earlier = cloud.map((_unused, bar) => cloud[bar - Number(displacement)] ?? null);
    const shown = cloud.map((at, bar) => (earlier[bar] ? at : null));
    return [
      shown.map((at) => at?.conversion ?? _),
      shown.map((at) => at?.base ?? _),
      earlier.map((at) => at?.spanA ?? _),
      earlier.map((at) => at?.spanB ?? _),
    ];
  },
  // It may begin below the price, where a first bar closes beyond its own band; TradingView's begins above.
  supertrend: ({ timePeriod, multiplier }, [high = [], low = [], close = []]) => {
    const trend = each(
      new SuperTrend({ interval: Number(timePeriod), multiplier: Number(multiplier) }),
      candles(high, low, close),
    );
    return [trend.map((at) => at?.supertrend ?? _), trend.map((at) => (at ? (at.trend === 'BULLISH' ? 1 : -1) : _))];
  },
  // It knows no days: it begins anew with each.
  vwap: (_params, [time = [], high = [], low = [], close = [], volume = []]) => {
    let vwap = new VWAP();
    return [
      candles(high, low, close).map((candle, bar) => {
        const day = (at: number): string => new Date(time[at] ?? 0).toISOString().slice(0, 10);
        if (bar > 0 && day(bar) !== day(bar - 1)) vwap = new VWAP();
        return vwap.add({ ...candle, volume: volume[bar] ?? 0 }) ?? _;
      }),
    ];
  },
};
