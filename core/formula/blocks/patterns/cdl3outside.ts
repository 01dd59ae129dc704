import { pattern } from '../kit/candles/pattern.ts';

export const cdl3outside = pattern({
  name: 'cdl3outside',
  title: 'Three outside up or down',
  help: 'A candle, an opposite one whose body engulfs it, and a third that closes further on.',
  candles: 3,
  lookback: 3,
  shape: (first, second, third) => ({
    when: [first.bodyIsInside(second)],
    bullish: [first.isBlack, second.isWhite, third.close.isAbove(second.close)],
    bearish: [first.isWhite, second.isBlack, third.close.isBelow(second.close)],
  }),
});
