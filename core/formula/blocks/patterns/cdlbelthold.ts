import { pattern } from '../kit/candles/pattern.ts';

export const cdlbelthold = pattern({
  name: 'cdlbelthold',
  title: 'Belt hold',
  help: 'A long candle that opens at its extreme and goes the other way.',
  candles: 1,
  shape: (only) => ({
    when: [only.isLong],
    bullish: [only.isWhite, only.hasNoLowerShadow],
    bearish: [only.isBlack, only.hasNoUpperShadow],
  }),
});
