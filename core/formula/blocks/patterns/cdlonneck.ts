import { pattern } from '../kit/candles/pattern.ts';

export const cdlonneck = pattern({
  name: 'cdlonneck',
  title: 'On-neck',
  help: 'A long falling candle, and a rising one that opens below its low and closes at it.',
  candles: 2,
  shape: (first, second) => ({
    bearish: [
      first.isBlack,
      first.isLong,
      second.isWhite,
      second.open.isBelow(first.low),
      second.close.isWithin(first.equal, first.low),
    ],
  }),
});
