import { pattern } from '../kit/candles/pattern.ts';
import { any } from '../kit/candles/term.ts';

export const cdlengulfing = pattern({
  name: 'cdlengulfing',
  title: 'Engulfing',
  help: 'A candle whose body engulfs that of the opposite one before; 80 where they share an end.',
  candles: 2,
  lookback: 2,
  shape: (first, second) => ({
    when: [
      second.top.isAtLeast(first.top),
      second.bottom.isAtMost(first.bottom),
      any(second.top.isAbove(first.top), second.bottom.isBelow(first.bottom)),
    ],
    bullish: [first.isBlack, second.isWhite],
    bearish: [first.isWhite, second.isBlack],
    weak: any(second.top.is(first.top), second.bottom.is(first.bottom)),
  }),
});
