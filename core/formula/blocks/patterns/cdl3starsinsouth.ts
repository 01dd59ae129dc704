import { black } from '../kit/candles/candle.ts';
import { pattern } from '../kit/candles/pattern.ts';

export const cdl3starsinsouth = pattern({
  name: 'cdl3starsinsouth',
  title: 'Three stars in the south',
  help: 'Three falling candles, each smaller and within the range of the one before: the fall runs out.',
  candles: 3,
  shape: (first, second, third) => ({
    bullish: [
      black(first, second, third),
      first.isLong,
      first.hasLongLowerShadow,
      second.body.isBelow(first.body),
      second.open.isAbove(first.close),
      second.open.isAtMost(first.high),
      second.low.isBelow(first.close),
      second.low.isAtLeast(first.low),
      second.hasLowerShadow,
      third.isSmall,
      third.hasNoShadows,
      third.isInside(second),
    ],
  }),
});
