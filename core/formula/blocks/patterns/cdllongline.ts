import { pattern } from '../kit/candles/pattern.ts';

export const cdllongline = pattern({
  name: 'cdllongline',
  title: 'Long line',
  help: 'A long body with short shadows; the sign is its color.',
  candles: 1,
  shape: (only) => ({
    when: [only.isLong, only.hasShortUpperShadow, only.hasShortLowerShadow],
    bullish: [only.isWhite],
    bearish: [only.isBlack],
  }),
});
