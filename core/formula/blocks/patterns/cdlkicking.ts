import { pattern } from '../kit/candles/pattern.ts';

export const cdlkicking = pattern({
  name: 'cdlkicking',
  title: 'Kicking',
  help: 'Two long candles without shadows in opposite directions, the second beyond a gap.',
  candles: 2,
  shape: (first, second) => ({
    when: [first.isLong, second.isLong, first.hasNoShadows, second.hasNoShadows],
    bullish: [first.isBlack, second.isWhite, second.isAbove(first)],
    bearish: [first.isWhite, second.isBlack, second.isBelow(first)],
  }),
});
