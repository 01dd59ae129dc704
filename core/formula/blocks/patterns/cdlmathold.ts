import { pattern, PENETRATION } from '../kit/candles/pattern.ts';

export const cdlmathold = pattern({
  name: 'cdlmathold',
  title: 'Mat hold',
  help: 'A long rising candle, a gap, three small candles that fall but hold on to it, and a rising one above them all.',
  candles: 5,
  penetration: 0.5,
  shape: (first, second, third, fourth, fifth) => ({
    bullish: [
      first.isWhite,
      first.isLong,
      second.isBlack,
      second.isSmall,
      second.bodyIsAbove(first),
      third.isSmall,
      third.bottom.isBelow(first.close),
      third.bottom.isAbove(first.close.minus(first.body.times(PENETRATION))),
      fourth.isSmall,
      fourth.bottom.isBelow(first.close),
      fourth.bottom.isAbove(first.close.minus(first.body.times(PENETRATION))),
      third.top.isBelow(second.open),
      fourth.top.isBelow(third.top),
      fifth.isWhite,
      fifth.open.isAbove(fourth.close),
      fifth.close.isAbove(second.high),
      fifth.close.isAbove(third.high),
      fifth.close.isAbove(fourth.high),
    ],
  }),
});
