import { pattern } from '../kit/candles/pattern.ts';

export const cdltristar = pattern({
  name: 'cdltristar',
  title: 'Tristar',
  help: 'Three doji, the second beyond a gap.',
  candles: 3,
  shape: (first, second, third) => ({
    // All three are measured by what was usual before the first.
    when: [first.isDoji, second.body.isAtMost(first.doji), third.body.isAtMost(first.doji)],
    bullish: [second.bodyIsBelow(first), third.bottom.isAbove(second.bottom)],
    bearish: [second.bodyIsAbove(first), third.top.isBelow(second.top)],
  }),
});
