import { dataflowOrder } from '../facts/dataflow-order.ts';
import { sameArg } from '../language/statements.ts';
import { isRef, nodeOf, type Formula, type NodeId } from '../model/formula.ts';
import {
  blockIn,
  blockOf,
  functionsIn,
  inside,
  isInside,
  named,
  nameIn,
  pricesOf,
  sideOf,
  type Key,
  type Side,
} from './side.ts';

/**
 * Which nodes of `parsed` are which of `previous`: functions by name, then by their code; statements by name, then by
 * what they say, then actions and results by their order; nodes inside them by what they say, then by their place. What
 * a statement says names others by which they are, so that a renamed one does not change what is said of it. A node of
 * a function is only a node of the same function. `isBeside`: others edit `previous` at the same moment, so that a node
 * is only what one person could have meant by it.
 */
export const matchNodes = (previous: Formula, parsed: Formula, isBeside: boolean): Matches =>
  new Matching(previous, parsed, isBeside).run();

export interface Matches {
  /** Parsed id → id in `previous`. */
  readonly ids: Map<NodeId, NodeId>;
  /** Statements of `parsed` that say what they said in `previous`, and the nodes inside them. */
  readonly unchanged: ReadonlySet<NodeId>;
  readonly before: Side;
}

class Matching {
  readonly #before: Side;
  readonly #now: Side;
  readonly #isBeside: boolean;
  /** Parsed id → id in `previous`. */
  readonly #ids = new Map<NodeId, NodeId>();
  readonly #taken = new Set<NodeId>();

  constructor(previous: Formula, parsed: Formula, isBeside: boolean) {
    this.#isBeside = isBeside;
    this.#before = sideOf(previous, (id) => `#${id}`);
    this.#now = sideOf(parsed, (id) => this.#identity(id));
  }

  /** A statement that has no match is like no other. */
  #identity(id: NodeId): string {
    const known = this.#ids.get(id);
    return known === undefined ? `?${id}` : `#${known}`;
  }

  run(): Matches {
    const [before, now] = [this.#before, this.#now];
    this.#matchFunctions();
    const [namedBefore, namedNow] = [named(before), named(now)];
    this.#matchBy(
      namedBefore,
      namedNow,
      (id) => nameIn(before, id),
      (id) => nameIn(now, id),
    );
    // Sources first, so that they are known in what is said of them.
    const rank = new Map(dataflowOrder(now.formula).order.map((id, index) => [id, index]));
    this.#matchBy(
      namedBefore,
      [...namedNow].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0)),
      before.says,
      now.says,
    );
    this.#matchActions(before.says, now.says);
    this.#matchActions(blockIn(before), blockIn(now));
    // From here on all statements are known; what was said of them while some were not is said anew.
    const { says } = sideOf(now.formula, (id) => this.#identity(id));
    const unchanged = new Set<NodeId>();
    for (const id of now.statements) this.#matchInside(id, says, unchanged);
    this.#matchBy(pricesOf(before.formula), pricesOf(now.formula), blockOf(before.formula), blockOf(now.formula));
    // What has been given a name, or has lost it, is still the same.
    this.#matchBy(Object.keys(before.formula.nodes), Object.keys(now.formula.nodes), before.says, says);
    return { ids: this.#ids, unchanged, before };
  }

  /** First, since it is by its function that a node within one is known. */
  #matchFunctions(): void {
    const [before, now] = [this.#before, this.#now];
    const [functionsBefore, functionsNow] = [functionsIn(before), functionsIn(now)];
    const nameOf =
      ({ names }: Side): Key =>
      (id) =>
        names.get(id);
    this.#matchBy(functionsBefore, functionsNow, nameOf(before), nameOf(now));
    this.#matchBy(functionsBefore, functionsNow, before.says, now.says);
  }

  /**
   * Actions have no name by which they could be known, nor has the only result of a function. Those of a key that only
   * one has go first; of several that say the same, each is the one that stands between the same neighbours, so that
   * the others need not move.
   */
  #matchActions(keyBefore: Key, keyNow: Key): void {
    const place = new Map(this.#before.statements.map((id, index) => [id, index]));
    const free = (side: Side, isTaken: (id: NodeId) => boolean) =>
      side.statements.filter((id) => !side.names.has(id) && !isTaken(id));
    // Backwards: the next one is the last of its list.
    const waiting = grouped(free(this.#before, (id) => this.#taken.has(id)).reverse(), keyBefore);
    const asking = grouped(
      free(this.#now, (id) => this.#ids.has(id)),
      keyNow,
    );
    for (const [key, [only, ...others]] of asking) {
      const [candidate, ...more] = waiting.get(key) ?? [];
      if (only !== undefined && candidate !== undefined && others.length === 0 && more.length === 0)
        this.#match(only, candidate);
    }
    let last = -1;
    for (const id of this.#now.statements) {
      if (!this.#ids.has(id) && !this.#now.names.has(id)) {
        const candidates = waiting.get(keyNow(id) ?? '') ?? [];
        while (candidates.length > 0 && this.#taken.has(candidates.at(-1) ?? '')) candidates.pop();
        const isFree = (candidate: NodeId) => !this.#taken.has(candidate);
        const match =
          candidates.findLast((candidate) => isFree(candidate) && (place.get(candidate) ?? 0) > last) ??
          candidates.findLast(isFree);
        if (match !== undefined) this.#match(id, match);
      }
      last = place.get(this.#ids.get(id) ?? '') ?? last;
    }
  }

  #match(now: NodeId, before: NodeId): void {
    this.#ids.set(now, before);
    this.#taken.add(before);
  }

  /** Pairs those whose key is equal, in their order. */
  #matchBy(before: readonly NodeId[], now: readonly NodeId[], keyBefore: Key, keyNow: Key): void {
    const waiting = grouped(
      before.filter((id) => !this.#taken.has(id)),
      keyBefore,
    );
    const next = new Map<string, number>();
    for (const id of now) {
      const key = this.#ids.has(id) ? undefined : keyNow(id);
      if (key === undefined) continue;
      const place = next.get(key) ?? 0;
      const match = waiting.get(key)?.[place];
      if (match === undefined) continue;
      next.set(key, place + 1);
      this.#match(id, match);
    }
  }

  /**
   * Nodes written inside a statement: those that say the same, wherever they stand in it; then those at the same place.
   */
  #matchInside(statement: NodeId, says: (id: NodeId) => string, unchanged: Set<NodeId>): void {
    const before = this.#ids.get(statement);
    if (before === undefined) return;
    const innerNow = inside(this.#now, statement);
    // Where all of it says the same, so do its places.
    if (this.#before.says(before) === says(statement)) for (const id of [statement, ...innerNow]) unchanged.add(id);
    else this.#matchBy(inside(this.#before, before), innerNow, this.#before.says, says);
    this.#matchPlaces(statement, before, says);
  }

  /**
   * Whether a node inside of a statement is the one that stood at its place: it has the same block, or another block
   * with the same arguments. To whoever edits beside others, a node with both anew is another node. The block and each
   * argument are registers of their own: a colleague who changes an argument of the old node at the same moment would
   * get half of each (`a or c > 1` of `a and c > 1` and `a or b > 2`).
   */
  #isChangeOf(now: NodeId, before: NodeId, says: (id: NodeId) => string): boolean {
    const [node, old] = [nodeOf(this.#now.formula, now), nodeOf(this.#before.formula, before)];
    if (!this.#isBeside || node?.block === old?.block) return true;
    return Object.entries(node?.args ?? {}).every(([port, arg]) => {
      const was = old?.args[port];
      if (was === undefined || !isRef(arg) || !isRef(was)) return was === undefined || sameArg(arg, was);
      if (arg.output !== was.output) return false;
      return this.#ids.get(arg.from) === was.from || says(arg.from) === this.#before.says(was.from);
    });
  }

  #matchPlaces(statement: NodeId, counterpart: NodeId, says: (id: NodeId) => string): void {
    const open: [now: NodeId, before: NodeId][] = [[statement, counterpart]];
    for (let pair = open.pop(); pair; pair = open.pop()) {
      const [now, before] = pair;
      const old = nodeOf(this.#before.formula, before)?.args ?? {};
      for (const [port, arg] of Object.entries(nodeOf(this.#now.formula, now)?.args ?? {})) {
        const was = old[port];
        if (!isRef(arg) || !isRef(was) || !isInside(this.#now, arg.from) || !isInside(this.#before, was.from)) continue;
        if (!this.#ids.has(arg.from) && !this.#taken.has(was.from) && this.#isChangeOf(arg.from, was.from, says))
          this.#match(arg.from, was.from);
        if (this.#ids.get(arg.from) === was.from) open.push([arg.from, was.from]);
      }
    }
  }
}

function grouped(ids: readonly NodeId[], keyOf: Key): Map<string, NodeId[]> {
  const groups = new Map<string, NodeId[]>();
  for (const id of ids) {
    const key = keyOf(id);
    const known = key === undefined ? undefined : groups.get(key);
    if (known) known.push(id);
    else if (key !== undefined) groups.set(key, [id]);
  }
  return groups;
}
