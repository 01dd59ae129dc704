import { black, white } from '../kit/candles/candle.ts';
import { pattern } from '../kit/candles/pattern.ts';

export const cdlbreakaway = pattern({
  name: 'cdlbreakaway',
  title: 'Breakaway',
  help: 'A long candle, a gap and three candles further on, and a fifth that closes back in the gap.',
  candles: 5,
  shape: (first, second, third, fourth, fifth) => ({
    when: [first.isLong],
    bullish: [
      black(first, second, fourth),
      second.bodyIsBelow(first),
      third.isLowerThan(second),
      fourth.isLowerThan(third),
      fifth.isWhite,
      fifth.close.isAbove(second.open),
      fifth.close.isBelow(first.close),
    ],
    bearish: [
      white(first, second, fourth),
      second.bodyIsAbove(first),
      third.isHigherThan(second),
      fourth.isHigherThan(third),
      fifth.isBlack,
      fifth.close.isBelow(second.open),
      fifth.close.isAbove(first.close),
    ],
  }),
});
