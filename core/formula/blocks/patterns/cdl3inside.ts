import { pattern } from '../kit/candles/pattern.ts';

export const cdl3inside = pattern({
  name: 'cdl3inside',
  title: 'Three inside up or down',
  help: 'A long candle, a short one inside its body, and a third that closes beyond the open of the first.',
  candles: 3,
  shape: (first, second, third) => ({
    when: [first.isLong, second.isShort, second.bodyIsInside(first)],
    bullish: [first.isBlack, third.isWhite, third.close.isAbove(first.open)],
    bearish: [first.isWhite, third.isBlack, third.close.isBelow(first.open)],
  }),
});
