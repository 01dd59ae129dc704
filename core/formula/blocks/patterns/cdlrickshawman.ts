import { pattern } from '../kit/candles/pattern.ts';

export const cdlrickshawman = pattern({
  name: 'cdlrickshawman',
  title: 'Rickshaw man',
  help: 'A doji in the middle of its range, with two long shadows.',
  candles: 1,
  shape: (only) => ({
    bullish: [
      only.isDoji,
      only.hasLongLowerShadow,
      only.hasLongUpperShadow,
      only.bottom.isAtMost(only.low.plus(only.range.times(0.5)).plus(only.near)),
      only.top.isAtLeast(only.low.plus(only.range.times(0.5)).minus(only.near)),
    ],
  }),
});
