import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { sameArg } from '#core/formula/language/statements.ts';
import { isRef, type Arg, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';
import type { Side } from './side.ts';

/** What differs in a statement: the smallest part of it that a person would name. */
export interface Part {
  /** The argument, and of which block when it is not the statement's own; empty for what the statement is. */
  readonly where: string;
  /** As code; undefined when there was, or is, nothing. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** A wire goes elsewhere now, or came or went. */
  readonly isWire: boolean;
  /**
   * The arguments from the statement down to the one that differs, each of the node that the one before is wired to.
   */
  readonly path: readonly ArgumentAt[];
}

/** An argument of a node. Where the node says something else as a whole, its id stands without a port. */
export interface ArgumentAt {
  readonly id: NodeId;
  readonly port?: string;
}

/**
 * How a statement differs, argument by argument; none when it says the same of the same nodes, whatever those are
 * called.
 */
export function* partsBetween(a: Side, b: Side, id: NodeId): Generator<Part> {
  const [before, after] = [a.node(id), b.node(id)];
  if (before && after)
    yield* between([a, before], [b, after], {
      where: '',
      isInside: false,
      before: a.says(id),
      after: b.says(id),
      id,
      path: [],
    });
}

/** A pair of nodes on the way down, as code, and the argument that they are. */
interface Place {
  readonly where: string;
  readonly isInside: boolean;
  readonly before: string;
  readonly after: string;
  readonly id: NodeId;
  readonly path: readonly ArgumentAt[];
}

type NodeAt = readonly [side: Side, node: FormulaNode];

function* between(
  [a, before]: NodeAt,
  [b, after]: NodeAt,
  { where, isInside, id, path, ...texts }: Place,
): Generator<Part> {
  if (before.block !== after.block || (isOperator(after) && hasOtherOperand(a, before, b, after))) {
    yield { where, ...texts, isWire: false, path: [...path, { id }] };
    return;
  }
  for (const port of portsOf(before, after)) {
    const [was, is] = [argOf(before, port), argOf(after, port)];
    const inner = inlinePair(a, was, b, is);
    const place =
      isOperator(after) || port === IMPLICIT[after.block] ? where : isInside ? `${port} of ${after.block}` : port;
    const to = [...path, { id, port }];
    if (inner)
      yield* between([a, inner.before], [b, inner.after], {
        where: place,
        isInside: true,
        before: a.textOf(inner.was),
        after: b.textOf(inner.is),
        id: inner.is.from,
        path: to,
      });
    else if (!isSame(was, is, a, b)) {
      const text = (side: Side, arg: Arg | undefined) =>
        arg === undefined ? undefined : side.textOf(arg, { block: after.block, name: port });
      yield { where: place, before: text(a, was), after: text(b, is), isWire: isRef(was) || isRef(is), path: to };
    }
  }
}

/** Ports that go without saying. */
const IMPLICIT: Readonly<Record<string, string>> = { input: 'value', value: 'x' };

/** `a + b`, `not a`, `a[1]`: its operands have no names that anybody writes. */
const isOperator = ({ block }: FormulaNode): boolean =>
  ['infix', 'prefix', 'index'].includes(findBlock(block)?.syntax?.kind ?? '');

/** Of an operator whose operand is another one, all is said at once: `a > 3 → a > 4`. */
function hasOtherOperand(a: Side, before: FormulaNode, b: Side, after: FormulaNode): boolean {
  return portsOf(before, after).some(
    (port) =>
      !inlinePair(a, argOf(before, port), b, argOf(after, port)) &&
      !isSame(argOf(before, port), argOf(after, port), a, b),
  );
}

function portsOf(before: FormulaNode, after: FormulaNode): readonly string[] {
  const declared = findBlock(after.block)?.inputs.map(({ name }) => name) ?? [];
  const written = new Set([...declared, ...Object.keys(before.args), ...Object.keys(after.args)]);
  return [...written].filter((port) => argOf(before, port) !== undefined || argOf(after, port) !== undefined);
}

/** Not what every object has, such as `constructor`. */
const argOf = ({ args }: FormulaNode, port: string): Arg | undefined =>
  Object.hasOwn(args, port) ? args[port] : undefined;

/** Both are written inside, and can be compared argument by argument. */
function inlinePair(a: Side, was: Arg | undefined, b: Side, is: Arg | undefined) {
  if (!isRef(was) || !isRef(is) || was.output !== is.output || a.isStatement(was.from) || b.isStatement(is.from))
    return null;
  const [before, after] = [a.node(was.from), b.node(is.from)];
  return before && after ? { before, after, was, is } : null;
}

function isSame(was: Arg | undefined, is: Arg | undefined, a: Side, b: Side): boolean {
  if (!isRef(was) || !isRef(is)) return sameArg(was, is);
  return was.from === is.from && was.output === is.output && a.isStatement(was.from) === b.isStatement(is.from);
}
