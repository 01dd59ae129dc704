import { pattern } from '../kit/candles/pattern.ts';

export const cdlseparatinglines = pattern({
  name: 'cdlseparatinglines',
  title: 'Separating lines',
  help: 'A candle, and a long opposite one that opens at the same price and never looks back.',
  candles: 2,
  shape: (first, second) => ({
    when: [second.isLong, second.open.isWithin(first.equal, first.open)],
    bullish: [first.isBlack, second.isWhite, second.hasNoLowerShadow],
    bearish: [first.isWhite, second.isBlack, second.hasNoUpperShadow],
  }),
});
