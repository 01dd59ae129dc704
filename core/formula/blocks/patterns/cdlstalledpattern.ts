import { white } from '../kit/candles/candle.ts';
import { pattern } from '../kit/candles/pattern.ts';
import { rising } from '../kit/candles/term.ts';

export const cdlstalledpattern = pattern({
  name: 'cdlstalledpattern',
  title: 'Stalled pattern',
  help: 'Two long rising candles, and a small one that gets no further than their top.',
  candles: 3,
  shape: (first, second, third) => ({
    bearish: [
      white(first, second, third),
      rising(first.close, second.close, third.close),
      first.isLong,
      second.isLong,
      second.hasNoUpperShadow,
      second.open.isAbove(first.open),
      second.open.isAtMost(first.close.plus(first.near)),
      third.isSmall,
      third.open.isAtLeast(second.close.minus(third.body).minus(second.near)),
    ],
  }),
});
