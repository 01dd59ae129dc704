import type { Block, Output } from './block.ts';
import { findBlock, findOutput } from './catalogue.ts';
import { constantOf, foldNode, isSeriesPort, paramsOf, type Constant, type Constants } from './constants.ts';
import { isRef, type Arg, type Formula, type FormulaNode, type NodeId } from './formula.ts';
import { dataflowOrder } from './order.ts';
import type { GivenType } from './types.ts';

/** What follows from the wiring: the checker and the engine work on it. */
export interface Analysis {
  /** Each node behind those it is wired to. */
  readonly order: readonly NodeId[];
  /** Nodes that can't be ordered, since they are in a circle or behind one. */
  readonly stuck: readonly NodeId[];
  /** The values of nodes that are the same at every bar: inputs, plain values, arithmetic on them. */
  readonly constants: Constants;
  /** The type of each output, by node and name. */
  readonly types: ReadonlyMap<NodeId, Readonly<Record<string, GivenType>>>;
  /** Bars before a node's first value, its sources' included. */
  readonly warmUps: ReadonlyMap<NodeId, number>;
}

/** `inputs` replaces the values of inputs, by their names. */
export function analyse(formula: Formula, inputs: Readonly<Record<string, Constant>> = {}): Analysis {
  const { order, stuck } = dataflowOrder(formula);
  const constants = new Map<NodeId, Constant>();
  const types = new Map<NodeId, Readonly<Record<string, GivenType>>>();
  const warmUps = new Map<NodeId, number>();
  for (const id of order) {
    const node = formula.nodes[id];
    const block = node && findBlock(node.block);
    if (!node || !block) continue;
    const constant = constantNode(block, node, constants, inputs);
    if (constant !== undefined) constants.set(id, constant);
    types.set(id, Object.fromEntries(block.outputs.map((output) => [output.name, outputType(block, output, node, constant, types)])));
    warmUps.set(id, warmUp(block, node, constants, warmUps));
  }
  return { order, stuck, constants, types, warmUps };
}

function constantNode(block: Block, node: FormulaNode, constants: Constants, inputs: Readonly<Record<string, Constant>>): Constant | undefined {
  if (block.kind === 'input') {
    const replaced = node.name === undefined || !Object.hasOwn(inputs, node.name) ? undefined : inputs[node.name];
    return replaced === undefined ? constantOf(node.args['value'], constants) : replaced;
  }
  if (block.kind === 'value') return constantOf(node.args['x'], constants);
  return block.kind === 'kernel' ? foldNode(block, node, constants) : undefined;
}

const typeOfConstant = (constant: Constant): GivenType => (typeof constant === 'boolean' ? 'bool' : typeof constant === 'string' ? 'string' : 'number');

function outputType(block: Block, output: Output, node: FormulaNode, constant: Constant | undefined, types: Analysis['types']): GivenType {
  if (constant !== undefined) return typeOfConstant(constant);
  if (output.type !== 'any') return output.type;
  const port = block.inputs.find(({ type }) => type === 'any');
  const type = port && argType(node.args[port.name], types);
  return type === 'bool' || type === 'series<bool>' ? 'series<bool>' : 'series<number>';
}

/** The type of what a wire brings; undefined for a literal, and for a wire from nowhere. */
function argType(arg: Arg | undefined, types: Analysis['types']): GivenType | undefined {
  if (!isRef(arg)) return typeof arg === 'boolean' ? 'bool' : undefined;
  const outputs = types.get(arg.from);
  return arg.output === undefined ? Object.values(outputs ?? {})[0] : outputs?.[arg.output];
}

/** The type of a wire. A feed without the name of an output is the feed itself. */
export function wireType(formula: Formula, analysis: Analysis, arg: { readonly from: NodeId; readonly output?: string }): GivenType | undefined {
  const block = findBlock(formula.nodes[arg.from]?.block ?? '');
  if (!block) return undefined;
  if (block.kind === 'feed' && arg.output === undefined) return 'feed';
  const output = findOutput(block, arg.output);
  return output && analysis.types.get(arg.from)?.[output.name];
}

function warmUp(block: Block, node: FormulaNode, constants: Constants, warmUps: ReadonlyMap<NodeId, number>): number {
  const own = block.kind === 'kernel' ? lookbackOf(block, node, constants) : 0;
  const isWaitedFor = (port: string) => block.kind !== 'kernel' || block.inputs.some((input) => input.name === port && (isSeriesPort(input.type) || input.type === 'feed'));
  const sources = Object.entries(node.args).flatMap(([port, arg]) => (isRef(arg) && isWaitedFor(port) ? [warmUps.get(arg.from) ?? 0] : []));
  return own + Math.max(0, ...sources);
}

function lookbackOf(block: Extract<Block, { kind: 'kernel' }>, node: FormulaNode, constants: Constants): number {
  const params = paramsOf(block, node, constants);
  const complete = block.inputs.every((port) => isSeriesPort(port.type) || port.type === 'feed' || params[port.name] !== undefined);
  const lookback = complete ? block.lookback(params) : 0;
  return Number.isFinite(lookback) ? Math.max(0, lookback) : 0;
}
