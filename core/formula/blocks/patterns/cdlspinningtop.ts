import { pattern } from '../kit/candles/pattern.ts';

export const cdlspinningtop = pattern({
  name: 'cdlspinningtop',
  title: 'Spinning top',
  help: 'A small body between longer shadows; the sign is its color.',
  candles: 1,
  shape: (only) => ({
    when: [only.isSmall, only.upperShadow.isAbove(only.body), only.lowerShadow.isAbove(only.body)],
    bullish: [only.isWhite],
    bearish: [only.isBlack],
  }),
});
