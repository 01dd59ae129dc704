import { pattern } from '../kit/candles/pattern.ts';

export const cdlhikkakemod = pattern({
  name: 'cdlhikkakemod',
  title: 'Modified hikkake',
  help: 'A hikkake behind two inside bars, the first of which closes at its extreme; 200 when it is confirmed within three bars.',
  candles: 4,
  lookback: 10,
  shape: (first, second, third, fourth) => ({
    when: [second.isInside(first), third.isInside(second)],
    bullish: [fourth.isLowerThan(third), second.close.isAtMost(second.low.plus(second.near))],
    bearish: [fourth.isHigherThan(third), second.close.isAtLeast(second.high.minus(second.near))],
    confirmed: { within: 3, above: third.high, below: third.low },
  }),
});
