import { argumentOf, findBlock } from '../blocks/catalogue.ts';
import { printLiteral } from '../language/literal.ts';
import { createNodePrinter } from '../language/print.ts';
import { statementsOf } from '../language/statements.ts';
import type { KernelBlock } from '../model/block.ts';
import { isRef, nodeOf, type Arg, type Formula, type FormulaNode, type NodeId } from '../model/formula.ts';
import { ANYTHING, isEmpty } from '../model/interval.ts';
import { contradictionAmong, type Fact, type Term } from './contradiction.ts';
import type { Stated } from './facts.ts';
import type { PossibleValues, Verdict } from './possible-values.ts';

const LONGEST = 60;

/**
 * Puts into words why a condition is never or always true. What it needs to know is looked up when the first one is to
 * be explained.
 */
export class ConditionExplainer {
  readonly #formula: Formula;
  readonly #possible: PossibleValues;
  #names: ReadonlyMap<NodeId, string> | undefined;
  #print: ((id: NodeId) => string) | undefined;

  constructor(formula: Formula, possible: PossibleValues) {
    this.#formula = formula;
    this.#possible = possible;
  }

  /** What a condition says, also if it has a name. */
  condition(id: NodeId): string {
    this.#print ??= createNodePrinter(this.#formula);
    return quoted(this.#print(id));
  }

  reason(id: NodeId, { kind, core }: Verdict): string {
    if (core) return kind === 'never' ? this.#clash(core) : this.#tautology(core);
    const node = nodeOf(this.#formula, id);
    const block = node && findBlock(node.block);
    return node && block?.kind === 'kernel' ? this.#comparison(node, block) : '';
  }

  /** Why a comparison can only have one outcome. */
  #comparison(node: FormulaNode, block: KernelBlock): string {
    const args = comparedBy(node, block);
    if (args.length === 2 && this.#possible.numbers.areSame(args[0], args[1])) return 'both sides are the same';
    if (args.some((arg) => isEmpty(this.#possible.range(arg))))
      return 'nothing compares with `na`; `na(x)` asks whether a value is missing';
    if (args.every((arg) => !isRef(arg))) return 'nothing in it changes from bar to bar';
    const order = this.#order(args[0], args[1]);
    if (order) return order;
    if (needsNoBounds([{ comparisons: this.#possible.implied(node, block) }])) return 'its bounds exclude each other';
    const ranges = args.flatMap((arg) => this.#range(arg) ?? []);
    return ranges.length > 0 ? ranges.join(' and ') : 'its sides exclude each other';
  }

  /** Which side is never above the other, where windows and prices of one bar tell. */
  #order(a: Arg | undefined, b: Arg | undefined): string | null {
    const order = this.#possible.orderOf(a, b);
    if (!order || !isRef(a) || !isRef(b)) return null;
    if (isRef(order.window)) {
      const name = this.#operand(order.window.from);
      return `${quoted(name)} counts the bar itself; ${quoted(`${name}[1]`)} is that of the bars before`;
    }
    const [low, high] = order.swapped ? [b, a] : [a, b];
    return `${quoted(this.#operand(low.from))} is never above ${quoted(this.#operand(high.from))}`;
  }

  /** Why these can't be the case at once. */
  #clash(core: readonly Stated[]): string {
    const parts = core.map((fact) => (fact.holds ? '' : 'not ') + this.condition(fact.id));
    return `${listed(parts)} can't ${parts.length === 2 ? 'both' : 'all'} be true${this.#since(core)}`;
  }

  /** Why one of those that these deny is always the case. */
  #tautology(core: readonly Stated[]): string {
    const parts = core.map((fact) => (fact.holds ? 'not ' : '') + this.condition(fact.id));
    return `one of ${listed(parts)} always is${this.#since(core)}`;
  }

  /** The bounds on which a clash depends; nothing when it would be one without. */
  #since(core: readonly Stated[]): string {
    if (needsNoBounds(core)) return '';
    const ranges = core.flatMap(({ id }) => {
      const node = nodeOf(this.#formula, id);
      const block = node && findBlock(node.block);
      return node && block?.kind === 'kernel' ? comparedBy(node, block).flatMap((arg) => this.#range(arg) ?? []) : [];
    });
    return ranges.length === 0 ? '' : `, since ${[...new Set(ranges)].join(' and ')}`;
  }

  /** What is known of a value; null of a literal, and where nothing is. */
  #range(arg: Arg): string | null {
    if (!isRef(arg)) return null;
    const { min, max, integer } = this.#possible.range(arg);
    const name = this.#operand(arg.from) + (arg.output === undefined ? '' : `.${arg.output}`);
    const [least, most] = [figure(min, max), figure(max, min)];
    if (min === max) return `${quoted(name)} is always ${least}`;
    if (Number.isFinite(min) && Number.isFinite(max))
      return `${quoted(name)} ${integer ? 'is a whole number from' : 'lies between'} ${least} ${integer ? 'to' : 'and'} ${most}`;
    const kind = integer ? 'is a whole number and never' : 'is never';
    if (Number.isFinite(min)) return `${quoted(name)} ${kind} below ${least}`;
    if (Number.isFinite(max)) return `${quoted(name)} ${kind} above ${most}`;
    return integer ? `${quoted(name)} is a whole number` : null;
  }

  #operand(id: NodeId): string {
    this.#names ??= statementsOf(this.#formula).names;
    this.#print ??= createNodePrinter(this.#formula);
    return this.#names.get(id) ?? this.#print(id);
  }
}

function comparedBy(node: FormulaNode, { inputs, implies = [] }: KernelBlock): Arg[] {
  const compared = new Set(implies.flatMap(([left, , right]) => [left, right]));
  return inputs.flatMap((port) => {
    const arg = compared.has(port.name) ? argumentOf(node, port) : undefined;
    return arg === undefined ? [] : [arg];
  });
}

/** Whether facts exclude one another whatever is known of the values that they are about. */
function needsNoBounds(facts: readonly Fact[]): boolean {
  const open = ({ value, range }: Term): Term => ({ value, range: range.min === range.max ? range : ANYTHING });
  return (
    contradictionAmong(
      facts.map((fact): Fact => ({
        ...fact,
        comparisons: fact.comparisons.map(({ left, relation, right }) => ({
          left: open(left),
          relation,
          right: open(right),
        })),
      })),
    ) !== null
  );
}

const quoted = (code: string): string => `\`${code.length > LONGEST ? `${code.slice(0, LONGEST)}…` : code}\``;

const listed = (parts: readonly string[]): string => `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;

/** A bound as people write it, without what rounding may add to it. */
function figure(bound: number, other: number): string {
  const size = Number.isFinite(other) ? Math.abs(other) : 0;
  return printLiteral(Math.abs(bound) < size * 1e-5 ? 0 : Number(bound.toPrecision(5)));
}
