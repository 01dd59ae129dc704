import { err, ok, type Result } from '#core/result/result.ts';
import { FreeNames } from '../language/free-names.ts';
import { CALLEE, isFunctionBlock, isShared, SCOPE, scopeOf } from '../language/functions.ts';
import { isAction, statementsOf } from '../language/statements.ts';
import type { Edit } from '../model/edit.ts';
import { isRef, nodeOf, type Arg, type Formula, type FormulaNode, type NodeId, type Ref } from '../model/formula.ts';

/** A function that was made, and the call that stands for what was selected. */
export interface Extracted {
  readonly fn: NodeId;
  readonly call: NodeId;
  readonly edits: readonly Edit[];
}

interface Names {
  /** What the function is called. */
  readonly name: string;
  readonly newId: () => NodeId;
}

/**
 * Makes a function of some nodes, with what lies between them, and a call in their place: the formula gives the same
 * bits. Prices and inputs of the strategy stay outside. An error says why that can't be.
 */
export function extractFunction(
  formula: Formula,
  selected: ReadonlySet<NodeId>,
  names: Names,
): Result<Extracted, string> {
  const chosen = partsOf(formula, selected);
  return chosen.ok ? ok(new Extracting(formula, chosen.value, names).run()) : chosen;
}

/** A feed is given to a function: what a function gives is a value. */
const isLeftOut = (node: FormulaNode): boolean => isShared(node) || node.block === 'feed';

function partsOf(formula: Formula, selected: ReadonlySet<NodeId>): Result<ReadonlySet<NodeId>, string> {
  const nodes = [...selected].flatMap((id) => {
    const node = nodeOf(formula, id);
    return node && !isLeftOut(node) ? [{ id, node }] : [];
  });
  const [first] = nodes;
  if (!first) return err('Select blocks that compute something: prices and inputs are known in every function.');
  const scope = scopeOf(formula, first.node);
  const refused = nodes.find(
    ({ node }) =>
      isAction(node) || (isFunctionBlock(node.block) && node.block !== 'call') || scopeOf(formula, node) !== scope,
  );
  if (refused)
    return err(
      `\`${refused.node.name ?? refused.node.block}\` can't be part of a function: leave it out of the selection.`,
    );
  const parts = new Set(nodes.map(({ id }) => id));
  for (const id of between(formula, parts)) {
    const node = nodeOf(formula, id);
    if (!node || isLeftOut(node)) continue;
    if (isAction(node) || (isFunctionBlock(node.block) && node.block !== 'call'))
      return err(`\`${node.name ?? node.block}\` lies between what is selected, and can't be part of a function.`);
    parts.add(id);
  }
  return ok(parts);
}

/** What depends on some of the nodes and leads to others. */
function between(formula: Formula, parts: ReadonlySet<NodeId>): readonly NodeId[] {
  const users = new Map<NodeId, NodeId[]>();
  const sources = new Map<NodeId, NodeId[]>();
  for (const [id, { args }] of Object.entries(formula.nodes))
    for (const [port, arg] of Object.entries(args))
      if (isRef(arg) && port !== SCOPE && port !== CALLEE) {
        users.set(arg.from, [...(users.get(arg.from) ?? []), id]);
        sources.set(id, [...(sources.get(id) ?? []), arg.from]);
      }
  const reach = (next: ReadonlyMap<NodeId, readonly NodeId[]>): ReadonlySet<NodeId> => {
    const found = new Set(parts);
    for (const id of found) for (const other of next.get(id) ?? []) found.add(other);
    return found;
  };
  const behind = reach(sources);
  return [...reach(users)].filter((id) => behind.has(id) && !parts.has(id));
}

class Extracting {
  readonly #formula: Formula;
  readonly #parts: ReadonlySet<NodeId>;
  readonly #names: Names;
  readonly #fn: NodeId;
  readonly #call: NodeId;
  readonly #free: FreeNames;
  readonly #taken: Set<string>;
  readonly #edits: Edit[] = [];
  /** Parameters by the wire that they stand for. */
  readonly #params = new Map<string, { readonly id: NodeId; readonly name: string; readonly arg: Ref }>();
  readonly #results = new Map<string, { readonly name: string; readonly ref: Ref }>();

  constructor(formula: Formula, parts: ReadonlySet<NodeId>, names: Names) {
    this.#formula = formula;
    this.#parts = parts;
    this.#names = names;
    [this.#fn, this.#call] = [names.newId(), names.newId()];
    this.#taken = new Set(Object.values(formula.nodes).flatMap(({ name }) => name ?? []));
    this.#taken.add(names.name);
    this.#free = new FreeNames(this.#taken);
  }

  run(): Extracted {
    const body = this.#body();
    const users = this.#users();
    const order = Object.keys(this.#formula.nodes);
    const last = order.findLast((id) => this.#parts.has(id)) ?? null;
    const [only] = this.#results.values();
    const single =
      this.#results.size === 1 && only && only.ref.output === undefined
        ? nodeOf(this.#formula, only.ref.from)
        : undefined;
    const scope = scopeOf(this.#formula, nodeOf(this.#formula, [...this.#parts][0] ?? '') ?? { block: '', args: {} });
    this.#add(this.#fn, { block: 'fn', name: this.#names.name, args: {} }, this.#above());
    let after = this.#fn;
    for (const { id, name } of this.#params.values()) {
      this.#add(id, { block: 'param', name, args: { [SCOPE]: { from: this.#fn } } }, after);
      after = id;
    }
    this.#edits.push(...body);
    const callName = single ? single.name : this.#results.size > 1 ? this.#free.take(this.#names.name) : undefined;
    // The name goes with the value: within the function nothing needs it.
    if (single?.name !== undefined && only && !this.#isUsedInside(only.ref.from))
      this.#edits.push({ type: 'setName', id: only.ref.from, name: null });
    let below = last;
    for (const { name, ref } of this.#results.values()) {
      const id = this.#names.newId();
      const named = this.#results.size > 1 ? { name } : {};
      this.#add(id, { block: 'result', ...named, args: { [SCOPE]: { from: this.#fn }, x: ref } }, below);
      below = id;
    }
    const args: Record<string, Arg> = { [CALLEE]: { from: this.#fn } };
    if (scope !== undefined) args[SCOPE] = { from: scope };
    for (const { name, arg } of this.#params.values()) args[name] = arg;
    this.#add(this.#call, { block: 'call', ...(callName === undefined ? {} : { name: callName }), args }, below);
    this.#edits.push(...users);
    return { fn: this.#fn, call: this.#call, edits: this.#edits };
  }

  #add(id: NodeId, node: FormulaNode, after: NodeId | null): void {
    const at = id === this.#call ? this.#middle() : undefined;
    this.#edits.push({ type: 'addNode', id, node, after, ...(at ? { at } : {}) });
  }

  #middle(): { readonly x: number; readonly y: number } | undefined {
    const points = [...this.#parts].flatMap((id) => this.#formula.layout?.[id] ?? []);
    if (points.length === 0) return undefined;
    const mean = (of: (point: { readonly x: number; readonly y: number }) => number): number =>
      Math.round(points.reduce((sum, point) => sum + of(point), 0) / points.length);
    return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
  }

  /** Functions stand behind the inputs and the other functions. */
  #above(): NodeId | null {
    const { all } = statementsOf(this.#formula);
    return (
      all.findLast((id) => {
        const node = nodeOf(this.#formula, id);
        return (
          node &&
          (node.block === 'input' || node.block === 'fn' || scopeOf(this.#formula, node) !== undefined) &&
          !this.#parts.has(id)
        );
      }) ?? null
    );
  }

  #body(): readonly Edit[] {
    return [...this.#parts].flatMap((id): Edit[] => [
      { type: 'setArg', id, port: SCOPE, arg: { from: this.#fn } },
      ...Object.entries(nodeOf(this.#formula, id)?.args ?? {}).flatMap(([port, arg]): Edit[] => {
        if (!isRef(arg) || port === SCOPE || port === CALLEE || this.#parts.has(arg.from)) return [];
        const source = nodeOf(this.#formula, arg.from);
        return !source || isShared(source)
          ? []
          : [{ type: 'setArg', id, port, arg: { from: this.#param(arg, source) } }];
      }),
    ]);
  }

  #param(arg: Ref, source: FormulaNode): NodeId {
    const key = `${arg.from} ${arg.output ?? ''}`;
    const known = this.#params.get(key);
    if (known) return known.id;
    const param = { id: this.#names.newId(), name: this.#free.take(arg.output ?? source.name ?? source.block), arg };
    this.#params.set(key, param);
    return param.id;
  }

  /** What is outside and reads the nodes reads the call. */
  #users(): readonly Edit[] {
    const uses = Object.entries(this.#formula.nodes).flatMap(([id, { args }]) =>
      this.#parts.has(id)
        ? []
        : Object.entries(args).flatMap(([port, arg]) =>
            isRef(arg) && this.#parts.has(arg.from) ? [{ id, port, arg }] : [],
          ),
    );
    const keys = uses.map(({ arg }) => this.#result(arg));
    if (uses.length === 0) for (const id of this.#parts) if (!this.#isUsedInside(id)) this.#result({ from: id });
    return uses.map(({ id, port }, index) => {
      const output = this.#results.size > 1 ? this.#results.get(keys[index] ?? '')?.name : undefined;
      return { type: 'setArg', id, port, arg: { from: this.#call, ...(output === undefined ? {} : { output }) } };
    });
  }

  #result(ref: Ref): string {
    const key = `${ref.from} ${ref.output ?? ''}`;
    const node = nodeOf(this.#formula, ref.from);
    if (!this.#results.has(key))
      this.#results.set(key, { name: this.#free.take(ref.output ?? node?.name ?? node?.block ?? ''), ref });
    return key;
  }

  #isUsedInside(id: NodeId): boolean {
    return [...this.#parts].some((part) =>
      Object.values(nodeOf(this.#formula, part)?.args ?? {}).some((arg) => isRef(arg) && arg.from === id),
    );
  }
}
