import { black, white } from '../kit/candles/candle.ts';
import { pattern } from '../kit/candles/pattern.ts';
import { falling, rising } from '../kit/candles/term.ts';

export const cdlrisefall3methods = pattern({
  name: 'cdlrisefall3methods',
  title: 'Rising or falling three methods',
  help: 'A long candle, three small ones against it within its range, and a long one that carries on.',
  candles: 5,
  shape: (first, second, third, fourth, fifth) => ({
    when: [
      first.isLong,
      second.isSmall,
      third.isSmall,
      fourth.isSmall,
      fifth.isLong,
      second.bodyReachesInto(first),
      third.bodyReachesInto(first),
      fourth.bodyReachesInto(first),
    ],
    bullish: [
      white(first, fifth),
      black(second, third, fourth),
      falling(second.close, third.close, fourth.close),
      fifth.open.isAbove(fourth.close),
      fifth.close.isAbove(first.close),
    ],
    bearish: [
      black(first, fifth),
      white(second, third, fourth),
      rising(second.close, third.close, fourth.close),
      fifth.open.isBelow(fourth.close),
      fifth.close.isBelow(first.close),
    ],
  }),
});
