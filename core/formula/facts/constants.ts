import { argumentOf } from '../blocks/catalogue.ts';
import { numberOf } from '../language/literal.ts';
import type { KernelBlock, Params } from '../model/block.ts';
import { isRef, type Arg, type FormulaNode, type NodeId } from '../model/formula.ts';

/** What a constant is; null is `na`. */
export type Constant = number | boolean | string | null;

export type Constants = ReadonlyMap<NodeId, Constant>;

/**
 * The constant that an argument stands for; undefined when it is a series (or missing). A percentage is its fraction
 * unless text is wanted.
 */
export function constantOf(arg: Arg | undefined, constants: Constants, isText = false): Constant | undefined {
  if (isRef(arg)) return constants.get(arg.from);
  if (arg === undefined || Array.isArray(arg)) return undefined;
  if (typeof arg === 'string') return isText ? arg : (numberOf(arg) ?? arg);
  return typeof arg === 'number' || typeof arg === 'boolean' || arg === null ? arg : undefined;
}

/** The value of a pointwise block of constants; undefined when an argument is not constant. */
export function foldNode(block: KernelBlock, node: FormulaNode, constants: Constants): Constant | undefined {
  const [output] = block.outputs;
  if (!block.pointwise || !output || block.outputs.length > 1) return undefined;
  const values: number[] = [];
  const params: Record<string, Constant> = {};
  for (const port of block.inputs) {
    const constant = constantOf(argumentOf(node, port), constants, port.type === 'string');
    if (constant === undefined) return undefined;
    if (isSeriesPort(port.type)) values.push(toNumber(constant));
    else params[port.name] = constant;
  }
  const out = new Float64Array(1);
  block.kernel.stream(params).step(Float64Array.from(values), out);
  const value = out[0] ?? Number.NaN;
  const isBool = output.type === 'series<bool>' || (output.type === 'any' && isBoolean(node, block, constants));
  if (isBool) return value === 1;
  return Number.isNaN(value) ? null : value;
}

const NO_PARAMS: Params = {};

/** The constant parameters of a node, defaults filled in; other parameters are left out. */
export function paramsOf(block: KernelBlock, node: FormulaNode, constants: Constants): Params {
  let params: Record<string, Constant> | undefined;
  for (const port of block.inputs) {
    if (isSeriesPort(port.type) || port.type === 'feed') continue;
    params ??= {};
    const constant = constantOf(argumentOf(node, port), constants, port.type === 'string');
    if (constant !== undefined) params[port.name] = constant;
  }
  return params ?? NO_PARAMS;
}

export const isSeriesPort = (type: string): boolean =>
  type === 'series<number>' || type === 'series<bool>' || type === 'any';

function isBoolean(node: FormulaNode, block: KernelBlock, constants: Constants): boolean {
  const port = block.inputs.find(({ type }) => type === 'any');
  return port !== undefined && typeof constantOf(node.args[port.name], constants) === 'boolean';
}

/** As kernels take it: bools are 1 and 0, `na` is NaN, and so is text. */
export function toNumber(constant: Constant): number {
  if (typeof constant === 'number') return constant;
  return typeof constant === 'boolean' ? Number(constant) : Number.NaN;
}
