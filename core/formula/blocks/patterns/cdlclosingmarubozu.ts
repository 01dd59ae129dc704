import { pattern } from '../kit/candles/pattern.ts';

export const cdlclosingmarubozu = pattern({
  name: 'cdlclosingmarubozu',
  title: 'Closing marubozu',
  help: 'A long candle that closes at its extreme.',
  candles: 1,
  shape: (only) => ({
    when: [only.isLong],
    bullish: [only.isWhite, only.hasNoUpperShadow],
    bearish: [only.isBlack, only.hasNoLowerShadow],
  }),
});
