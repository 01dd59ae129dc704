import { argumentOf, mustMove } from '../blocks/catalogue.ts';
import { freshId } from '../change/fresh-id.ts';
import type { Analysis } from '../facts/analyse.ts';
import { constantOf, isSeriesPort, type Constant, type Constants } from '../facts/constants.ts';
import type { Vertex } from '../facts/graph.ts';
import { printLiteral } from '../language/literal.ts';
import { createNodePrinter } from '../language/print.ts';
import { statementsOf } from '../language/statements.ts';
import type { Block, KernelBlock, Port } from '../model/block.ts';
import type { Diagnostic, Fix } from '../model/diagnostic.ts';
import type { Edit } from '../model/edit.ts';
import { isRef, type Arg, type Formula, type FormulaNode, type NodeId } from '../model/formula.ts';
import { errorOf, warningOf } from './report.ts';

/**
 * Indicators of what is the same at every bar: `rsi(14)` is not the RSI of 14 bars but that of the number 14, always 0.
 * Whatever looks back needs a series that moves; what takes its values bar by bar (`max(5, close)`) does not.
 */
export function checkSeries(formula: Formula, analysis: Analysis): Diagnostic[] {
  let names: ReadonlyMap<NodeId, string> | undefined;
  let print: ((id: NodeId) => string) | undefined;
  const write: Write = (id) =>
    (names ??= statementsOf(formula).names).get(id) ?? (print ??= createNodePrinter(formula))(id);
  const found: Diagnostic[] = [];
  for (const vertex of analysis.graph.vertices) {
    const { block, node } = vertex;
    if (block?.kind !== 'kernel' || block.pointwise) continue;
    // Most look back over what moves.
    for (const port of block.inputs) {
      if (!isSeriesPort(port.type) || !standsStill(argumentOf(node, port), port, analysis)) continue;
      found.push(...problemsOf(vertex, block, analysis, write));
      break;
    }
  }
  return found;
}

/** How code writes a node where it is used. */
type Write = (id: NodeId) => string;

function problemsOf(vertex: Vertex, block: KernelBlock, analysis: Analysis, write: Write): Diagnostic[] {
  const ports = block.inputs.filter(({ type }) => isSeriesPort(type));
  const standing = ports.filter((port) => standsStill(argumentOf(vertex.node, port), port, analysis));
  const wrong = standing.filter((port) => mustMove(block, port));
  if (wrong.length > 0) return wrong.map((port) => ofConstant(vertex, block, port, analysis, write));
  const [first] = ports;
  // Where a single one may stand still, that has a meaning: `once(true)` is the first bar.
  if (!first || standing.length < ports.length || (ports.length === 1 && first.mayStandStill)) return [];
  if (first.type !== 'series<bool>') return [ofConstant(vertex, block, first, analysis, write)];
  return [
    warningOf(
      vertex.id,
      'constant-condition',
      `\`${block.name}\` looks back over a condition, and \`${first.name}\` is the same at every bar.`,
      { port: first.name },
    ),
  ];
}

/** Whether an argument is the same at every bar. What is not there, or of another type, is told elsewhere. */
function standsStill(arg: Arg | undefined, { type }: Port, { constants }: Analysis): boolean {
  const constant = constantOf(arg, constants);
  if (constant === undefined || typeof constant === 'string') return false;
  return type === 'any' || (type === 'series<bool>') === (typeof constant === 'boolean');
}

function ofConstant(
  { id, node }: Vertex,
  block: KernelBlock,
  port: Port,
  analysis: Analysis,
  write: Write,
): Diagnostic {
  const arg = argumentOf(node, port) ?? null;
  const written = isRef(arg) ? write(arg.from) : printLiteral(arg);
  const still = `\`${written}\` is the same at every bar`;
  if (block.name === 'past')
    return errorOf(id, 'constant-series', `${still}: it was so a bar ago, too.`, {
      port: port.name,
      fix: standingFor(analysis, id, port, arg, written),
    });
  const { args, edits } = withSeries(analysis, block, node, { id, port, arg });
  const meant = callOf(block, args, write);
  const message = `\`${block.name}\` looks back over a series, and ${still}. Did you mean \`${meant}\`?`;
  return errorOf(id, 'constant-series', message, { port: port.name, fix: { title: `Write \`${meant}\``, edits } });
}

interface Given {
  readonly id: NodeId;
  readonly port: Port;
  readonly arg: Arg;
}

/**
 * The price that is looked at where a number stands in its place; the number goes to where it was meant, if it fits
 * there.
 */
function withSeries(
  { graph, constants }: Analysis,
  block: KernelBlock,
  node: FormulaNode,
  { id, port, arg }: Given,
): { readonly args: Readonly<Record<string, Arg>>; readonly edits: readonly Edit[] } {
  const price = port.usual ?? 'close';
  const known = graph.vertices.find((vertex) => vertex.node.block === price && vertex.node.name === undefined);
  const from = known?.id ?? freshId(graph, `${id}-${price}`);
  const moved = shifted(constants, block, node, port, arg);
  const source: Arg = { from };
  const edits: Edit[] = known ? [] : [{ type: 'addNode', id: from, node: { block: price, args: {} } }];
  edits.push(
    { type: 'setArg', id, port: port.name, arg: source },
    ...[...moved].map(([name, value]): Edit => ({ type: 'setArg', id, port: name, arg: value })),
  );
  return { edits, args: { ...node.args, [port.name]: { from, output: price }, ...Object.fromEntries(moved) } };
}

/**
 * `macd(12, 26, 9)` has each number one place too early. Nothing moves when one of them would not fit where it comes to
 * stand.
 */
function shifted(
  constants: Constants,
  block: Block,
  { args }: FormulaNode,
  port: Port,
  arg: Arg,
): ReadonlyMap<string, Arg> {
  const moved = new Map<string, Arg>();
  let moving: Arg = arg;
  for (const next of block.inputs.slice(block.inputs.indexOf(port) + 1)) {
    if (next.type !== 'number' || !isWithin(next, constantOf(moving, constants))) return new Map();
    moved.set(next.name, moving);
    const before = args[next.name];
    if (before === undefined) return moved;
    moving = before;
  }
  return new Map();
}

const isWithin = ({ min = -Infinity, max = Infinity, integer }: Port, value: Constant | undefined): boolean =>
  typeof value === 'number' && value >= min && value <= max && (!integer || Number.isInteger(value));

function callOf(block: Block, args: Readonly<Record<string, Arg>>, write: Write): string {
  let isByPlace = true;
  const written = block.inputs.flatMap((port) => {
    const arg = args[port.name];
    if (arg === undefined) {
      isByPlace = false;
      return [];
    }
    const text = isRef(arg) ? (arg.output ?? write(arg.from)) : printLiteral(arg, port.type === 'string');
    return [isByPlace ? text : `${port.name}: ${text}`];
  });
  return `${block.name}(${written.join(', ')})`;
}

/** Takes the value itself in place of what it was some bars ago. */
function standingFor({ graph }: Analysis, id: NodeId, { name }: Port, arg: Arg, written: string): Fix {
  const title = `Take \`${written}\` itself`;
  const old = graph.find(id);
  if (old?.node.name !== undefined)
    return {
      title,
      edits: [
        { type: 'setBlock', id, block: 'value' },
        { type: 'clearArg', id, port: 'bars' },
        { type: 'setArg', id, port: name, arg },
      ],
    };
  const edits = graph.vertices.flatMap((user) =>
    Object.entries(user.node.args).flatMap(([port, wire]): Edit[] =>
      isRef(wire) && wire.from === id ? [{ type: 'setArg', id: user.id, port, arg }] : [],
    ),
  );
  return { title, edits: [...edits, { type: 'removeNode', id }] };
}
