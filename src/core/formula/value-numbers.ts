import type { Block } from './block.ts';
import { isRef, type Arg } from './formula.ts';
import type { Graph, Vertex } from './graph.ts';
import { numberOf } from './literal.ts';

/** Two arguments with the same number have the same value at every bar. */
export type ValueNumber = number;

/** Gives equal values equal numbers: blocks are functions, so that one of the same arguments gives the same, wherever it stands. */
export class ValueNumbers {
  readonly #graph: Graph;
  readonly #numbers = new Map<string, ValueNumber>();
  readonly #ofVertices = new Map<Vertex, ValueNumber>();

  constructor(graph: Graph) {
    this.#graph = graph;
    for (const vertex of graph.sorted) if (vertex.block) this.#ofVertices.set(vertex, this.#vertex(vertex, vertex.block));
  }

  /** The number of what an argument gives. What is missing, and what is in a circle, is like nothing else. */
  of(arg: Arg | undefined): ValueNumber {
    if (arg === undefined) return this.#intern(`nothing ${this.#numbers.size}`);
    if (!isRef(arg)) return this.#intern(`literal ${String(numberOf(arg) ?? JSON.stringify(arg))}`);
    const vertex = this.#graph.find(arg.from);
    const number = vertex && this.#ofVertices.get(vertex);
    if (number === undefined) return this.#intern(`unknown ${arg.from}`);
    const outputs = vertex?.block?.outputs ?? [];
    return outputs.length <= 1 ? number : this.#intern(`${number}.${arg.output ?? outputs[0]?.name}`);
  }

  #vertex({ id, node }: Vertex, block: Block): ValueNumber {
    if (block.kind === 'value') return this.of(node.args['x']);
    if (block.kind === 'input' || block.kind === 'action') return this.#intern(`node ${id}`);
    let key = block.name;
    for (const port of block.inputs) key += ` ${this.of(node.args[port.name] ?? port.default)}`;
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
