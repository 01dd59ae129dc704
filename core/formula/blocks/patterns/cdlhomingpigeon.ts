import { black } from '../kit/candles/candle.ts';
import { pattern } from '../kit/candles/pattern.ts';

export const cdlhomingpigeon = pattern({
  name: 'cdlhomingpigeon',
  title: 'Homing pigeon',
  help: 'A long falling candle, and a short falling one within its body.',
  candles: 2,
  shape: (first, second) => ({
    bullish: [black(first, second), first.isLong, second.isShort, second.bodyIsInside(first)],
  }),
});
