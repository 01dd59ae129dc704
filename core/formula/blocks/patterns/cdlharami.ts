import { pattern } from '../kit/candles/pattern.ts';
import { any } from '../kit/candles/term.ts';

export const cdlharami = pattern({
  name: 'cdlharami',
  title: 'Harami',
  help: 'A long candle, and a short one within its body; 80 where they share an end.',
  candles: 2,
  shape: (first, second) => ({
    when: [first.isLong, second.isShort, second.top.isAtMost(first.top), second.bottom.isAtLeast(first.bottom)],
    bullish: [first.isBlack],
    bearish: [first.isWhite],
    weak: any(second.top.is(first.top), second.bottom.is(first.bottom)),
  }),
});
