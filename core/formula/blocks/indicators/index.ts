import type { KernelBlock } from '../../model/block.ts';
import { accbands } from './accbands.ts';
import { ad } from './ad.ts';
import { adosc } from './adosc.ts';
import { adx } from './adx.ts';
import { adxr } from './adxr.ts';
import { apo } from './apo.ts';
import { aroon } from './aroon.ts';
import { aroonosc } from './aroonosc.ts';
import { atr } from './atr.ts';
import { bbands } from './bbands.ts';
import { bop } from './bop.ts';
import { cci } from './cci.ts';
import { cmo } from './cmo.ts';
import { dema } from './dema.ts';
import { donchian } from './donchian.ts';
import { dx } from './dx.ts';
import { ema } from './ema.ts';
import { heikinAshi } from './heikinAshi.ts';
import { hma } from './hma.ts';
import { htDcperiod } from './ht_dcperiod.ts';
import { htDcphase } from './ht_dcphase.ts';
import { htPhasor } from './ht_phasor.ts';
import { htSine } from './ht_sine.ts';
import { htTrendline } from './ht_trendline.ts';
import { htTrendmode } from './ht_trendmode.ts';
import { ichimoku } from './ichimoku.ts';
import { imi } from './imi.ts';
import { kama } from './kama.ts';
import { keltner } from './keltner.ts';
import { ma } from './ma.ts';
import { macd } from './macd.ts';
import { macdext } from './macdext.ts';
import { macdfix } from './macdfix.ts';
import { mama } from './mama.ts';
import { mavp } from './mavp.ts';
import { mfi } from './mfi.ts';
import { midpoint } from './midpoint.ts';
import { midprice } from './midprice.ts';
import { minusDi } from './minus_di.ts';
import { minusDm } from './minus_dm.ts';
import { mom } from './mom.ts';
import { natr } from './natr.ts';
import { obv } from './obv.ts';
import { plusDi } from './plus_di.ts';
import { plusDm } from './plus_dm.ts';
import { ppo } from './ppo.ts';
import { roc } from './roc.ts';
import { rocp } from './rocp.ts';
import { rocr } from './rocr.ts';
import { rocr100 } from './rocr100.ts';
import { rsi } from './rsi.ts';
import { sar } from './sar.ts';
import { sarext } from './sarext.ts';
import { sma } from './sma.ts';
import { stoch } from './stoch.ts';
import { stochf } from './stochf.ts';
import { stochrsi } from './stochrsi.ts';
import { supertrend } from './supertrend.ts';
import { t3 } from './t3.ts';
import { tema } from './tema.ts';
import { trange } from './trange.ts';
import { trima } from './trima.ts';
import { trix } from './trix.ts';
import { ultosc } from './ultosc.ts';
import { vwap } from './vwap.ts';
import { willr } from './willr.ts';
import { wma } from './wma.ts';
import { zlema } from './zlema.ts';

export const INDICATORS: readonly KernelBlock[] = [
  accbands,
  ad,
  adosc,
  adx,
  adxr,
  apo,
  aroon,
  aroonosc,
  atr,
  bbands,
  bop,
  cci,
  cmo,
  dema,
  donchian,
  dx,
  ema,
  heikinAshi,
  hma,
  htDcperiod,
  htDcphase,
  htPhasor,
  htSine,
  htTrendline,
  htTrendmode,
  ichimoku,
  imi,
  kama,
  keltner,
  ma,
  macd,
  macdext,
  macdfix,
  mama,
  mavp,
  mfi,
  midpoint,
  midprice,
  minusDi,
  minusDm,
  mom,
  natr,
  obv,
  plusDi,
  plusDm,
  ppo,
  roc,
  rocp,
  rocr,
  rocr100,
  rsi,
  sar,
  sarext,
  sma,
  stoch,
  stochf,
  stochrsi,
  supertrend,
  t3,
  tema,
  trange,
  trima,
  trix,
  ultosc,
  vwap,
  willr,
  wma,
  zlema,
];
