import { pattern } from '../kit/candles/pattern.ts';

export const cdlshortline = pattern({
  name: 'cdlshortline',
  title: 'Short line',
  help: 'A short body with short shadows; the sign is its color.',
  candles: 1,
  shape: (only) => ({
    when: [only.isSmall, only.hasShortUpperShadow, only.hasShortLowerShadow],
    bullish: [only.isWhite],
    bearish: [only.isBlack],
  }),
});
