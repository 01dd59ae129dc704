import { analyse, wireType, type Analysis } from './analyse.ts';
import type { Block, Port } from './block.ts';
import { BLOCKS, findBlock, findOutput, findPort, isRequired } from './catalogue.ts';
import { constantOf, type Constant } from './constants.ts';
import type { Diagnostic, Fix } from './diagnostic.ts';
import { isRef, type Formula, type FormulaNode, type Literal, type NodeId, type Ref } from './formula.ts';
import { printLiteral } from './literal.ts';
import { didYouMean, suggest } from './suggest.ts';
import { describeType, fits, literalType } from './types.ts';

type Report = (code: string, port: string | undefined, message: string, fix?: Fix) => Diagnostic;

/** Whether the block is known, and each argument there, of a port that exists, of its type and in its range. */
export function* checkArguments(formula: Formula, analysis: Analysis, id: NodeId, node: FormulaNode): Generator<Diagnostic> {
  const report: Report = (code, port, message, fix) => ({ code, severity: 'error', message, nodeId: id, ...(port === undefined ? {} : { port }), ...(fix ? { fix } : {}) });
  const block = findBlock(node.block);
  if (!block) {
    const near = suggest(node.block, BLOCKS.map(({ name }) => name));
    const fix: Fix | undefined = near === undefined ? undefined : { title: `Make it \`${near}\``, edits: [{ type: 'setBlock', id, block: near }] };
    yield report('unknown-block', undefined, `There is no block \`${node.block}\`.${didYouMean(node.block, BLOCKS.map(({ name }) => name))}`, fix);
    return;
  }
  for (const name of Object.keys(node.args)) {
    if (findPort(block, name)) continue;
    const known = block.inputs.map((port) => port.name);
    yield report('unknown-argument', name, `\`${block.name}\` has no argument \`${name}\`.${didYouMean(name, known)}`, { title: `Remove \`${name}\``, edits: [{ type: 'clearArg', id, port: name }] });
  }
  for (const port of block.inputs) {
    const arg = node.args[port.name];
    if (arg === undefined) {
      if (isRequired(port)) yield report('missing-argument', port.name, `${block.title} needs \`${port.name}\`: ${lowerFirst(port.help)}`);
    } else if (isRef(arg)) yield* checkWire(formula, analysis, port, arg, report, id);
    else yield* checkLiteral(block, port, arg, report);
    yield* checkRange(block, port, arg === undefined ? undefined : constantOf(arg, analysis.constants, port.type === 'string'), report, id);
  }
}

function* checkWire(formula: Formula, analysis: Analysis, port: Port, wire: Ref, report: Report, id: NodeId): Generator<Diagnostic> {
  const cut: Fix = { title: 'Take the wire away', edits: [{ type: 'clearArg', id, port: port.name }] };
  const source = formula.nodes[wire.from];
  if (!source) return yield report('missing-node', port.name, `What \`${port.name}\` was wired to is gone.`, cut);
  const block = findBlock(source.block);
  if (!block) return;
  if (block.kind === 'action') return yield report('action-value', port.name, `\`${block.name}\` acts; it has no value.`, cut);
  if (wire.output !== undefined && !findOutput(block, wire.output)) {
    const known = block.outputs.map((output) => output.name);
    return yield report('unknown-output', port.name, `\`${block.name}\` has no output \`${wire.output}\`, but ${known.map((name) => `\`${name}\``).join(', ')}.${didYouMean(wire.output, known)}`, cut);
  }
  const given = wireType(formula, analysis, wire);
  if (given === undefined || fits(given, port.type)) return;
  const hint = given === 'feed' ? ' Choose one of its outputs, such as `.close`.' : given.startsWith('series') && (port.type === 'number' || port.type === 'bool' || port.type === 'string') ? ' It must be the same at every bar: an input or a literal.' : '';
  yield report('type', port.name, `\`${port.name}\` takes ${describeType(port.type)}, not ${describeType(given)}.${hint}`, cut);
}

function* checkLiteral(block: Block, port: Port, literal: Literal, report: Report): Generator<Diagnostic> {
  if (block.kind === 'input') return;
  if (literalType(literal, port.type) === null) yield report('type', port.name, `\`${port.name}\` takes ${describeType(port.type)}, not ${printLiteral(literal, port.type === 'string')}.`);
  else if (literal === null && port.default !== null && port.type === 'number') yield report('type', port.name, `\`${port.name}\` can't be na.`);
}

function* checkRange(block: Block, port: Port, value: Constant | undefined, report: Report, id: NodeId): Generator<Diagnostic> {
  if (value === undefined || value === null) return;
  if (typeof value === 'string' && port.options && !port.options.includes(value)) {
    const near = suggest(value, port.options);
    const fix: Fix | undefined = near === undefined ? undefined : { title: `Make it "${near}"`, edits: [{ type: 'setArg', id, port: port.name, arg: near }] };
    yield report('option', port.name, `\`${port.name}\` of \`${block.name}\` is one of ${port.options.map((option) => `"${option}"`).join(', ')}, not "${value}".`, fix);
  }
  if (typeof value !== 'number') return;
  const set = (arg: number): Fix => ({ title: `Make it ${arg}`, edits: [{ type: 'setArg', id, port: port.name, arg }] });
  const among = `\`${port.name}\` of \`${block.name}\``;
  if (port.integer && !Number.isInteger(value)) yield report('range', port.name, `${among} is a whole number, not ${value}.`, set(Math.round(value)));
  else if (port.min !== undefined && value < port.min) yield report('range', port.name, `${among} is at least ${port.min}, not ${value}.`, set(port.min));
  else if (port.max !== undefined && value > port.max) yield report('range', port.name, `${among} is at the most ${port.max}, not ${value}.`, set(port.max));
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Whether an argument would be accepted by a port: what the canvas asks before it connects. Null when it would, else why not. */
export function whyNotConnect(formula: Formula, wire: Ref, to: NodeId, port: string): string | null {
  const node = formula.nodes[to];
  if (!node) return 'The node is gone.';
  const next: Formula = { ...formula, nodes: { ...formula.nodes, [to]: { ...node, args: { ...node.args, [port]: wire } } } };
  const analysis = analyse(next);
  if (analysis.stuck.includes(to)) return 'The wire would close a circle: a value can not depend on itself.';
  for (const { message, port: about } of checkArguments(next, analysis, to, next.nodes[to] ?? node)) if (about === port) return message;
  return null;
}
