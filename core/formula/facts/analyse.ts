import { findOutput } from '../blocks/catalogue.ts';
import type { GivenType } from '../language/types.ts';
import type { Block, KernelBlock, Output } from '../model/block.ts';
import { isRef, type Arg, type Formula, type FormulaNode, type NodeId, type Ref } from '../model/formula.ts';
import { constantOf, foldNode, isSeriesPort, paramsOf, type Constant, type Constants } from './constants.ts';
import { graphOf, type Graph, type Vertex } from './graph.ts';
import { measureOfNode, type Measures } from './measures.ts';

/** What follows from the wiring: the checker and the engine work on it. */
export interface Analysis {
  readonly graph: Graph;
  /** Each node behind those it is wired to; nodes in a circle, or behind one, are left out. */
  readonly order: readonly NodeId[];
  /** The values of nodes that are the same at every bar: inputs, plain values, arithmetic on them. */
  readonly constants: Constants;
  /** What numbers are numbers of: percentages, prices, volumes. */
  readonly measures: Measures;
  /** The type of each output, by node and name. */
  readonly types: ReadonlyMap<NodeId, Readonly<Record<string, GivenType>>>;
  /** Bars before a node's first value, its sources' included. */
  readonly warmUps: ReadonlyMap<NodeId, number>;
}

/** `inputs` replaces the values of inputs, by their names. */
export function analyse(formula: Formula, inputs: Readonly<Record<string, Constant>> = {}): Analysis {
  const graph = graphOf(formula);
  const constants = new Map<NodeId, Constant>();
  const measures: Measures = new Map();
  const types = new Map<NodeId, Readonly<Record<string, GivenType>>>();
  const warmUps = new Map<NodeId, number>();
  for (const vertex of graph.sorted) {
    const { id, node, block } = vertex;
    if (!block) continue;
    const constant = constantNode(vertex, block, constants, inputs);
    if (constant !== undefined) constants.set(id, constant);
    measures.set(id, measureOfNode(block, node, { measures, find: graph.find }));
    types.set(id, outputTypes(vertex, block, constant, { measures, types }));
    warmUps.set(id, lookbackOf(block, node, constants) + sourcesWarmUp(block, node, warmUps));
  }
  return { graph, order: graph.sorted.map(({ id }) => id), constants, measures, types, warmUps };
}

function constantNode(
  { node, sources }: Vertex,
  block: Block,
  constants: Constants,
  inputs: Readonly<Record<string, Constant>>,
): Constant | undefined {
  if (block.kind === 'input') {
    const replaced = node.name === undefined || !Object.hasOwn(inputs, node.name) ? undefined : inputs[node.name];
    return replaced === undefined ? constantOf(node.args['value'], constants) : replaced;
  }
  if (block.kind === 'value') return constantOf(node.args['x'], constants);
  return block.kind === 'kernel' && sources.every(({ id }) => constants.has(id))
    ? foldNode(block, node, constants)
    : undefined;
}

function typeOfValue(constant: Constant): GivenType {
  if (typeof constant === 'boolean') return 'bool';
  return typeof constant === 'string' ? 'string' : 'number';
}

type OutputTypes = Readonly<Record<string, GivenType>>;

function outputTypes(
  { id, node }: Vertex,
  block: Block,
  constant: Constant | undefined,
  { measures, types }: Pick<Analysis, 'types' | 'measures'>,
): OutputTypes {
  const [first] = block.outputs;
  const isPercentage = ({ unit }: Output): boolean => (unit ?? measures.get(id)) === 'percent';
  if (first && constant !== undefined)
    return single(first.name, typeof constant === 'number' && isPercentage(first) ? 'percent' : typeOfValue(constant));
  const typeOf = (output: Output): GivenType => {
    const type =
      output.type === 'any'
        ? block.outputs.length === 1
          ? anyType(block, node, types)
          : 'series<number>'
        : output.type;
    return type === 'series<number>' && isPercentage(output) ? 'series<percent>' : type;
  };
  if (first && block.outputs.length === 1) return single(first.name, typeOf(first));
  return Object.fromEntries(block.outputs.map((output) => [output.name, typeOf(output)]));
}

/** The same objects for all of the many nodes whose only output is called `value`. */
const SINGLE: Readonly<Record<GivenType, OutputTypes>> = {
  number: { value: 'number' },
  bool: { value: 'bool' },
  string: { value: 'string' },
  percent: { value: 'percent' },
  'series<number>': { value: 'series<number>' },
  'series<bool>': { value: 'series<bool>' },
  'series<percent>': { value: 'series<percent>' },
  size: { value: 'size' },
  feed: { value: 'feed' },
};

const single = (name: string, type: GivenType): OutputTypes => (name === 'value' ? SINGLE[type] : { [name]: type });

/** What the ports `any` have in common: a condition when the first of them that is not `na` is one. */
function anyType(block: Block, node: FormulaNode, types: Analysis['types']): 'series<number>' | 'series<bool>' {
  for (const port of block.inputs) {
    const type = port.type === 'any' ? argType(node.args[port.name], types) : undefined;
    if (type !== undefined) return type === 'bool' || type === 'series<bool>' ? 'series<bool>' : 'series<number>';
  }
  return 'series<number>';
}

/** The type of what an argument brings; undefined for `na`, and for a wire from nowhere. */
function argType(arg: Arg | undefined, types: Analysis['types']): GivenType | undefined {
  if (arg === undefined || arg === null) return undefined;
  if (!isRef(arg)) return typeof arg === 'boolean' ? 'bool' : 'number';
  const outputs = types.get(arg.from);
  return arg.output === undefined ? Object.values(outputs ?? {})[0] : outputs?.[arg.output];
}

/** The type of a wire. A feed without the name of an output is the feed itself. */
export function wireType({ graph, types }: Pick<Analysis, 'graph' | 'types'>, wire: Ref): GivenType | undefined {
  const block = graph.find(wire.from)?.block;
  if (!block) return undefined;
  if (block.kind === 'feed' && wire.output === undefined) return 'feed';
  const output = findOutput(block, wire.output);
  return output && types.get(wire.from)?.[output.name];
}

/** How long the latest of the sources takes; constant parameters are there from the beginning. */
function sourcesWarmUp(block: Block, node: FormulaNode, warmUps: ReadonlyMap<NodeId, number>): number {
  let most = 0;
  for (const port of block.inputs) {
    const arg = node.args[port.name];
    if (isRef(arg) && (block.kind !== 'kernel' || isWaitedFor(port.type)))
      most = Math.max(most, warmUps.get(arg.from) ?? 0);
  }
  return most;
}

const isWaitedFor = (type: string): boolean => isSeriesPort(type) || type === 'feed';

/** Bars before a block gives its first value, if all that it takes is there from the beginning. */
export function lookbackOf(block: Block, node: FormulaNode, constants: Constants): number {
  if (block.kind !== 'kernel') return 0;
  const params = paramsOf(block, node, constants);
  const lookback = isComplete(block, params) ? block.lookback(params) : 0;
  return Number.isFinite(lookback) ? Math.max(0, lookback) : 0;
}

const isComplete = (block: KernelBlock, params: Readonly<Record<string, Constant>>): boolean =>
  block.inputs.every((port) => isWaitedFor(port.type) || params[port.name] !== undefined);
