import { pattern, PENETRATION } from '../kit/candles/pattern.ts';

export const cdleveningstar = pattern({
  name: 'cdleveningstar',
  title: 'Evening star',
  help: 'A long rising candle, a short one above it, and a falling one that closes well within the first.',
  candles: 3,
  penetration: 0.3,
  shape: (first, second, third) => ({
    bearish: [
      first.isWhite,
      first.isLong,
      second.isShort,
      second.bodyIsAbove(first),
      third.isBlack,
      third.isNotShort,
      third.close.isBelow(first.close.minus(first.body.times(PENETRATION))),
    ],
  }),
});
