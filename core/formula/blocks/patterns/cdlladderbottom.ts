import { black } from '../kit/candles/candle.ts';
import { pattern } from '../kit/candles/pattern.ts';
import { falling } from '../kit/candles/term.ts';

export const cdlladderbottom = pattern({
  name: 'cdlladderbottom',
  title: 'Ladder bottom',
  help: 'Three falling candles, a fourth with an upper shadow, and a rising one that opens above its body and closes above its high.',
  candles: 5,
  shape: (first, second, third, fourth, fifth) => ({
    bullish: [
      black(first, second, third, fourth),
      falling(first.open, second.open, third.open),
      falling(first.close, second.close, third.close),
      fourth.hasUpperShadow,
      fifth.isWhite,
      fifth.open.isAbove(fourth.open),
      fifth.close.isAbove(fourth.high),
    ],
  }),
});
