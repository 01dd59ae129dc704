import { pattern } from '../kit/candles/pattern.ts';

export const cdl2crows = pattern({
  name: 'cdl2crows',
  title: 'Two crows',
  help: 'A long rising candle, a falling one above its body, and a falling one that opens in the second body and closes in the first.',
  candles: 3,
  shape: (first, second, third) => ({
    bearish: [
      first.isWhite,
      first.isLong,
      second.isBlack,
      second.bodyIsAbove(first),
      third.isBlack,
      third.opensInside(second),
      third.closesInside(first),
    ],
  }),
});
