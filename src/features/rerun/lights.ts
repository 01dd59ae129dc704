import { createEmitter } from '#core/emitter/emitter.ts';
import type { NodeId } from '#core/formula/model/formula.ts';
import type { Light } from '#core/formula/why/reason.ts';

/** Which nodes are on the path to the decision that is explained; `off`: those that are not. */
export class Lights {
  readonly #changed = createEmitter<void>();
  #lit: ReadonlyMap<NodeId, Light> | null = null;

  readonly subscribe = this.#changed.subscribe;
  readonly read = (node: NodeId): Light | 'off' | undefined =>
    this.#lit === null ? undefined : (this.#lit.get(node) ?? 'off');

  /** Null: nothing is explained. */
  show(lit: ReadonlyMap<NodeId, Light> | null): void {
    if (lit === this.#lit) return;
    this.#lit = lit;
    this.#changed.emit();
  }

  close(): void {
    this.#changed.clear();
  }
}
