import { isBareName } from '#core/formula/blocks/catalogue.ts';
import { isAnnotationEdit } from '#core/formula/change/annotation-edits.ts';
import { editsBetween } from '#core/formula/change/apply-edits.ts';
import { scopeOf } from '#core/formula/language/functions.ts';
import { sameArg, sourcesOf, statementsOf } from '#core/formula/language/statements.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { isRef, nodeOf, type Formula, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';
import { changesOf } from './diff.ts';
import { sideOf } from './side.ts';

/** Edits that only make sense together: none of them can be taken without the others. */
export interface EditGroup {
  readonly edits: readonly Edit[];
  /** The places in the list of groups of those without which this one can't be taken. */
  readonly needs: readonly number[];
}

/** What an edit writes. Two edits of one register exclude each other. */
export function registerOf(edit: Edit): string {
  switch (edit.type) {
    case 'addNode':
    case 'removeNode':
      return `node ${edit.id}`;
    case 'setArg':
    case 'clearArg':
      return `arg ${edit.id} ${edit.port}`;
    case 'setFlag':
      return `${edit.flag} ${edit.id}`;
    case 'setEpilogue':
      return 'epilogue';
    case 'setBlock':
    case 'setName':
    case 'setComment':
    case 'setWords':
    case 'reorder':
    case 'moveNode':
    case 'setFrame':
    case 'setNote':
    case 'setBends':
      return `${edit.type} ${edit.id}`;
  }
}

/** Whether two edits of one register write the same. */
export function writesSame(a: Edit, b: Edit): boolean {
  if (a.type === 'setArg' && b.type === 'setArg') return sameArg(a.arg, b.arg);
  if (a.type === 'reorder' && b.type === 'reorder') return a.after === b.after;
  // Where a new node stands and lies says nothing of what it is.
  if (a.type === 'addNode' && b.type === 'addNode') return JSON.stringify(a.node) === JSON.stringify(b.node);
  return a.type === b.type && JSON.stringify(a) === JSON.stringify(b);
}

export interface GroupedEdits {
  /** All of them, in an order in which they can be applied. */
  readonly edits: readonly Edit[];
  readonly groups: readonly EditGroup[];
}

/**
 * What makes `b` of `a`, in groups that can be taken or left one by one. `b` has the ids of `a`. An argument that is
 * written inside a statement goes with all that it is made of; a new statement is one group, and what refers to it
 * needs it; a statement can go only with what refers to it. A price that comes is in each group that uses it; one that
 * goes is in none, as nothing says that it is there. Time grows with the size of both.
 */
export function groupedEdits(a: Formula, b: Formula): GroupedEdits {
  const all = [...editsBetween(a, b), ...clearedByRemoval(a, b)];
  const edits = all.filter((edit) => edit.type !== 'removeNode' || !isInlinePrice(a, edit.id));
  return { edits, groups: new Grouping(a, b, edits).run() };
}

/** An argument whose source goes is empty without an edit of its own. As an edit, it can be compared and left out. */
function clearedByRemoval(a: Formula, b: Formula): Edit[] {
  return Object.entries(b.nodes).flatMap(([id, node]) =>
    Object.entries(nodeOf(a, id)?.args ?? {}).flatMap(([port, arg]): Edit[] =>
      isRef(arg) && nodeOf(b, arg.from) === undefined && !Object.hasOwn(node.args, port)
        ? [{ type: 'clearArg', id, port }]
        : [],
    ),
  );
}

const isInlinePrice = (formula: Formula, id: NodeId): boolean => {
  const node = nodeOf(formula, id);
  return node !== undefined && isBareName(node.block) && !statementIds(formula).has(id);
};

const known = new WeakMap<Formula, ReadonlySet<NodeId>>();

function statementIds(formula: Formula): ReadonlySet<NodeId> {
  const found = known.get(formula) ?? new Set(statementsOf(formula).all);
  known.set(formula, found);
  return found;
}

class Grouping {
  readonly #a: Formula;
  readonly #b: Formula;
  readonly #edits: readonly Edit[];
  readonly #byRegister: ReadonlyMap<string, number>;
  /** A forest: each edit's parent, a root being its own. */
  readonly #parents: number[];

  constructor(a: Formula, b: Formula, edits: readonly Edit[]) {
    this.#a = a;
    this.#b = b;
    this.#edits = edits;
    this.#byRegister = new Map(edits.map((edit, index) => [registerOf(edit), index]));
    this.#parents = edits.map((_edit, index) => index);
  }

  run(): EditGroup[] {
    this.#joinNodes();
    this.#joinInside(this.#b, (id) => nodeOf(this.#a, id) === undefined);
    this.#joinInside(this.#a, (id) => nodeOf(this.#b, id) === undefined);
    this.#joinWhatIsSaidAtOnce();
    this.#joinMoves();
    const groups = new Map<number, Edit[]>();
    for (const [index, edit] of this.#edits.entries()) {
      if (edit.type === 'addNode' && isInlinePrice(this.#b, edit.id)) continue;
      const root = this.#rootOf(index);
      const members = groups.get(root);
      if (members) members.push(edit);
      else groups.set(root, [edit]);
    }
    for (const [root, price] of this.#pricesUsed()) groups.get(root)?.unshift(price);
    const places = new Map([...groups.keys()].map((root, place) => [root, place]));
    const needs = [...groups.keys()].map(() => new Set<number>());
    for (const [index, needed] of this.#needed()) {
      const [from, to] = [places.get(this.#rootOf(index)), places.get(this.#rootOf(needed))];
      if (from !== undefined && to !== undefined && from !== to) needs[from]?.add(to);
    }
    return [...groups.values()].map((edits, place) => ({ edits, needs: [...(needs[place] ?? [])] }));
  }

  #rootOf(index: number): number {
    let root = index;
    for (let parent = this.#parents[root]; parent !== undefined && parent !== root; parent = this.#parents[root])
      root = parent;
    this.#parents[index] = root;
    return root;
  }

  #join(one: number | undefined, other: number | undefined): void {
    if (one === undefined || other === undefined) return;
    // The earlier edit is the root, so that groups stand in the order of the edits.
    const [first, second] = [this.#rootOf(one), this.#rootOf(other)].sort((x, y) => x - y);
    if (first !== undefined && second !== undefined) this.#parents[second] = first;
  }

  #at(register: string): number | undefined {
    return this.#byRegister.get(register);
  }

  /** All of a new node; a block that changes, and arguments that change with it, with the names they have. */
  #joinNodes(): void {
    for (const [index, edit] of this.#edits.entries()) {
      if (!('id' in edit) || isAnnotationEdit(edit)) continue;
      this.#join(index, edit.type === 'addNode' ? undefined : this.#newNode(edit.id));
      if (edit.type === 'setArg' || edit.type === 'clearArg') {
        this.#join(index, this.#at(`setBlock ${edit.id}`));
        this.#join(index, this.#at(`setWords ${edit.id}`));
      }
      if (edit.type === 'setWords') this.#join(index, this.#at(`setBlock ${edit.id}`));
    }
  }

  #newNode(id: NodeId): number | undefined {
    return nodeOf(this.#a, id) === undefined ? this.#at(`node ${id}`) : undefined;
  }

  /** What comes or goes inside a statement belongs to the argument that it is, or is part of. */
  #joinInside(formula: Formula, isConcerned: (id: NodeId) => boolean): void {
    for (const { user, port, source } of wiresOf(formula))
      if (isConcerned(source) && !statementIds(formula).has(source) && !isInlinePrice(formula, source))
        this.#join(this.#at(`node ${source}`), this.#writer(user, port));
  }

  /** The edit that sets or empties an argument, or takes its node away. */
  #writer(user: NodeId, port: string): number | undefined {
    return this.#at(`arg ${user} ${port}`) ?? this.#at(`node ${user}`);
  }

  /** `a > 3 and b → c > 4`: where people are told of an expression as a whole, it is one change. */
  #joinWhatIsSaidAtOnce(): void {
    for (const change of changesOf(sideOf(this.#a), sideOf(this.#b), this.#edits)) {
      const last = 'path' in change ? change.path.at(-1) : undefined;
      if (!last || last.port !== undefined) continue;
      const parts = new Set([...insideOf(this.#a, last.id), ...insideOf(this.#b, last.id)]);
      const own = this.#edits.flatMap((edit, index) =>
        'id' in edit && parts.has(edit.id) && MEANINGFUL.has(edit.type) ? [index] : [],
      );
      for (const index of own) this.#join(own[0], index);
    }
  }

  /** What is only moved on the canvas is one change. */
  #joinMoves(): void {
    const moves = this.#edits.flatMap(({ type }, index) => (type === 'moveNode' ? [index] : []));
    for (const move of moves) this.#join(moves[0], move);
  }

  /** New prices, each with the roots of the groups that use it. */
  *#pricesUsed(): Generator<readonly [root: number, price: Edit]> {
    for (const { user, port, source } of wiresOf(this.#b)) {
      const price = this.#newNode(source);
      const [edit, writer] = [this.#edits[price ?? -1], this.#writer(user, port)];
      if (edit && writer !== undefined && isInlinePrice(this.#b, source)) yield [this.#rootOf(writer), edit];
    }
  }

  /** Pairs of edits, the first of which can't be without the second. */
  *#needed(): Generator<readonly [number, number]> {
    for (const [index, edit] of this.#edits.entries()) {
      if (edit.type !== 'setArg' || !isRef(edit.arg)) continue;
      const added = this.#newNode(edit.arg.from);
      if (added !== undefined) yield [index, added];
    }
    for (const { user, port, source } of wiresOf(this.#a)) {
      const removed = nodeOf(this.#b, source) === undefined ? this.#at(`node ${source}`) : undefined;
      const writer = removed === undefined ? undefined : this.#writer(user, port);
      if (removed !== undefined && writer !== undefined) yield [removed, writer];
    }
    yield* this.#freedNames();
  }

  /** A name is free only when the statement that had it is gone, or is called otherwise. */
  *#freedNames(): Generator<readonly [number, number]> {
    const owners = new Map(
      Object.entries(this.#a.nodes).flatMap(([id, node]) =>
        node.name === undefined ? [] : [[nameIn(this.#a, node), id] as const],
      ),
    );
    for (const [id, node] of Object.entries(this.#b.nodes)) {
      const owner = node.name === undefined ? undefined : owners.get(nameIn(this.#b, node));
      if (owner === undefined || owner === id) continue;
      const taker = this.#newNode(id) ?? this.#at(`setName ${id}`);
      const giver = this.#at(`setName ${owner}`) ?? this.#at(`node ${owner}`);
      if (taker !== undefined && giver !== undefined) yield [taker, giver];
    }
  }
}

/** Edits that change what an expression says. */
const MEANINGFUL: ReadonlySet<Edit['type']> = new Set(['addNode', 'removeNode', 'setBlock', 'setArg', 'clearArg']);

/** A node and all that is written inside it. */
function insideOf(formula: Formula, root: NodeId): NodeId[] {
  const found = [root];
  for (const id of found) {
    const node = nodeOf(formula, id);
    for (const source of node ? sourcesOf(node) : [])
      if (!statementIds(formula).has(source) && !isInlinePrice(formula, source)) found.push(source);
  }
  return found;
}

/** A statement's name with the function that it is part of. */
export const nameIn = (formula: Formula, node: FormulaNode): string =>
  `${scopeOf(formula, node) ?? ''} ${node.block === 'result' ? 'result ' : ''}${node.name ?? ''}`;

interface Wire {
  readonly user: NodeId;
  readonly port: string;
  readonly source: NodeId;
}

function* wiresOf(formula: Formula): Generator<Wire> {
  for (const [user, node] of Object.entries(formula.nodes))
    for (const [port, arg] of Object.entries(node.args)) if (isRef(arg)) yield { user, port, source: arg.from };
}
