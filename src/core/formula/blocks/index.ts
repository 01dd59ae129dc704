import type { KernelBlock } from '../block.ts';
import { barsSince } from './events/barsSince.ts';
import { count } from './events/count.ts';
import { cross } from './events/cross.ts';
import { crossover } from './events/crossover.ts';
import { crossunder } from './events/crossunder.ts';
import { falling } from './events/falling.ts';
import { latch } from './events/latch.ts';
import { once } from './events/once.ts';
import { rising } from './events/rising.ts';
import { valueWhen } from './events/valueWhen.ts';
import { adx } from './indicators/adx.ts';
import { atr } from './indicators/atr.ts';
import { bbands } from './indicators/bbands.ts';
import { cci } from './indicators/cci.ts';
import { dema } from './indicators/dema.ts';
import { donchian } from './indicators/donchian.ts';
import { ema } from './indicators/ema.ts';
import { keltner } from './indicators/keltner.ts';
import { linearreg } from './indicators/linearreg.ts';
import { macd } from './indicators/macd.ts';
import { minusDi } from './indicators/minus_di.ts';
import { mom } from './indicators/mom.ts';
import { natr } from './indicators/natr.ts';
import { obv } from './indicators/obv.ts';
import { plusDi } from './indicators/plus_di.ts';
import { roc } from './indicators/roc.ts';
import { rsi } from './indicators/rsi.ts';
import { sma } from './indicators/sma.ts';
import { stoch } from './indicators/stoch.ts';
import { supertrend } from './indicators/supertrend.ts';
import { tema } from './indicators/tema.ts';
import { trange } from './indicators/trange.ts';
import { vwap } from './indicators/vwap.ts';
import { willr } from './indicators/willr.ts';
import { wma } from './indicators/wma.ts';
import { between } from './logic/between.ts';
import { na } from './logic/na.ts';
import { nz } from './logic/nz.ts';
import { where } from './logic/where.ts';
import { abs } from './math/abs.ts';
import { ceil } from './math/ceil.ts';
import { clamp } from './math/clamp.ts';
import { exp } from './math/exp.ts';
import { floor } from './math/floor.ts';
import { ln } from './math/ln.ts';
import { log10 } from './math/log10.ts';
import { max } from './math/max.ts';
import { min } from './math/min.ts';
import { mod } from './math/mod.ts';
import { round } from './math/round.ts';
import { sign } from './math/sign.ts';
import { sqrt } from './math/sqrt.ts';
import { add } from './operators/add.ts';
import { and } from './operators/and.ts';
import { div } from './operators/div.ts';
import { eq } from './operators/eq.ts';
import { gt } from './operators/gt.ts';
import { gte } from './operators/gte.ts';
import { lt } from './operators/lt.ts';
import { lte } from './operators/lte.ts';
import { mul } from './operators/mul.ts';
import { neg } from './operators/neg.ts';
import { neq } from './operators/neq.ts';
import { not } from './operators/not.ts';
import { or } from './operators/or.ts';
import { past } from './operators/past.ts';
import { pow } from './operators/pow.ts';
import { sub } from './operators/sub.ts';
import { barIndex } from './price/barIndex.ts';
import { close } from './price/close.ts';
import { dayOfMonth } from './price/dayOfMonth.ts';
import { dayOfWeek } from './price/dayOfWeek.ts';
import { high } from './price/high.ts';
import { hl2 } from './price/hl2.ts';
import { hlc3 } from './price/hlc3.ts';
import { hour } from './price/hour.ts';
import { low } from './price/low.ts';
import { minute } from './price/minute.ts';
import { month } from './price/month.ts';
import { ohlc4 } from './price/ohlc4.ts';
import { open } from './price/open.ts';
import { time } from './price/time.ts';
import { volume } from './price/volume.ts';
import { highest } from './windows/highest.ts';
import { lowest } from './windows/lowest.ts';
import { mean } from './windows/mean.ts';
import { percentile } from './windows/percentile.ts';
import { stddev } from './windows/stddev.ts';
import { sum } from './windows/sum.ts';
import { variance } from './windows/var.ts';
import { zscore } from './windows/zscore.ts';

/** Every block that is computed column by column, one a file. */
export const KERNEL_BLOCKS: readonly KernelBlock[] = [
  barsSince,
  count,
  cross,
  crossover,
  crossunder,
  falling,
  latch,
  once,
  rising,
  valueWhen,
  adx,
  atr,
  bbands,
  cci,
  dema,
  donchian,
  ema,
  keltner,
  linearreg,
  macd,
  minusDi,
  mom,
  natr,
  obv,
  plusDi,
  roc,
  rsi,
  sma,
  stoch,
  supertrend,
  tema,
  trange,
  vwap,
  willr,
  wma,
  between,
  na,
  nz,
  where,
  abs,
  ceil,
  clamp,
  exp,
  floor,
  ln,
  log10,
  max,
  min,
  mod,
  round,
  sign,
  sqrt,
  add,
  and,
  div,
  eq,
  gt,
  gte,
  lt,
  lte,
  mul,
  neg,
  neq,
  not,
  or,
  past,
  pow,
  sub,
  barIndex,
  close,
  dayOfMonth,
  dayOfWeek,
  high,
  hl2,
  hlc3,
  hour,
  low,
  minute,
  month,
  ohlc4,
  open,
  time,
  volume,
  highest,
  lowest,
  mean,
  percentile,
  stddev,
  sum,
  variance,
  zscore,
];
