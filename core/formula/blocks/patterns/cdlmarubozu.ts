import { pattern } from '../kit/candles/pattern.ts';

export const cdlmarubozu = pattern({
  name: 'cdlmarubozu',
  title: 'Marubozu',
  help: 'A long body without shadows; the sign is its color.',
  candles: 1,
  shape: (only) => ({
    when: [only.isLong, only.hasNoShadows],
    bullish: [only.isWhite],
    bearish: [only.isBlack],
  }),
});
