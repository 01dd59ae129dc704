import { pattern } from '../kit/candles/pattern.ts';

export const cdlsticksandwich = pattern({
  name: 'cdlsticksandwich',
  title: 'Stick sandwich',
  help: 'A rising candle between two falling ones that close at the same price.',
  candles: 3,
  shape: (first, second, third) => ({
    bullish: [
      first.isBlack,
      second.isWhite,
      third.isBlack,
      second.low.isAbove(first.close),
      third.close.isWithin(first.equal, first.close),
    ],
  }),
});
