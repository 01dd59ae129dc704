import { pattern } from '../kit/candles/pattern.ts';

export const cdlhighwave = pattern({
  name: 'cdlhighwave',
  title: 'High wave',
  help: 'A small body between two very long shadows; the sign is its color.',
  candles: 1,
  shape: (only) => ({
    when: [only.isSmall, only.hasVeryLongUpperShadow, only.hasVeryLongLowerShadow],
    bullish: [only.isWhite],
    bearish: [only.isBlack],
  }),
});
