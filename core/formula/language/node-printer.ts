import { isBareName } from '../blocks/catalogue.ts';
import { isRef, nodeOf, type Arg, type Formula, type FormulaNode, type NodeId, type Ref } from '../model/formula.ts';
import {
  bracketed,
  callParts,
  inputRange,
  isCall,
  isPast,
  outputOf,
  prefixOf,
  type Part,
  type Prefix,
} from './node-parts.ts';
import { isAction } from './statements.ts';
import { infixOf, leftPower, NEGATE_POWER, POSTFIX_POWER, type Operator } from './syntax.ts';

/** Statements longer than this are broken into several lines. */
const LINE_WIDTH = 100;
const INDENT = 4;
/** Behind so many spaces nothing is broken: what is nested deeply would be spaces for the most part. */
const MOST_INDENT = LINE_WIDTH / 2;

const ATOM = POSTFIX_POWER + 1;

/**
 * Where a long statement is broken: behind each argument of its outermost call alone, or wherever a part of it is too
 * long as well.
 */
export type Breaking = 'arguments' | 'everywhere';

/** Where the text of a part begins. */
interface Place {
  /** Spaces before the line on which the part begins. */
  readonly indent: number;
  /** Characters before the part on its line. */
  readonly column: number;
  /** Whether the part is bounded by brackets already, so that lines may end within it. */
  readonly isBracketed: boolean;
}

/** Writes nodes as code, each with the nodes that are written where they are used. */
export class NodePrinter {
  readonly #formula: Formula;
  readonly #names: ReadonlyMap<NodeId, string>;
  readonly #nameOf: ((id: NodeId) => string) | undefined;
  readonly #definitions = new Map<NodeId, string>();

  constructor(formula: Formula, names: ReadonlyMap<NodeId, string>, nameOf?: (id: NodeId) => string) {
    this.#formula = formula;
    this.#names = names;
    this.#nameOf = nameOf;
  }

  statement(id: NodeId, node: FormulaNode, breaking: Breaking): string {
    const name = this.#names.get(id);
    if (node.block === 'input') return `input ${name} = ${inputRange(node)}`;
    const head = name === undefined ? '' : `${name} = `;
    const line = head + this.#node(node, 0);
    if (line.length <= LINE_WIDTH) return line;
    if (breaking === 'everywhere')
      return head + this.#broken(node, 0, { indent: 0, column: head.length, isBracketed: false });
    return isCall(node) ? head + this.#brokenCall(node, 0, (part) => this.#part(part)) : line;
  }

  /** What stands behind the name: the same for equal nodes, whatever they are called. */
  definition(id: NodeId): string {
    const known = this.#definitions.get(id);
    if (known !== undefined) return known;
    const node = nodeOf(this.#formula, id);
    const text = node ? (node.block === 'input' ? inputRange(node) : this.#node(node, 0)) : '';
    this.#definitions.set(id, text);
    return text;
  }

  /** On one line. */
  #node(node: FormulaNode, power: number): string {
    const infix = infixOf(node.block);
    if (infix) return this.#infix(node, infix, power);
    const prefix = prefixOf(node);
    if (prefix) {
      const text = prefix.sign + this.#operand(prefix);
      return prefix.own < power ? `(${text})` : text;
    }
    if (isPast(node)) return `${this.#arg(node, 'x', POSTFIX_POWER)}[${this.#arg(node, 'bars', 0)}]`;
    if (node.block === 'value') return this.#arg(node, 'x', power);
    if (isBareName(node.block)) return node.block;
    return `${node.block}(${callParts(node)
      .map((part) => this.#part(part))
      .join(', ')})`;
  }

  /** On several lines, where its parts can be parted; what then fits stands on one line. */
  #broken(node: FormulaNode, power: number, place: Place): string {
    const infix = infixOf(node.block);
    if (infix) return this.#brokenInfix(node, infix, power, place);
    const prefix = prefixOf(node);
    if (prefix) {
      const isBracketed = prefix.own < power;
      const open = (isBracketed ? '(' : '') + prefix.sign;
      const inner = { ...place, column: place.column + open.length, isBracketed: false };
      return open + this.#fitted(prefix.part, inner) + (isBracketed ? ')' : '');
    }
    const own = { ...place, isBracketed: false };
    if (isPast(node))
      return `${this.#fitted({ node, port: 'x', power: POSTFIX_POWER, lead: '' }, own)}[${this.#arg(node, 'bars', 0)}]`;
    if (node.block === 'value') return this.#fitted({ node, port: 'x', power, lead: '' }, place);
    if (!isCall(node) || isBareName(node.block)) return this.#node(node, power);
    return this.#brokenCall(node, place.indent, (part, inner) => this.#fitted(part, inner));
  }

  #brokenCall(node: FormulaNode, indent: number, write: (part: Part, place: Place) => string): string {
    const parts = callParts(node);
    if (parts.length === 0) return `${node.block}()`;
    const inner = indent + INDENT;
    const place = { indent: inner, column: inner, isBracketed: true };
    return `${node.block}(${parts.map((part) => newLine(inner) + write(part, place)).join(',')}${newLine(indent)})`;
  }

  /** Each operand on a line, with its operator before the operand. */
  #brokenInfix(node: FormulaNode, operator: Operator, power: number, place: Place): string {
    const needsBrackets = !place.isBracketed || operator.power < power;
    const inner = place.indent + INDENT;
    // Operators of another power are one operand: lines show what belongs together.
    const [first, ...others] = this.#operands(node, operator, (each) => each.power === operator.power);
    if (!first) return this.#node(node, power);
    const column = needsBrackets ? inner : place.column;
    const lines = [
      this.#fitted(first, { indent: needsBrackets ? inner : place.indent, column, isBracketed: false }),
      ...others.map((part) => this.#fitted(part, { indent: inner, column: inner, isBracketed: false })),
    ];
    const text = lines.join(newLine(inner));
    return needsBrackets ? `(${newLine(inner)}${text}${newLine(place.indent)})` : text;
  }

  /** A part on one line, or broken when it is too long and can be broken. */
  #fitted(part: Part, place: Place): string {
    const line = this.#part(part);
    const arg = part.node.args[part.port];
    // A comma may follow.
    if (place.column + line.length < LINE_WIDTH || place.indent > MOST_INDENT || arg === undefined || !isRef(arg))
      return line;
    const source = nodeOf(this.#formula, arg.from);
    if (!source || this.#names.has(arg.from) || isAction(source)) return line;
    const dot = outputOf(arg, source);
    const column = place.column + part.lead.length;
    return part.lead + this.#broken(source, dot === '' ? part.power : ATOM, { ...place, column }) + dot;
  }

  /**
   * A long sum leans to the left: its operators are written from the inside out, so that it needs no deeper stack than
   * a short one.
   */
  #infix(node: FormulaNode, operator: Operator, power: number): string {
    const text = this.#operands(node, operator, () => true)
      .map((part) => this.#part(part))
      .join(' ');
    return operator.power < power ? `(${text})` : text;
  }

  /** The operands of operators that stand beside one another without brackets, as far to the left as `belongs` says. */
  #operands(node: FormulaNode, operator: Operator, belongs: (operator: Operator) => boolean): readonly Part[] {
    const outer: { readonly node: FormulaNode; readonly operator: Operator }[] = [{ node, operator }];
    for (
      let inner = this.#flatLeft(node, operator);
      inner && belongs(inner.operator);
      inner = this.#flatLeft(inner.node, inner.operator)
    )
      outer.push(inner);
    const innermost = outer.at(-1);
    const parts: Part[] = innermost
      ? [{ node: innermost.node, port: 'a', power: leftPower(innermost.operator), lead: '' }]
      : [];
    for (const {
      node: each,
      operator: { symbol, block, power: own },
    } of outer.reverse())
      // Only `^` groups to the right.
      parts.push({ node: each, port: 'b', power: block === 'pow' ? NEGATE_POWER : own + 1, lead: `${symbol} ` });
    return parts;
  }

  /** The left side, where it is an operator written there without brackets. */
  #flatLeft(node: FormulaNode, operator: Operator): { readonly node: FormulaNode; readonly operator: Operator } | null {
    const left = node.args['a'];
    const source = isRef(left) && !this.#names.has(left.from) ? nodeOf(this.#formula, left.from) : undefined;
    const inner = source && infixOf(source.block);
    return source && inner && inner.power >= leftPower(operator) ? { node: source, operator: inner } : null;
  }

  #operand({ part, isNumber }: Prefix): string {
    const text = this.#part(part);
    return isNumber ? `(${text})` : text;
  }

  #part({ node, port, power, lead, isText }: Part): string {
    return lead + this.#arg(node, port, power, isText);
  }

  /** An operand binds at least as tightly as `power`, or stands in brackets. A missing one is `_`. */
  #arg(node: FormulaNode, port: string, power: number, isText = false): string {
    const arg: Arg | undefined = node.args[port];
    if (arg === undefined) return '_';
    if (!isRef(arg)) return bracketed(arg, power, isText);
    return this.#ref(arg, power);
  }

  #ref(ref: Ref, power: number): string {
    const source = nodeOf(this.#formula, ref.from);
    if (!source) return '_';
    const dot = outputOf(ref, source);
    const name = this.#names.get(ref.from);
    if (name !== undefined) return (this.#nameOf?.(ref.from) ?? name) + dot;
    // An action gives nothing.
    if (isAction(source)) return '_';
    return this.#node(source, dot === '' ? power : ATOM) + dot;
  }
}

const newLine = (indent: number): string => `\n${' '.repeat(indent)}`;
