import { argumentOf, findPort } from '../blocks/catalogue.ts';
import { lookbackOf } from '../facts/analyse.ts';
import type { Constant } from '../facts/constants.ts';
import type { Vertex } from '../facts/graph.ts';
import type { Block, Implied } from '../model/block.ts';
import { isRef, type Arg, type Formula, type NodeId } from '../model/formula.ts';
import { describeMissing, describeRelations, isTrue } from './describe-fact.ts';
import type { Reason } from './reason.ts';
import { Values, type ValueAt } from './values.ts';

/** Reasons of one tree: beyond so many, what stands deeper is left out. */
const MOST_REASONS = 400;
/** Parts within parts. Bounds the stack. */
const DEEPEST = 120;

interface ExplainRequest {
  /** As it is written. */
  readonly formula: Formula;
  readonly valueAt: ValueAt;
  /** Values of inputs, by name, in place of those that are written. */
  readonly inputs?: Readonly<Record<string, Constant>>;
}

/** What is explained: an argument, and the node (of the expanded formula) whose argument it is. */
interface Asked {
  readonly arg: Arg | undefined;
  readonly owner: NodeId;
  readonly bar: number;
}

type Parts = Pick<Reason, 'needs' | 'text' | 'parts'> & { readonly through?: readonly NodeId[] };

/**
 * Explains values of a formula by those that they are made of, at one bar after the other. `valueAt` gives what the
 * engine has computed; nothing is computed here but which of the parts decided. Functions are looked into.
 */
export class Explainer {
  readonly values: Values;

  constructor({ formula, valueAt, inputs = {} }: ExplainRequest) {
    this.values = new Values(formula, valueAt, inputs);
  }

  /** Why an argument of a node of the expanded formula is what it is at a bar. */
  explain(owner: NodeId, port: string, bar: number): Reason {
    const vertex = this.values.analysis.graph.find(owner);
    const found = vertex?.block && findPort(vertex.block, port);
    const arg = vertex && found ? argumentOf(vertex.node, found) : undefined;
    return new Tree(this.values).reason({ arg, owner, bar }, 0);
  }
}

/** One tree: what has been explained in it already is not explained again. */
class Tree {
  readonly #values: Values;
  readonly #seen = new Set<string>();

  constructor(values: Values) {
    this.#values = values;
  }

  reason(asked: Asked, depth: number): Reason {
    const { arg, through, owner } = this.#behindNames(asked);
    const values = this.#values;
    const kind = values.isCondition(arg) ? 'condition' : 'number';
    const { bar } = asked;
    const value = values.of(arg, bar);
    const make = (id: NodeId, { through: more = [], ...parts }: Parts): Reason => {
      const passed = [...through, ...more].flatMap((other) => [
        values.written(other).node,
        ...values.written(other).calls,
      ]);
      return { ...values.written(id), through: passed, bar, value, kind, ...parts };
    };
    if (!isRef(arg)) return make(owner, { needs: 'alone', text: `${values.label(arg)} is written there`, parts: [] });
    const key = `${arg.from} ${arg.output ?? ''} ${bar}`;
    const isKnown = this.#seen.has(key);
    const vertex = values.analysis.graph.find(arg.from);
    if (isKnown || !vertex?.block || depth > DEEPEST || this.#seen.size >= MOST_REASONS)
      return make(arg.from, { needs: 'alone', text: this.#plain(arg, bar), parts: [] });
    this.#seen.add(key);
    const place: Place = { arg, vertex, block: vertex.block, bar, value, depth: depth + 1 };
    return make(arg.from, kind === 'condition' ? this.#condition(place) : this.#number(place));
  }

  /** Through statements that give another name. */
  #behindNames({ arg, owner }: Asked): { arg: Arg | undefined; owner: NodeId; through: NodeId[] } {
    const through: NodeId[] = [];
    let at = arg;
    let from = owner;
    while (isRef(at)) {
      const vertex = this.#values.analysis.graph.find(at.from);
      if (vertex?.block?.kind !== 'value' || vertex.node.args['x'] === undefined) break;
      through.push(at.from);
      from = at.from;
      at = vertex.node.args['x'];
    }
    return { arg: at, owner: from, through };
  }

  #condition(place: Place): Parts {
    const { vertex, block, value } = place;
    const isYes = value === 1;
    switch (block.name) {
      case 'and':
      case 'or':
        return this.#junction(place, isYes);
      case 'not':
        return { needs: 'all', text: this.#plain(place.arg, place.bar), parts: [this.#part(place, 'x')] };
      case 'where':
        return this.#choice(place);
      case 'past':
        return this.#past(place);
      case 'once':
        return this.#once(place, isYes);
      case 'latch':
        return this.#latch(place, isYes);
      default:
        return block.kind === 'kernel' && block.implies
          ? this.#relation(place, block.implies)
          : { needs: 'alone', text: this.#fact(place), parts: this.#operands(vertex, block, place) };
    }
  }

  /** Of `and` and `or` within each other alike, the sides of all of them. */
  #junction({ vertex, block, bar, depth, arg }: Place, isYes: boolean): Parts {
    const through: NodeId[] = [];
    const deciding: Asked[] = [];
    const left: Asked[] = [{ arg, owner: vertex.id, bar }];
    for (let side = left.pop(); side; side = left.pop()) {
      const inner = isRef(side.arg) ? this.#values.analysis.graph.find(side.arg.from) : undefined;
      const isSame = inner?.block?.name === block.name && (inner === vertex || inner.node.name === undefined);
      if (inner && isSame) {
        if (inner !== vertex) through.push(inner.id);
        for (const port of ['b', 'a']) left.push({ arg: inner.node.args[port], owner: inner.id, bar });
      } else if (isTrue(this.#values.of(side.arg, bar)) === isYes) deciding.push(side);
    }
    const parts = deciding.map((side) => this.reason(side, depth));
    const isAll = (block.name === 'and') === isYes || parts.length === 1;
    return { needs: isAll ? 'all' : 'any', text: this.#plain(arg, bar), parts, through };
  }

  #choice(place: Place): Parts {
    const isFirst = this.#values.of(place.vertex.node.args['cond'], place.bar) === 1;
    return {
      needs: 'all',
      text: this.#plain(place.arg, place.bar),
      parts: [this.#part(place, 'cond'), this.#part(place, isFirst ? 'a' : 'b')],
    };
  }

  #past(place: Place): Parts {
    const { vertex, arg, bar, block } = place;
    const source = vertex.node.args['x'];
    const port = findPort(block, 'bars');
    const back = this.#values.of(port && argumentOf(vertex.node, port), bar);
    const text = this.#plain(arg, bar);
    return this.#values.isOwnClock(source) && Number.isInteger(back) && back <= bar
      ? { needs: 'all', text, parts: [this.#part(place, 'x', bar - back)] }
      : { needs: 'alone', text, parts: this.#operands(vertex, block, place) };
  }

  #once(place: Place, isYes: boolean): Parts {
    const { vertex, arg, bar, block } = place;
    const text = this.#plain(arg, bar);
    const source = vertex.node.args['cond'];
    const isNow = this.#values.of(source, bar) === 1;
    if (!this.#values.isOwnClock(source)) return { needs: 'alone', text, parts: this.#operands(vertex, block, place) };
    if (!isYes && isNow && bar > 0)
      return {
        needs: 'all',
        text: `${text}: ${this.#values.label(source)} was true a bar before already`,
        parts: [this.#part(place, 'cond', bar - 1)],
      };
    const before = isYes && bar > 0 ? [this.#part(place, 'cond', bar - 1)] : [];
    return { needs: 'all', text, parts: [this.#part(place, 'cond'), ...before] };
  }

  /** On or off since the bar on which something was last set or reset. */
  #latch(place: Place, isYes: boolean): Parts {
    const { vertex, arg, bar, block } = place;
    const { set, reset } = vertex.node.args;
    const text = this.#plain(arg, bar);
    if (!this.#values.isOwnClock(arg)) return { needs: 'alone', text, parts: this.#operands(vertex, block, place) };
    const [wanted, port] = isYes ? [set, 'set'] : [reset, 'reset'];
    for (let at = bar; at >= 0; at -= 1)
      if (this.#values.of(wanted, at) === 1)
        return {
          needs: 'all',
          text: `${text}${at === bar ? '' : `, as since ${bar - at} bars`}`,
          parts: [this.#part(place, port, at)],
        };
    return { needs: 'alone', text: `${text}: ${this.#values.label(set)} has not been true yet`, parts: [] };
  }

  #relation(place: Place, implied: readonly Implied[]): Parts {
    const { vertex, block, bar, value } = place;
    const argOf = (port: string): Arg | undefined => this.#argument(vertex, block, port);
    return {
      needs: 'alone',
      text: describeRelations(this.#values, { vertex, block, bar, isYes: value === 1, implied, argOf }),
      parts: this.#operands(vertex, block, place),
    };
  }

  #number(place: Place): Parts {
    const { vertex, block, bar, arg, value } = place;
    const text = this.#plain(arg, bar);
    if (block.name === 'where') return this.#choice(place);
    if (block.name === 'past' && !Number.isNaN(value)) return this.#past(place);
    if (!Number.isNaN(value)) return { needs: 'alone', text, parts: [] };
    const missing = block.inputs
      .map(({ name }) => this.#argument(vertex, block, name))
      .filter((side) => isRef(side) && !this.#values.isCondition(side) && Number.isNaN(this.#values.of(side, bar)))
      .slice(0, 1);
    return {
      needs: 'alone',
      text: describeMissing(this.#values, {
        arg,
        bar,
        lookback: missing.length === 0 ? lookbackOf(block, vertex.node, this.#values.analysis.constants) : 0,
      }),
      parts: missing.map((side) => this.reason({ arg: side, owner: vertex.id, bar }, place.depth)),
    };
  }

  /** The values that a condition looks at. */
  #operands(vertex: Vertex, block: Block, { bar, depth }: Place): Reason[] {
    return block.inputs.flatMap(({ name, type }) => {
      const arg = this.#argument(vertex, block, name);
      return isRef(arg) && type !== 'feed' && type !== 'string'
        ? [this.reason({ arg, owner: vertex.id, bar }, depth)]
        : [];
    });
  }

  #argument({ node }: Vertex, block: Block, name: string): Arg | undefined {
    const port = findPort(block, name);
    return port && argumentOf(node, port);
  }

  #part({ vertex, block, bar, depth }: Place, port: string, at: number = bar): Reason {
    return this.reason({ arg: this.#argument(vertex, block, port), owner: vertex.id, bar: at }, depth);
  }

  #plain(arg: Arg | undefined, bar: number): string {
    const label = this.#values.label(arg);
    const shown = this.#values.shown(arg, bar);
    return this.#values.isCondition(arg) ? `${label} was ${shown}` : `${label} ${shown}`;
  }

  #fact(place: Place): string {
    const sides = place.block.inputs.flatMap(({ name, type }) => {
      const arg = this.#argument(place.vertex, place.block, name);
      return isRef(arg) && type.startsWith('series<') ? [this.#values.side(arg, place.bar)] : [];
    });
    return `${this.#plain(place.arg, place.bar)}${sides.length > 0 ? ` (${sides.join(', ')})` : ''}`;
  }
}

/** A node of the expanded formula at a bar. */
interface Place {
  readonly arg: Arg;
  readonly vertex: Vertex;
  readonly block: Block;
  readonly bar: number;
  readonly value: number;
  readonly depth: number;
}
