import { pattern } from '../kit/candles/pattern.ts';

export const cdlhikkake = pattern({
  name: 'cdlhikkake',
  title: 'Hikkake',
  help: 'An inside bar that breaks out on the wrong side; 200 when a close on the other side confirms it within three bars.',
  candles: 3,
  shape: (first, second, third) => ({
    when: [second.isInside(first)],
    bullish: [third.isLowerThan(second)],
    bearish: [third.isHigherThan(second)],
    confirmed: { within: 3, above: second.high, below: second.low },
  }),
});
