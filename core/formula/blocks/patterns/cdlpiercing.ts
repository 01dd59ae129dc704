import { pattern } from '../kit/candles/pattern.ts';

export const cdlpiercing = pattern({
  name: 'cdlpiercing',
  title: 'Piercing',
  help: 'A long falling candle, and a long rising one that opens below its low and closes in the upper half of its body.',
  candles: 2,
  shape: (first, second) => ({
    bullish: [
      first.isBlack,
      first.isLong,
      second.isWhite,
      second.isLong,
      second.open.isBelow(first.low),
      second.close.isBelow(first.open),
      second.close.isAbove(first.close.plus(first.body.times(0.5))),
    ],
  }),
});
