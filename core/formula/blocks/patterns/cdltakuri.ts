import { pattern } from '../kit/candles/pattern.ts';

export const cdltakuri = pattern({
  name: 'cdltakuri',
  title: 'Takuri',
  help: 'A doji at the high of the bar, on a very long lower shadow.',
  candles: 1,
  shape: (only) => ({
    bullish: [only.isDoji, only.hasNoUpperShadow, only.hasVeryLongLowerShadow],
  }),
});
