import { white } from '../kit/candles/candle.ts';
import { pattern } from '../kit/candles/pattern.ts';
import { all, any, rising } from '../kit/candles/term.ts';

export const cdladvanceblock = pattern({
  name: 'cdladvanceblock',
  title: 'Advance block',
  help: 'Three rising candles that get weaker: smaller bodies, longer upper shadows.',
  candles: 3,
  shape: (first, second, third) => ({
    bearish: [
      white(first, second, third),
      rising(first.close, second.close, third.close),
      second.open.isAbove(first.open),
      second.open.isAtMost(first.close.plus(first.near)),
      third.open.isAbove(second.open),
      third.open.isAtMost(second.close.plus(second.near)),
      first.isLong,
      first.hasShortUpperShadow,
      any(
        all(second.body.isBelow(first.body.minus(first.far)), third.body.isBelow(second.body.plus(second.near))),
        third.body.isBelow(second.body.minus(second.far)),
        all(
          third.body.isBelow(second.body),
          second.body.isBelow(first.body),
          any(third.hasNotableUpperShadow, second.hasNotableUpperShadow),
        ),
        all(third.body.isBelow(second.body), third.hasLongUpperShadow),
      ),
    ],
  }),
});
