import { createEmitter } from '#core/emitter/emitter.ts';
import type { Span } from '#core/engine/figures/benchmark.ts';
import type { NodeId } from '#core/formula/model/formula.ts';
import type { Spark } from './spark.ts';

/**
 * Small pictures of the nodes that are on screen: those that begin to be shown within one turn of the page are asked
 * for in one question.
 */
export class Sparks {
  readonly #ask: (nodes: readonly NodeId[], span: Span | null) => void;
  readonly #changed = createEmitter<void>();
  /** How many places show a node. */
  readonly #shown = new Map<NodeId, number>();
  #known: ReadonlyMap<NodeId, Spark> = new Map();
  #span: Span | null = null;
  #isAsking = false;

  constructor(ask: (nodes: readonly NodeId[], span: Span | null) => void) {
    this.#ask = ask;
  }

  readonly subscribe = this.#changed.subscribe;
  readonly read = (node: NodeId): Spark | undefined => this.#known.get(node);

  /** Keeps a node's picture up to date until the returned function is called. */
  readonly show = (node: NodeId): (() => void) => {
    this.#shown.set(node, (this.#shown.get(node) ?? 0) + 1);
    if (!this.#known.has(node)) this.askAgain();
    return () => {
      const left = (this.#shown.get(node) ?? 1) - 1;
      if (left > 0) this.#shown.set(node, left);
      else this.#shown.delete(node);
    };
  };

  /** The bars that the pictures are of; null for all. */
  over(span: Span | null): void {
    if (span?.from === this.#span?.from && span?.to === this.#span?.to) return;
    this.#span = span;
    this.askAgain();
  }

  askAgain(): void {
    if (this.#isAsking || this.#shown.size === 0) return;
    this.#isAsking = true;
    queueMicrotask(() => {
      this.#isAsking = false;
      if (this.#shown.size > 0) this.#ask([...this.#shown.keys()], this.#span);
    });
  }

  take(sparks: ReadonlyMap<NodeId, Spark>): void {
    this.#known = sparks;
    this.#changed.emit();
  }

  close(): void {
    this.#shown.clear();
    this.#changed.clear();
  }
}
