import { pattern } from '../kit/candles/pattern.ts';

export const cdlinneck = pattern({
  name: 'cdlinneck',
  title: 'In-neck',
  help: 'A long falling candle, and a rising one that opens below its low and closes just within its body.',
  candles: 2,
  shape: (first, second) => ({
    bearish: [
      first.isBlack,
      first.isLong,
      second.isWhite,
      second.open.isBelow(first.low),
      second.close.isAtLeast(first.close),
      second.close.isAtMost(first.close.plus(first.equal)),
    ],
  }),
});
