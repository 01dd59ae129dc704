import type { KernelBlock } from '../../model/block.ts';
import { avgprice } from './avgprice.ts';
import { barIndex } from './barIndex.ts';
import { close } from './close.ts';
import { dayOfMonth } from './dayOfMonth.ts';
import { dayOfWeek } from './dayOfWeek.ts';
import { high } from './high.ts';
import { hl2 } from './hl2.ts';
import { hlc3 } from './hlc3.ts';
import { hour } from './hour.ts';
import { low } from './low.ts';
import { medprice } from './medprice.ts';
import { minute } from './minute.ts';
import { month } from './month.ts';
import { ohlc4 } from './ohlc4.ts';
import { open } from './open.ts';
import { time } from './time.ts';
import { typprice } from './typprice.ts';
import { volume } from './volume.ts';
import { wclprice } from './wclprice.ts';

export const PRICE: readonly KernelBlock[] = [
  avgprice,
  barIndex,
  close,
  dayOfMonth,
  dayOfWeek,
  high,
  hl2,
  hlc3,
  hour,
  low,
  medprice,
  minute,
  month,
  ohlc4,
  open,
  time,
  typprice,
  volume,
  wclprice,
];
