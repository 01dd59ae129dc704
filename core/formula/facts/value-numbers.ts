import { argumentOf } from '../blocks/catalogue.ts';
import { numberOf } from '../language/literal.ts';
import type { Block } from '../model/block.ts';
import { isRef, type Arg, type Ref } from '../model/formula.ts';
import type { Graph, Vertex } from './graph.ts';

/** Two arguments with the same number have the same value at every bar. */
export type ValueNumber = number;

/**
 * Gives equal values equal numbers: blocks are functions, so that one of the same arguments gives the same, wherever it
 * stands. A value is numbered when it is first asked for, and with it what it is made of.
 */
export class ValueNumbers {
  readonly #graph: Graph;
  readonly #numbers = new Map<string, ValueNumber>();
  /** By the places of vertices. */
  readonly #ofVertices: (ValueNumber | undefined)[];

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#ofVertices = new Array<ValueNumber | undefined>(graph.vertices.length);
  }

  of(arg: Arg | undefined): ValueNumber {
    const vertex = isRef(arg) ? this.#graph.find(arg.from) : undefined;
    if (vertex && !this.#isNumbered(vertex)) this.#numberUpTo(vertex);
    return this.#known(arg);
  }

  /** Whether two arguments have the same value, mostly without numbering them. */
  areSame(a: Arg | undefined, b: Arg | undefined): boolean {
    if (a === undefined || b === undefined) return false;
    if (!isRef(a) || !isRef(b)) return this.of(a) === this.of(b);
    const [left, right] = [this.#graph.find(a.from), this.#graph.find(b.from)];
    const isNamed = left?.block?.kind === 'value' || right?.block?.kind === 'value';
    return (left?.block === right?.block || isNamed) && this.of(a) === this.of(b);
  }

  #isNumbered({ index }: Vertex): boolean {
    return this.#ofVertices[index] !== undefined;
  }

  #numberUpTo(start: Vertex): void {
    const stack = [start];
    const open = new Set<Vertex>();
    for (let vertex = stack.at(-1); vertex; vertex = stack.at(-1)) {
      const waiting =
        open.has(vertex) || this.#isNumbered(vertex)
          ? []
          : vertex.sources.filter((source) => !this.#isNumbered(source) && !open.has(source));
      open.add(vertex);
      stack.push(...waiting);
      if (waiting.length > 0) continue;
      if (!this.#isNumbered(vertex) && vertex.block)
        this.#ofVertices[vertex.index] = this.#vertex(vertex, vertex.block);
      stack.pop();
    }
  }

  /** What is missing is like nothing else, and so is what stands in a circle. */
  #known(arg: Arg | undefined): ValueNumber {
    if (arg === undefined) return this.#intern(`nothing ${this.#numbers.size}`);
    if (!isRef(arg)) return this.#intern(`literal ${String(numberOf(arg) ?? JSON.stringify(arg))}`);
    return this.#output(arg);
  }

  #output({ from, output }: Ref): ValueNumber {
    const vertex = this.#graph.find(from);
    const number = vertex && this.#ofVertices[vertex.index];
    if (number === undefined) return this.#intern(`unknown ${from}`);
    const outputs = vertex?.block?.outputs ?? [];
    return outputs.length <= 1 ? number : this.#intern(`${number}.${output ?? outputs[0]?.name}`);
  }

  #vertex({ id, node }: Vertex, block: Block): ValueNumber {
    if (block.kind === 'value') return this.#known(node.args['x']);
    if (block.kind === 'input' || block.kind === 'action') return this.#intern(`node ${id}`);
    let key = block.name;
    for (const port of block.inputs) key += ` ${this.#known(argumentOf(node, port))}`;
    return this.#intern(key);
  }

  #intern(key: string): ValueNumber {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const fresh = this.#numbers.size;
    this.#numbers.set(key, fresh);
    return fresh;
  }
}
