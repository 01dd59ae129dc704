import type { Block, Port } from '../model/block.ts';

/**
 * What Pine, pandas-ta, TA-Lib's own wrappers and their like call a parameter, by the name of the port. Code
 * understands these names and keeps the one that is written. Two ports of one block that share such a name are given
 * together: `mult` of Bollinger bands is both of its deviations.
 */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  source: ['src', 'real', 'series'],
  timePeriod: ['length', 'period', 'window', 'timeperiod'],
  timePeriod1: ['fast', 'length1', 'timeperiod1'],
  timePeriod2: ['medium', 'length2', 'timeperiod2'],
  timePeriod3: ['slow', 'length3', 'timeperiod3'],
  bars: ['length'],
  fastPeriod: ['fast', 'fastlen', 'fastLength', 'fastperiod'],
  slowPeriod: ['slow', 'slowlen', 'slowLength', 'slowperiod'],
  signalPeriod: ['signal', 'siglen', 'signalLength', 'signalperiod'],
  nbDevUp: ['mult', 'std', 'stdDev', 'nbdevup'],
  nbDevDn: ['mult', 'std', 'stdDev', 'nbdevdn'],
  nbDev: ['nbdev'],
  multiplier: ['mult', 'factor', 'scalar'],
  maType: ['mamode', 'matype'],
  fastKPeriod: ['k', 'fastk_period'],
  slowKPeriod: ['smoothK', 'smooth_k', 'slowk_period'],
  slowDPeriod: ['d', 'smoothD', 'slowd_period'],
  fastDPeriod: ['d', 'smoothD', 'fastd_period'],
  acceleration: ['increment', 'af'],
  maximum: ['max', 'max_af'],
  vFactor: ['vfactor'],
  conversionPeriod: ['tenkan'],
  basePeriod: ['kijun'],
  spanBPeriod: ['senkou'],
  cond: ['condition'],
};

/**
 * Defaults of the field where TA-Lib has others, by block: written out where a block is put in, so that what is stored
 * keeps its numbers.
 */
const CUSTOMARY: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  bbands: { timePeriod: 20 },
  stoch: { fastKPeriod: 14 },
  stochf: { fastKPeriod: 14 },
  stochrsi: { fastKPeriod: 14 },
};

/** What else a port of a block is called, where the block is written as a call. */
export const aliasesOf = ({ inputs, syntax }: Pick<Block, 'inputs' | 'syntax'>, port: string): readonly string[] =>
  (syntax === undefined && Object.hasOwn(ALIASES, port) ? (ALIASES[port] ?? []) : []).filter(
    (alias) => !inputs.some(({ name }) => name === alias),
  );

/** The ports that a name means in a call: the one of that name, or all that are called so elsewhere. */
export function portsCalled(block: Block, name: string): readonly Port[] {
  const own = block.inputs.find((port) => port.name === name);
  return own ? [own] : block.inputs.filter((port) => aliasesOf(block, port.name).includes(name));
}

/** What most people expect of a block's ports where its own defaults are others. */
export const customaryOf = ({ name }: Block): Readonly<Record<string, number>> =>
  Object.hasOwn(CUSTOMARY, name) ? (CUSTOMARY[name] ?? {}) : {};
