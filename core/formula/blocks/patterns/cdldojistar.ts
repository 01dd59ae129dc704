import { pattern } from '../kit/candles/pattern.ts';

export const cdldojistar = pattern({
  name: 'cdldojistar',
  title: 'Doji star',
  help: 'A long candle, and a doji with a gap in its direction.',
  candles: 2,
  shape: (first, second) => ({
    when: [first.isLong, second.isDoji],
    bullish: [first.isBlack, second.bodyIsBelow(first)],
    bearish: [first.isWhite, second.bodyIsAbove(first)],
  }),
});
