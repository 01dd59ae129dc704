import { type Examples } from '../worked-example.ts';

// A Thursday, and the last minute before time is counted from 0: a Wednesday.
const time = [Date.UTC(2024, 1, 29, 13, 47), Date.UTC(1969, 11, 31, 23, 59), Date.UTC(1950, 0, 1)];

const bars = { open: [10, 20], high: [16, 24], low: [8, 16], close: [14, 20], volume: [100, 0] };

export const PRICE: Examples = {
  open: [{ given: bars, gives: bars.open }],
  high: [{ given: bars, gives: bars.high }],
  low: [{ given: bars, gives: bars.low }],
  close: [{ given: bars, gives: bars.close }],
  volume: [{ given: bars, gives: bars.volume }],
  hl2: [{ given: bars, gives: [12, 20] }],
  hlc3: [{ given: bars, gives: [38 / 3, 20] }],
  ohlc4: [{ given: bars, gives: [12, 20] }],
  time: [{ given: { time }, gives: time }],
  hour: [{ given: { time }, gives: [13, 23, 0] }],
  minute: [{ given: { time }, gives: [47, 59, 0] }],
  dayOfWeek: [{ given: { time }, gives: [4, 3, 0] }],
  dayOfMonth: [{ given: { time }, gives: [29, 31, 1] }],
  month: [{ given: { time }, gives: [2, 12, 1] }],
  barIndex: [{ given: { index: [0, 1, 2] }, gives: [0, 1, 2] }],
};
