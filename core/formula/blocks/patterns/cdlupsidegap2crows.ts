import { pattern } from '../kit/candles/pattern.ts';

export const cdlupsidegap2crows = pattern({
  name: 'cdlupsidegap2crows',
  title: 'Upside gap two crows',
  help: 'A long rising candle, a short falling one above it, and a falling one that engulfs the second but stays above the first.',
  candles: 3,
  shape: (first, second, third) => ({
    bearish: [
      first.isWhite,
      first.isLong,
      second.isBlack,
      second.isShort,
      second.bodyIsAbove(first),
      third.isBlack,
      second.bodyIsInside(third),
      third.close.isAbove(first.close),
    ],
  }),
});
