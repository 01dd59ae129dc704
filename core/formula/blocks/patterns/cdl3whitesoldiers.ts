import { white } from '../kit/candles/candle.ts';
import { pattern } from '../kit/candles/pattern.ts';
import { rising } from '../kit/candles/term.ts';

export const cdl3whitesoldiers = pattern({
  name: 'cdl3whitesoldiers',
  title: 'Three white soldiers',
  help: 'Three rising candles in a row that close near their highs, each opening in or near the body before.',
  candles: 3,
  shape: (first, second, third) => ({
    bullish: [
      white(first, second, third),
      rising(first.close, second.close, third.close),
      first.hasNoUpperShadow,
      second.hasNoUpperShadow,
      third.hasNoUpperShadow,
      second.open.isAbove(first.open),
      second.open.isAtMost(first.close.plus(first.near)),
      third.open.isAbove(second.open),
      third.open.isAtMost(second.close.plus(second.near)),
      second.body.isAbove(first.body.minus(first.far)),
      third.body.isAbove(second.body.minus(second.far)),
      third.isNotShort,
    ],
  }),
});
