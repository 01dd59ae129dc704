import type { KernelBlock } from '../../block.ts';
import { adx } from './adx.ts';
import { atr } from './atr.ts';
import { bbands } from './bbands.ts';
import { cci } from './cci.ts';
import { dema } from './dema.ts';
import { donchian } from './donchian.ts';
import { ema } from './ema.ts';
import { heikinAshi } from './heikinAshi.ts';
import { hma } from './hma.ts';
import { ichimoku } from './ichimoku.ts';
import { keltner } from './keltner.ts';
import { linearreg } from './linearreg.ts';
import { macd } from './macd.ts';
import { minusDi } from './minus_di.ts';
import { mom } from './mom.ts';
import { natr } from './natr.ts';
import { obv } from './obv.ts';
import { plusDi } from './plus_di.ts';
import { roc } from './roc.ts';
import { rsi } from './rsi.ts';
import { sma } from './sma.ts';
import { stoch } from './stoch.ts';
import { supertrend } from './supertrend.ts';
import { tema } from './tema.ts';
import { trange } from './trange.ts';
import { vwap } from './vwap.ts';
import { willr } from './willr.ts';
import { wma } from './wma.ts';
import { zlema } from './zlema.ts';

export const INDICATORS: readonly KernelBlock[] = [
  adx,
  atr,
  bbands,
  cci,
  dema,
  donchian,
  ema,
  heikinAshi,
  hma,
  ichimoku,
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
  zlema,
];
