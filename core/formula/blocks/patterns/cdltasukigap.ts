import { pattern } from '../kit/candles/pattern.ts';

export const cdltasukigap = pattern({
  name: 'cdltasukigap',
  title: 'Tasuki gap',
  help: 'A candle beyond a gap, and an opposite one of the same size that closes within the gap.',
  candles: 3,
  shape: (first, second, third) => ({
    when: [third.opensInside(second), third.body.isCloserThan(second.near, second.body)],
    bullish: [
      second.isWhite,
      second.bodyIsAbove(first),
      third.isBlack,
      third.close.isBelow(second.open),
      third.close.isAbove(first.top),
    ],
    bearish: [
      second.isBlack,
      second.bodyIsBelow(first),
      third.isWhite,
      third.close.isAbove(second.open),
      third.close.isBelow(first.bottom),
    ],
  }),
});
