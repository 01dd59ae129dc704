import { pattern } from '../kit/candles/pattern.ts';

export const cdlgravestonedoji = pattern({
  name: 'cdlgravestonedoji',
  title: 'Gravestone doji',
  help: 'A doji at the low of the bar, with an upper shadow.',
  candles: 1,
  shape: (only) => ({
    bullish: [only.isDoji, only.hasNoLowerShadow, only.hasUpperShadow],
  }),
});
