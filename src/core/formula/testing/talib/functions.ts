import type { KernelBlock, Params, Port } from '../../block.ts';
import { findBlock } from '../../catalogue.ts';
import { isSeriesPort } from '../../constants.ts';
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
export const optionPorts = (block: KernelBlock): readonly Port[] => block.inputs.filter(({ type }) => !isSeriesPort(type) && type !== 'feed');

/** How many columns it takes: those that it reads by itself, then its series. */
export const columnCount = (block: KernelBlock): number => (block.reads?.length ?? 0) + block.inputs.filter(({ type }) => isSeriesPort(type)).length;

/** What TA-Lib gives where the block gets these columns and parameters. The block's declaration is the function's: nothing is said twice. */
export function askTalib(module: TalibModule, name: string, block: KernelBlock, params: Params, columns: readonly Float64Array[]): TalibResult {
  const options = optionPorts(block).map((port) => {
    const value = params[port.name] ?? port.default;
    // Moving-average types are listed in the order of TA-Lib's numbers for them.
    return port.options ? port.options.indexOf(String(value)) : Number(value);
  });
  return callTalib(module, { name, inputs: columns, options, outputs: block.outputs.length });
}
