import { analyse, wireType, type Analysis } from './analyse.ts';
import type { Block, Port } from './block.ts';
import { BLOCKS, findOutput, findPort, isRequired } from './catalogue.ts';
import { constantOf, type Constant } from './constants.ts';
import type { Diagnostic, Fix } from './diagnostic.ts';
import { isRef, nodeOf, type Arg, type Formula, type FormulaNode, type Literal, type NodeId, type Ref } from './formula.ts';
import type { Vertex } from './graph.ts';
import { printLiteral } from './literal.ts';
import { errorOf } from './report.ts';
import { suggest } from './suggest.ts';
import { describeType, fits, literalType } from './types.ts';

/** A port of a node that is looked at. */
interface Place {
  readonly analysis: Analysis;
  readonly id: NodeId;
  readonly block: Block;
  readonly port: Port;
}

/** Whether the block is known, and each argument there, of a port that exists, of its type and in its range. */
export function* checkArguments(analysis: Analysis, { id, node, block }: Vertex): Generator<Diagnostic> {
  if (!block) return yield unknownBlock(id, node.block);
  for (const name of Object.keys(node.args)) if (!findPort(block, name)) yield unknownArgument(id, node, block, name);
  for (const port of block.inputs) {
    const arg = node.args[port.name];
    if (arg === undefined) {
      if (isRequired(port)) yield errorOf(id, 'missing-argument', `${block.title} needs \`${port.name}\`: ${lowerFirst(port.help)}`, { port: port.name });
      continue;
    }
    const place: Place = { analysis, id, block, port };
    yield* isRef(arg) ? checkWire(place, arg) : checkLiteral(place, arg);
    yield* checkRange(place, arg, constantOf(arg, analysis.constants, port.type === 'string'));
  }
}

const hint = (near: string | undefined): string => (near === undefined ? '' : ` Did you mean \`${near}\`?`);

function unknownBlock(id: NodeId, name: string): Diagnostic {
  const near = suggest(name, BLOCKS.map((block) => block.name));
  const fix: Fix | undefined = near === undefined ? undefined : { title: `Make it \`${near}\``, edits: [{ type: 'setBlock', id, block: near }] };
  return errorOf(id, 'unknown-block', `There is no block \`${name}\`.${hint(near)}`, { fix });
}

function unknownArgument(id: NodeId, node: FormulaNode, block: Block, name: string): Diagnostic {
  const near = suggest(name, block.inputs.map((port) => port.name));
  const isFree = near !== undefined && node.args[near] === undefined;
  const clear = { type: 'clearArg', id, port: name } as const;
  const fix: Fix = isFree ? { title: `Make it \`${near}\``, edits: [clear, { type: 'setArg', id, port: near, arg: node.args[name] ?? null }] } : { title: `Remove \`${name}\``, edits: [clear] };
  return errorOf(id, 'unknown-argument', `\`${block.name}\` has no argument \`${name}\`.${hint(near)}`, { port: name, fix });
}

function* checkWire({ analysis, id, port }: Place, wire: Ref): Generator<Diagnostic> {
  const cut: Fix = { title: 'Take the wire away', edits: [{ type: 'clearArg', id, port: port.name }] };
  const problem = (code: string, message: string, fix = cut) => errorOf(id, code, message, { port: port.name, fix });
  const from = (output: string): Fix => ({ title: `Take \`${output}\``, edits: [{ type: 'setArg', id, port: port.name, arg: { from: wire.from, output } }] });
  const source = analysis.graph.find(wire.from);
  if (!source) return yield problem('missing-node', `What \`${port.name}\` was wired to is gone.`);
  const { block } = source;
  if (!block) return;
  if (block.kind === 'action') return yield problem('action-value', `\`${block.name}\` acts; it has no value.`);
  if (wire.output !== undefined && !findOutput(block, wire.output)) {
    const known = block.outputs.map((output) => output.name);
    const near = suggest(wire.output, known);
    return yield problem('unknown-output', `\`${block.name}\` has no output \`${wire.output}\`, but ${known.map((name) => `\`${name}\``).join(', ')}.${hint(near)}`, near === undefined ? cut : from(near));
  }
  const given = wireType(analysis, wire);
  if (given === undefined || fits(given, port.type)) return;
  const message = `\`${port.name}\` takes ${describeType(port.type)}, not ${describeType(given)}.`;
  if (given === 'feed') yield problem('type', `${message} Choose one of its outputs, such as \`.close\`.`, from('close'));
  else yield problem('type', `${message}${isConstantPort(port) && given.startsWith('series') ? ' It must be the same at every bar: an input or a literal.' : ''}`);
}

const isConstantPort = ({ type }: Port): boolean => type === 'number' || type === 'bool' || type === 'string';

function* checkLiteral({ id, block, port }: Place, literal: Literal): Generator<Diagnostic> {
  if (block.kind === 'input') return;
  const isOfType = literalType(literal, port.type) !== null;
  if (isOfType && (literal !== null || mayBeMissing(port))) return;
  const written = Array.isArray(literal) ? 'a list' : printLiteral(literal, port.type === 'string');
  yield errorOf(id, 'type', isOfType ? `\`${port.name}\` can't be na.` : `\`${port.name}\` takes ${describeType(port.type)}, not ${written}.`, { port: port.name, fix: meant(id, port, literal) });
}

function meant(id: NodeId, { name, type, default: fallback }: Port, literal: Literal): Fix | undefined {
  if (literal === null) return fallback === undefined ? undefined : { title: `Leave it at ${printLiteral(fallback, type === 'string')}`, edits: [{ type: 'clearArg', id, port: name }] };
  const read = typeof literal === 'string' ? readAs(literal, type) : undefined;
  return read === undefined ? undefined : { title: `Make it ${printLiteral(read)}`, edits: [{ type: 'setArg', id, port: name, arg: read }] };
}

/** A constant may be `na` only where that says something. */
const mayBeMissing = (port: Port): boolean => port.default === null || !isConstantPort(port);

/** `"14"` where a number is wanted, `"true"` where a condition is. */
function readAs(text: string, wanted: Port['type']): number | boolean | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  const value = text === 'true' ? true : text === 'false' ? false : Number.isFinite(number) ? number : undefined;
  return value !== undefined && literalType(value, wanted) !== null ? value : undefined;
}

function* checkRange({ analysis, id, block, port }: Place, arg: Arg, value: Constant | undefined): Generator<Diagnostic> {
  const among = `\`${port.name}\` of \`${block.name}\``;
  if (typeof value === 'string' && port.options && !port.options.includes(value)) {
    const near = suggest(value, port.options);
    const fix = near === undefined ? undefined : replacing(analysis, id, port.name, arg, near, `"${near}"`);
    yield errorOf(id, 'option', `${among} is one of ${port.options.map((option) => `"${option}"`).join(', ')}, not "${value}".`, { port: port.name, fix });
  }
  if (value === null && isRef(arg) && !mayBeMissing(port)) yield errorOf(id, 'type', `\`${port.name}\` can't be na.`, { port: port.name });
  if (typeof value !== 'number' || !takesNumbers(port)) return;
  const [least, most] = [port.min ?? -Infinity, port.max ?? Infinity];
  const nearest = Math.min(Math.max(port.integer ? Math.round(value) : value, least), most);
  if (nearest === value) return;
  const wanted = port.integer && !Number.isInteger(value) ? 'a whole number' : value < least ? `at least ${least}` : `at the most ${most}`;
  yield errorOf(id, 'range', `${among} is ${wanted}, not ${value}.`, { port: port.name, fix: replacing(analysis, id, port.name, arg, nearest, String(nearest)) });
}

const takesNumbers = ({ type }: Port): boolean => fits('number', type);

/** Another constant in place of a literal; where an input is wired, as the value of that input. What is computed is left to people. */
function replacing({ graph }: Analysis, id: NodeId, port: string, arg: Arg, value: number | string, text: string): Fix | undefined {
  const title = `Make it ${text}`;
  if (!isRef(arg)) return { title, edits: [{ type: 'setArg', id, port, arg: value }] };
  return graph.find(arg.from)?.block?.kind === 'input' ? { title, edits: [{ type: 'setArg', id: arg.from, port: 'value', arg: value }] } : undefined;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Whether an argument would be accepted by a port: what the canvas asks before it connects. Null when it would, else why not. */
export function whyNotConnect(formula: Formula, wire: Ref, to: NodeId, port: string): string | null {
  const node = nodeOf(formula, to);
  if (!node) return 'The node is gone.';
  const next: Formula = { ...formula, nodes: { ...formula.nodes, [to]: { ...node, args: { ...node.args, [port]: wire } } } };
  const analysis = analyse(next);
  const vertex = analysis.graph.find(to);
  if (!vertex || !analysis.graph.sorted.includes(vertex)) return 'The wire would close a circle: a value can not depend on itself.';
  for (const { message, port: about } of checkArguments(analysis, vertex)) if (about === port) return message;
  return null;
}
