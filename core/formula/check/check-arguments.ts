import { toDecimal } from '#core/elementary/to-decimal.ts';
import { parseTimeframe, TIMEFRAME_WORDS } from '#core/market/timeframe.ts';
import { BLOCKS, findOutput, findPort, isRequired } from '../blocks/catalogue.ts';
import { wireType, type Analysis } from '../facts/analyse.ts';
import { constantOf } from '../facts/constants.ts';
import type { Vertex } from '../facts/graph.ts';
import { isPercent, printLiteral } from '../language/literal.ts';
import { suggest } from '../language/suggest.ts';
import { describeType, fits, literalType, plainKind } from '../language/types.ts';
import type { Block, Port } from '../model/block.ts';
import type { Diagnostic, Fix } from '../model/diagnostic.ts';
import { isRef, type Arg, type FormulaNode, type Literal, type NodeId, type Ref } from '../model/formula.ts';
import { errorOf } from './report.ts';

/** A node whose arguments are looked at. */
interface Place {
  readonly analysis: Analysis;
  readonly id: NodeId;
  readonly block: Block;
}

/** Whether the block is known, and each argument there, of a port that exists, of its type and in its range. */
export function checkArguments(analysis: Analysis, { id, node, block }: Vertex): readonly Diagnostic[] {
  if (!block) return [unknownBlock(id, node.block)];
  const found: Diagnostic[] = [];
  const place: Place = { analysis, id, block };
  let hasAny = false;
  for (const name in node.args) if (!findPort(block, name)) found.push(unknownArgument(id, node, block, name));
  for (const port of block.inputs) {
    hasAny ||= port.type === 'any';
    const arg = node.args[port.name];
    if (arg === undefined) {
      if (isRequired(port))
        found.push(
          errorOf(id, 'missing-argument', `${block.title} needs \`${port.name}\`: ${lowerFirst(port.help)}`, {
            port: port.name,
          }),
        );
      continue;
    }
    const wrong = isRef(arg) ? wireProblem(place, port, arg) : literalProblem(place, port, arg);
    const beyond = valueProblem(place, port, arg);
    if (wrong) found.push(wrong);
    if (beyond) found.push(beyond);
  }
  if (hasAny && block.kind === 'kernel') found.push(...disagreements(place, node));
  return found;
}

/** Ports `any` of one block take numbers or conditions, all of them the same; text is nothing to compute with. */
function disagreements({ analysis, id, block }: Place, { args }: FormulaNode): Diagnostic[] {
  const ports = block.inputs.filter(({ type }) => type === 'any');
  let agreed: 'number' | 'condition' | undefined;
  return ports.flatMap(({ name }) => {
    const arg = args[name];
    if (arg === undefined || arg === null) return [];
    const type = isRef(arg) ? wireType(analysis, arg) : literalType(arg, 'any');
    const kind = type ? plainKind(type) : null;
    if (kind === 'text')
      return [errorOf(id, 'type', `\`${name}\` takes a number or a condition, not a text.`, { port: name })];
    if (kind !== null && agreed !== undefined && kind !== agreed)
      return [
        errorOf(id, 'type', `\`${name}\` is a ${kind}, and what stands before it a ${agreed}: they must be the same.`, {
          port: name,
        }),
      ];
    agreed ??= kind ?? undefined;
    return [];
  });
}

const hint = (near: string | undefined): string => (near === undefined ? '' : ` Did you mean \`${near}\`?`);

function unknownBlock(id: NodeId, name: string): Diagnostic {
  const near = suggest(
    name,
    BLOCKS.map((block) => block.name),
  );
  const fix: Fix | undefined =
    near === undefined ? undefined : { title: `Make it \`${near}\``, edits: [{ type: 'setBlock', id, block: near }] };
  return errorOf(id, 'unknown-block', `There is no block \`${name}\`.${hint(near)}`, { fix });
}

function unknownArgument(id: NodeId, node: FormulaNode, block: Block, name: string): Diagnostic {
  const near = suggest(
    name,
    block.inputs.map((port) => port.name),
  );
  const isFree = near !== undefined && node.args[near] === undefined;
  const clear = { type: 'clearArg', id, port: name } as const;
  const fix: Fix = isFree
    ? { title: `Make it \`${near}\``, edits: [clear, { type: 'setArg', id, port: near, arg: node.args[name] ?? null }] }
    : { title: `Remove \`${name}\``, edits: [clear] };
  return errorOf(id, 'unknown-argument', `\`${block.name}\` has no argument \`${name}\`.${hint(near)}`, {
    port: name,
    fix,
  });
}

function wireProblem(place: Place, port: Port, wire: Ref): Diagnostic | null {
  const { analysis } = place;
  const source = analysis.graph.find(wire.from);
  if (!source)
    return wireError(place, port, { code: 'missing-node', message: `What \`${port.name}\` was wired to is gone.` });
  const { block } = source;
  if (!block) return null;
  if (block.kind === 'action')
    return wireError(place, port, { code: 'action-value', message: `\`${block.name}\` acts; it has no value.` });
  if (wire.output !== undefined && !findOutput(block, wire.output)) {
    const known = block.outputs.map((output) => output.name);
    const near = suggest(wire.output, known);
    const others = known.map((name) => `\`${name}\``).join(', ');
    const message = `\`${block.name}\` has no output \`${wire.output}\`, but ${others}.${hint(near)}`;
    return wireError(place, port, {
      code: 'unknown-output',
      message,
      fix: near === undefined ? undefined : taking(place, port, { from: wire.from, output: near }),
    });
  }
  const given = wireType(analysis, wire);
  if (given === undefined || fits(given, port.type)) return null;
  const message = `\`${port.name}\` takes ${describeType(port.type)}, not ${describeType(given)}.`;
  if (given === 'feed')
    return wireError(place, port, {
      code: 'type',
      message: `${message} Choose one of its outputs, such as \`.close\`.`,
      fix: taking(place, port, { from: wire.from, output: 'close' }),
    });
  const advice =
    isConstantPort(port) && given.startsWith('series')
      ? ' It must be the same at every bar: an input or a literal.'
      : '';
  return wireError(place, port, { code: 'type', message: message + advice });
}

function wireError(
  { id }: Place,
  { name }: Port,
  { code, message, fix }: { readonly code: string; readonly message: string; readonly fix?: Fix | undefined },
): Diagnostic {
  return errorOf(id, code, message, {
    port: name,
    fix: fix ?? { title: 'Take the wire away', edits: [{ type: 'clearArg', id, port: name }] },
  });
}

const taking = ({ id }: Place, { name }: Port, arg: Ref): Fix => ({
  title: `Take \`${arg.output ?? ''}\``,
  edits: [{ type: 'setArg', id, port: name, arg }],
});

const isConstantPort = ({ type }: Port): boolean => type === 'number' || type === 'bool' || type === 'string';

function literalProblem({ id, block }: Place, port: Port, literal: Literal): Diagnostic | null {
  if (block.kind === 'input') return null;
  const isOfType = literalType(literal, port.type) !== null && !(port.integer && isPercent(literal));
  if (isOfType && (literal !== null || mayBeMissing(port))) return null;
  const written = Array.isArray(literal) ? 'a list' : printLiteral(literal, port.type === 'string');
  return errorOf(
    id,
    'type',
    isOfType ? `\`${port.name}\` can't be na.` : `\`${port.name}\` takes ${describeType(port.type)}, not ${written}.`,
    { port: port.name, fix: meant(id, port, literal) },
  );
}

function meant(id: NodeId, { name, type, default: fallback }: Port, literal: Literal): Fix | undefined {
  if (literal === null)
    return fallback === undefined
      ? undefined
      : {
          title: `Leave it at ${printLiteral(fallback, type === 'string')}`,
          edits: [{ type: 'clearArg', id, port: name }],
        };
  const read = typeof literal === 'string' ? readAs(literal, type) : undefined;
  return read === undefined
    ? undefined
    : { title: `Make it ${printLiteral(read)}`, edits: [{ type: 'setArg', id, port: name, arg: read }] };
}

/** A constant may be `na` only where that says something. */
const mayBeMissing = (port: Port): boolean => port.default === null || !isConstantPort(port);

/** `"14"` where a number is wanted, `"true"` where a condition is. */
function readAs(text: string, wanted: Port['type']): number | boolean | undefined {
  const value = text === 'true' || text === 'false' ? text === 'true' : numberIn(text);
  return value !== undefined && literalType(value, wanted) !== null ? value : undefined;
}

function numberIn(text: string): number | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

const isOption = ({ format, options }: Port, value: string): boolean =>
  format === 'timeframe' ? parseTimeframe(value) !== null : options?.includes(value) === true;

/** A constant of the right type that is none of the options, not whole, or out of range. */
function valueProblem({ analysis, id, block }: Place, port: Port, arg: Arg): Diagnostic | null {
  const value = constantOf(arg, analysis.constants, port.type === 'string');
  if (typeof value === 'string' && port.options && !isOption(port, value)) {
    const near = suggest(value, port.options);
    const fix = near === undefined ? undefined : replacing(analysis, { id, port: port.name, arg }, near);
    const allowed =
      port.format === 'timeframe'
        ? TIMEFRAME_WORDS
        : `one of ${port.options.map((option) => `"${option}"`).join(', ')}`;
    return errorOf(id, 'option', `${named(port, block)} is ${allowed}, not "${value}".`, { port: port.name, fix });
  }
  if (value === null && isRef(arg) && !mayBeMissing(port))
    return errorOf(id, 'type', `\`${port.name}\` can't be na.`, { port: port.name });
  if (typeof value !== 'number' || !takesNumbers(port)) return null;
  const [least, most] = [port.min ?? -Infinity, port.max ?? Infinity];
  const nearest = Math.min(Math.max(port.integer ? Math.round(value) : value, least), most);
  if (nearest === value) return null;
  const wanted =
    port.integer && !Number.isInteger(value)
      ? 'a whole number'
      : value < least
        ? `at least ${least}`
        : `at the most ${most}`;
  return errorOf(id, 'range', `${named(port, block)} is ${wanted}, not ${port.integer ? value : toDecimal(value)}.`, {
    port: port.name,
    fix: replacing(analysis, { id, port: port.name, arg }, nearest),
  });
}

const named = (port: Port, block: Block): string => `\`${port.name}\` of \`${block.name}\``;

const takesNumbers = ({ type }: Port): boolean => fits('number', type);

/**
 * Another constant in place of a literal; where an input is wired, as the value of that input. What is computed is left
 * to people.
 */
function replacing(
  { graph }: Analysis,
  { id, port, arg }: { readonly id: NodeId; readonly port: string; readonly arg: Arg },
  value: number | string,
): Fix | undefined {
  const title = `Make it ${printLiteral(value, true)}`;
  if (!isRef(arg)) return { title, edits: [{ type: 'setArg', id, port, arg: value }] };
  return graph.find(arg.from)?.block?.kind === 'input'
    ? { title, edits: [{ type: 'setArg', id: arg.from, port: 'value', arg: value }] }
    : undefined;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
