import { pattern, PENETRATION } from '../kit/candles/pattern.ts';

export const cdldarkcloudcover = pattern({
  name: 'cdldarkcloudcover',
  title: 'Dark cloud cover',
  help: 'A long rising candle, and a falling one that opens above its high and closes well within its body.',
  candles: 2,
  penetration: 0.5,
  shape: (first, second) => ({
    bearish: [
      first.isWhite,
      first.isLong,
      second.isBlack,
      second.open.isAbove(first.high),
      second.close.isAbove(first.open),
      second.close.isBelow(first.close.minus(first.body.times(PENETRATION))),
    ],
  }),
});
