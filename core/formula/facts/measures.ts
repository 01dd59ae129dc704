import { argumentOf, findOutput, findPort } from '../blocks/catalogue.ts';
import { isPercent } from '../language/literal.ts';
import type { Block, Port } from '../model/block.ts';
import { isRef, type Arg, type FormulaNode, type Literal, type NodeId } from '../model/formula.ts';
import { measureOf, type Measure } from '../model/unit.ts';

/** What each node gives numbers of, but for outputs that have a unit of their own. */
export type Measures = Map<NodeId, Measure>;

interface Known {
  readonly measures: ReadonlyMap<NodeId, Measure>;
  readonly find: (id: NodeId) => { readonly block: Block | undefined } | undefined;
}

/** What an argument is a number of. What is not there, `na` and 0 are of any unit. */
export function measureOfArg(arg: Arg | undefined, { measures, find }: Known): Measure {
  if (!isRef(arg)) return measureOfLiteral(arg);
  const block = find(arg.from)?.block;
  return (block && findOutput(block, arg.output)?.unit) ?? measures.get(arg.from) ?? 'unknown';
}

function measureOfLiteral(literal: Literal | undefined): Measure {
  if (literal === undefined || literal === null || literal === 0) return 'any';
  if (typeof literal === 'string') return isPercent(literal) ? 'percent' : 'unknown';
  return 'plain';
}

/** What a node gives numbers of, from what it is given. */
export function measureOfNode(block: Block, node: FormulaNode, known: Known): Measure {
  if (block.kind === 'input') return measureOfInput(node);
  if (block.kind === 'value') return measureOfArg(node.args['x'], known);
  if (block.kind !== 'kernel' || block.unit === undefined) return 'unknown';
  if (!NEEDS_INPUTS.has(block.unit)) return measureOf(block.unit, NONE);
  const ports = decidingPorts(block);
  const [only] = ports;
  // Most blocks look back over one series, and give numbers of what it is.
  if (block.unit === 'same' && only && ports.length === 1) return measureOfArg(argumentOf(node, only), known);
  return measureOf(
    block.unit,
    ports.map((port) => measureOfArg(argumentOf(node, port), known)),
  );
}

const NONE: readonly Measure[] = [];

const DECIDING = new WeakMap<Block, readonly Port[]>();

/** What is looked back over decides; what else there is says how. */
function decidingPorts(block: Block): readonly Port[] {
  const known = DECIDING.get(block);
  if (known) return known;
  const source = findPort(block, 'source');
  const ports = source ? [source] : block.inputs.filter(({ type }) => type === 'series<number>' || type === 'any');
  DECIDING.set(block, ports);
  return ports;
}

const NEEDS_INPUTS: ReadonlySet<string> = new Set([
  'same',
  'spread',
  'pure',
  'sum',
  'difference',
  'product',
  'quotient',
]);

/** An input is a percentage when any of its literals says so, whatever value a run gives it. */
export function measureOfInput({ args }: FormulaNode): Measure {
  const { value, min, max, options } = args;
  const literals = [value, min, max, ...(Array.isArray(options) ? options : [])];
  return literals.some(isPercent) ? 'percent' : 'plain';
}
