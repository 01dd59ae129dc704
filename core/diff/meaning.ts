import { argumentOf } from '#core/formula/blocks/catalogue.ts';
import { check } from '#core/formula/check/check.ts';
import { graphOf, type Graph, type Vertex } from '#core/formula/facts/graph.ts';
import { measureOfInput } from '#core/formula/facts/measures.ts';
import { expand } from '#core/formula/functions/expand.ts';
import { isPercent, numberOf } from '#core/formula/language/literal.ts';
import type { Block } from '#core/formula/model/block.ts';
import { isRef, nodeOf, type Arg, type Formula, type NodeId, type Ref } from '#core/formula/model/formula.ts';

/** Two values with the same number are the same at every bar. */
type Meaning = number;

/** Blocks whose two arguments can change places. */
const COMMUTATIVE: ReadonlySet<string> = new Set(['add', 'mul', 'and', 'or', 'eq', 'neq', 'max', 'min', 'cross']);

/** `a > b` says what `b < a` says. */
const MIRRORED: ReadonlyMap<string, string> = new Map([
  ['gt', 'lt'],
  ['gte', 'lte'],
  ['crossunder', 'crossover'],
]);

/**
 * What formulas mean, in numbers that can be compared between them: names, comments, where things stand, functions, the
 * order of a sum's two sides and whether a number is written where it is used or as an input do not count. An input
 * means its value as it stands.
 */
class Meanings {
  readonly #numbers = new Map<string, Meaning>();

  of(formula: Formula): FormulaMeaning {
    return new FormulaMeaning(expand(formula).formula, (key) => this.#intern(key));
  }

  #intern(key: string): Meaning {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

class FormulaMeaning {
  readonly #formula: Formula;
  readonly #graph: Graph;
  readonly #intern: (key: string) => Meaning;
  /** By the places of vertices. */
  readonly #ofVertices: (Meaning | undefined)[] = [];

  constructor(formula: Formula, intern: (key: string) => Meaning) {
    this.#formula = formula;
    this.#graph = graphOf(formula);
    this.#intern = intern;
    for (const vertex of this.#graph.sorted)
      if (vertex.block) this.#ofVertices[vertex.index] = this.#vertex(vertex, vertex.block);
  }

  /** Undefined of what is not there, and of what stands in a circle. */
  ofNode(id: NodeId): Meaning | undefined {
    const vertex = this.#graph.find(id);
    return vertex && this.#ofVertices[vertex.index];
  }

  /** What the strategy does: its actions in their order. */
  actions(): readonly (Meaning | undefined)[] {
    return Object.keys(this.#formula.nodes)
      .filter((id) => this.#graph.find(id)?.block?.kind === 'action')
      .map((id) => this.ofNode(id));
  }

  #vertex({ node }: Vertex, block: Block): Meaning {
    if (block.kind === 'value') return this.#arg(node.args['x']);
    if (block.kind === 'input') return this.#arg(node.args['value'], measureOfInput(node) === 'percent');
    const parts = block.inputs.map((port) =>
      port.type === 'size' && node.args[port.name] === undefined ? this.#all() : this.#arg(argumentOf(node, port)),
    );
    const mirrored = MIRRORED.get(block.name);
    if (mirrored !== undefined) parts.reverse();
    if (COMMUTATIVE.has(block.name)) parts.sort((a, b) => a - b);
    return this.#intern([mirrored ?? block.name, ...parts].join(' '));
  }

  /** A size that is left out is `free(100%)`; a size of `na` buys nothing. */
  #all(): Meaning {
    return this.#intern(`free ${this.#intern('percent 1')}`);
  }

  /** A percentage is no plain number: as a stop, 5% is a distance and 0.05 a price. */
  #arg(arg: Arg | undefined, isOfPercent = isPercent(arg)): Meaning {
    if (arg === undefined) return this.#intern('nothing');
    if (isRef(arg)) return this.#output(arg);
    return this.#intern(`${isOfPercent ? 'percent' : 'literal'} ${String(numberOf(arg) ?? JSON.stringify(arg))}`);
  }

  #output({ from, output }: Ref): Meaning {
    const meaning = this.ofNode(from);
    if (meaning === undefined || nodeOf(this.#formula, from) === undefined) return this.#intern(`unknown ${from}`);
    const outputs = this.#graph.find(from)?.block?.outputs ?? [];
    return outputs.length <= 1 ? meaning : this.#intern(`${meaning}.${output ?? outputs[0]?.name}`);
  }
}

/**
 * Whether two formulas do the same on all bars, as far as that can be told from how they are made: always so where it
 * says so. Formulas with errors do nothing, and mean what they say; none means what one without errors does.
 */
export function meanTheSame(a: Formula, b: Formula): boolean {
  const meanings = new Meanings();
  const [before, after] = [meanings.of(a).actions(), meanings.of(b).actions()];
  const areSame =
    before.length === after.length && before.every((each, place) => each !== undefined && each === after[place]);
  // What no action depends on may be an error, too.
  return areSame && hasErrors(a) === hasErrors(b);
}

const hasErrors = (formula: Formula): boolean =>
  check(formula).diagnostics.some(({ severity }) => severity === 'error');
