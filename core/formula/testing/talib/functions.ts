import { findBlock } from '../../blocks/catalogue.ts';
import { isSeriesPort } from '../../facts/constants.ts';
import type { KernelBlock, Params, Port } from '../../model/block.ts';
import { callTalib, type TalibResult } from './call.ts';
import type { TalibModule } from './module.ts';

/** Where the language has another name: `max` and `min` compare two values there. */
const RENAMED: Readonly<Record<string, string>> = { MAX: 'highest', MIN: 'lowest', MULT: 'mul' };

/** The block that is this function of TA-Lib. */
export function blockOf(name: string): KernelBlock | null {
  const block = findBlock(RENAMED[name] ?? name.toLowerCase());
  return block?.kind === 'kernel' ? block : null;
}

/** Its optional parameters, in TA-Lib's order: the ports that take constants. */
export const optionPorts = (block: Pick<KernelBlock, 'inputs'>): readonly Port[] =>
  block.inputs.filter(({ type }) => !isSeriesPort(type) && type !== 'feed');

/** How many columns it takes: those that it reads by itself, then its series. */
export const columnCount = (block: KernelBlock): number =>
  (block.reads?.length ?? 0) + block.inputs.filter(({ type }) => isSeriesPort(type)).length;

/** What stands for "its own default" in a call of TA-Lib (`TA_INTEGER_DEFAULT`, `TA_REAL_DEFAULT`). */
const INTEGER_DEFAULT = -(2 ** 31);
const REAL_DEFAULT = -4e37;

/**
 * What TA-Lib gives where the block gets these columns, with these parameters or with its own defaults. The declaration
 * of the block is that of the function, so nothing is said twice: inputs, options and outputs come in the same order.
 */
export function askTalib(
  module: TalibModule,
  name: string,
  block: KernelBlock,
  params: Params | 'its defaults',
  columns: readonly Float64Array[],
): TalibResult {
  const options = optionPorts(block).map((port) => {
    if (params === 'its defaults') return port.integer || port.options ? INTEGER_DEFAULT : REAL_DEFAULT;
    const value = params[port.name] ?? port.default;
    // Moving-average types are listed in the order of TA-Lib's numbers for them.
    return port.options ? port.options.indexOf(String(value)) : Number(value);
  });
  return callTalib(module, { name, inputs: columns, options, outputs: block.outputs.length });
}
