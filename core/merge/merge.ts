import { align, alignedIds, freshId, withIds } from '#core/diff/align.ts';
import {
  groupedEdits,
  nameIn,
  registerOf,
  writesSame,
  type EditGroup,
  type GroupedEdits,
} from '#core/diff/grouped-edits.ts';
import { applyEdits, editsBetween } from '#core/formula/change/apply-edits.ts';
import { print } from '#core/formula/language/print.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { isRef, nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { describeGroups, type Described } from './describe-groups.ts';
import { withoutLeftovers } from './leftovers.ts';
import { sameAsOurs } from './same-as-ours.ts';

/** What one side has changed since the base: the least that can be taken or left by itself. */
export interface MergeChange extends Described {
  /** The changes of the same side without which this one can't be, as places in their list. */
  readonly needs: readonly number[];
  /** The changes of the other side that exclude this one, as places in their list. */
  readonly conflicts: readonly number[];
  /** The other side has changed the same in the same way. */
  readonly isShared: boolean;
}

export interface Merge {
  readonly ours: readonly MergeChange[];
  readonly theirs: readonly MergeChange[];
  /** What comes of it when those of their changes are taken. */
  readonly take: (chosen: ReadonlySet<number>) => Merged;
}

export interface Merged {
  readonly formula: Formula;
  /** What makes that formula of ours. */
  readonly edits: readonly Edit[];
  /** Changes that were chosen and can't be taken, each with those that it needs and that were not chosen. */
  readonly missing: readonly { readonly change: number; readonly needs: readonly number[] }[];
  /** Our changes that gave way to theirs, with those that needed them. */
  readonly undone: readonly number[];
}

/**
 * A three-way merge: what has changed in `theirs` since `base`, to be taken into `ours`, change by change. Nodes are
 * the same by what `align` says. Takes any three formulas; time grows with their size, and with the number of
 * conflicts.
 */
export function merge(base: Formula, ours: Formula, theirs: Formula): Merge {
  const ids = alignedIds(base, ours);
  const left = withIds(ours, ids);
  const right = sameAsOurs(base, left, align(base, theirs));
  const [a, b] = [groupedEdits(base, left), groupedEdits(base, right)];
  const clashes = clashesOf([left, a], [right, b]);
  const sideOf = (own: readonly EditGroup[], other: readonly EditGroup[], described: readonly Described[]) => {
    const conflicts = own.map((): number[] => []);
    for (const [x, y] of clashes) {
      if (own === a.groups) conflicts[x]?.push(y);
      else conflicts[y]?.push(x);
    }
    const written = byRegister(other);
    return described.map((change, place) => ({
      ...change,
      needs: own[place]?.needs ?? [],
      conflicts: conflicts[place] ?? [],
      isShared: isAmong(own[place], written),
    }));
  };
  return {
    ours: sideOf(a.groups, b.groups, describeGroups(base, left, a)),
    theirs: sideOf(b.groups, a.groups, describeGroups(base, right, b)),
    take: (chosen) => {
      const missing = missingOf(b.groups, chosen);
      const unable = new Set(missing.map(({ change }) => change));
      const taken = new Set([...chosen].filter((place) => !unable.has(place)));
      if (taken.size === 0) return { formula: ours, edits: [], missing, undone: [] };
      const undone = dependents(a.groups, new Set(clashes.flatMap(([x, y]) => (taken.has(y) ? [x] : []))));
      const kept = new Set([...a.groups.keys()].filter((place) => !undone.has(place)));
      const edits = inOrder([left, editsOf(a, kept)], [right, editsOf(b, taken)]);
      const merged = withoutLeftovers(applyEdits(base, edits), base, [left, right]);
      const formula = withIds(merged, idsOfOurs(ours, merged, ids));
      return { formula, edits: editsBetween(ours, formula), missing, undone: [...undone] };
    },
  };
}

/** Gives what is ours the ids that it has there, and the rest such as ours has not. */
function idsOfOurs(ours: Formula, merged: Formula, aligned: ReadonlyMap<NodeId, NodeId>): ReadonlyMap<NodeId, NodeId> {
  const back = new Map([...aligned].map(([own, id]) => [id, own]));
  const taken = new Set<NodeId>();
  for (const id of Object.keys(merged.nodes)) {
    const isOther = !back.has(id) && aligned.has(id);
    if (isOther)
      back.set(
        id,
        freshId(
          id,
          (fresh) => taken.has(fresh) || nodeOf(ours, fresh) !== undefined || nodeOf(merged, fresh) !== undefined,
        ),
      );
    taken.add(back.get(id) ?? id);
  }
  return back;
}

/** The edits of some groups. What stood behind a statement that is left out stands where that one would have stood. */
function editsOf({ edits, groups }: GroupedEdits, places: ReadonlySet<number>): Edit[] {
  const kept = new Set(groups.flatMap((group, place) => (places.has(place) ? group.edits : [])));
  const before = new Map(
    edits.flatMap((edit) => (edit.type === 'addNode' && !kept.has(edit) ? [[edit.id, edit.after] as const] : [])),
  );
  return edits.flatMap((edit): Edit[] => {
    if (!kept.has(edit)) return [];
    if (edit.type !== 'addNode' && edit.type !== 'reorder') return [edit];
    let { after } = edit;
    while (typeof after === 'string' && before.has(after)) after = before.get(after);
    return [
      edit.type === 'reorder'
        ? { ...edit, after: after ?? null }
        : { ...edit, ...(after === undefined ? {} : { after }) },
    ];
  });
}

const byRegister = (groups: readonly EditGroup[]): ReadonlyMap<string, Edit> =>
  new Map(groups.flatMap(({ edits }) => edits.map((edit) => [registerOf(edit), edit] as const)));

/** Whether the other side writes all that a group writes, and the same. */
function isAmong(group: EditGroup | undefined, others: ReadonlyMap<string, Edit>): boolean {
  return (
    group?.edits.every((edit) => {
      const same = others.get(registerOf(edit));
      return same !== undefined && writesSame(edit, same);
    }) ?? false
  );
}

/** Chosen changes that need what is not chosen, or what can't be taken either. */
function missingOf(groups: readonly EditGroup[], chosen: ReadonlySet<number>): Merged['missing'] {
  const left = dependents(groups, new Set(groups.flatMap((_group, place) => (chosen.has(place) ? [] : [place]))));
  return [...chosen].flatMap((change) =>
    left.has(change) ? [{ change, needs: needed(groups, change).filter((place) => !chosen.has(place)) }] : [],
  );
}

/** Everything that a change can't be without. */
function needed(groups: readonly Pick<EditGroup, 'needs'>[], change: number): number[] {
  const found = new Set([change]);
  for (const place of found) for (const need of groups[place]?.needs ?? []) found.add(need);
  found.delete(change);
  return [...found];
}

/** These, and everything that can't be without them. */
function dependents(groups: readonly Pick<EditGroup, 'needs'>[], places: ReadonlySet<number>): Set<number> {
  const users = groups.map((): number[] => []);
  groups.forEach(({ needs }, place) => needs.forEach((need) => users[need]?.push(place)));
  const found = new Set(places);
  for (const place of found) for (const user of users[place] ?? []) found.add(user);
  return found;
}

/**
 * The edits of both: first what comes and where it stands, then blocks, then what goes, then the rest. The side whose
 * code comes first by the alphabet goes first, so that it makes no difference which of them is ours.
 */
function inOrder(one: readonly [Formula, readonly Edit[]], other: readonly [Formula, readonly Edit[]]): Edit[] {
  const sides = print(one[0]) <= print(other[0]) ? [one, other] : [other, one];
  const edits = sides.flatMap(([, own]) => own);
  return [0, 1, 2, 3].flatMap((phase) => edits.filter((edit) => phaseOf(edit) === phase));
}

function phaseOf({ type }: Edit): number {
  if (type === 'addNode' || type === 'reorder') return 0;
  if (type === 'setBlock') return 1;
  return type === 'removeNode' ? 2 : 3;
}

type SideOfMerge = readonly [formula: Formula, edits: GroupedEdits];

type Clash = readonly [ours: number, theirs: number];

/** Pairs of changes of the two sides that can't both be. */
function clashesOf([left, a]: SideOfMerge, [right, b]: SideOfMerge): readonly Clash[] {
  const found = new Map<string, Clash>();
  const ours = new Disturbed(left, a.groups);
  b.groups.forEach(({ edits }, place) => {
    for (const edit of edits) for (const other of ours.by(edit, right)) found.set(`${other} ${place}`, [other, place]);
  });
  return [...found.values()];
}

/** The edits of one side, by what could disturb them. */
class Disturbed {
  readonly #byRegister = new Map<string, { readonly edit: Edit; readonly place: number }>();
  /** Groups that say something of a node, or wire something to it. */
  readonly #about = new Map<NodeId, Set<number>>();
  readonly #args = new Map<NodeId, Set<number>>();
  readonly #named = new Map<string, { readonly id: NodeId; readonly place: number }>();

  constructor(formula: Formula, groups: readonly EditGroup[]) {
    groups.forEach(({ edits }, place) => {
      for (const edit of edits) {
        this.#byRegister.set(registerOf(edit), { edit, place });
        for (const id of concerned(edit)) add(this.#about, id, place);
        if (edit.type === 'setArg' || edit.type === 'clearArg') add(this.#args, edit.id, place);
        const name = nameGiven(formula, edit);
        if (name !== null) this.#named.set(name.name, { id: name.id, place });
      }
    });
  }

  /** The groups that exclude an edit of the other side, which leads to `formula`. */
  *by(edit: Edit, formula: Formula): Generator<number> {
    const same = this.#byRegister.get(registerOf(edit));
    const isSame = same !== undefined && writesSame(edit, same.edit);
    // Where a node lies on the canvas is not worth a question.
    if (same && !isSame && edit.type !== 'moveNode' && edit.type !== 'setBends') yield same.place;
    if (edit.type === 'removeNode' && !isSame) yield* this.#about.get(edit.id) ?? [];
    for (const id of concerned(edit)) {
      const gone = this.#byRegister.get(`node ${id}`);
      if (gone?.edit.type === 'removeNode') yield gone.place;
    }
    // An argument is meant for the block that it was given to.
    if (edit.type === 'setBlock' && !isSame) yield* this.#args.get(edit.id) ?? [];
    if ((edit.type === 'setArg' || edit.type === 'clearArg') && !isSame) {
      const block = this.#byRegister.get(`setBlock ${edit.id}`);
      if (block?.edit.type === 'setBlock' && nodeOf(formula, edit.id)?.block !== block.edit.block) yield block.place;
    }
    const name = nameGiven(formula, edit);
    const named = name === null ? undefined : this.#named.get(name.name);
    if (named && named.id !== name?.id) yield named.place;
  }
}

function nameGiven(formula: Formula, edit: Edit): { readonly id: NodeId; readonly name: string } | null {
  if (edit.type !== 'addNode' && !(edit.type === 'setName' && edit.name !== null)) return null;
  const node = nodeOf(formula, edit.id);
  return node?.name === undefined ? null : { id: edit.id, name: nameIn(formula, node) };
}

/** The nodes of the base that must be there for an edit to make sense. */
function concerned(edit: Edit): readonly NodeId[] {
  switch (edit.type) {
    case 'setArg':
      return isRef(edit.arg) ? [edit.id, edit.arg.from] : [edit.id];
    case 'clearArg':
    case 'setBlock':
    case 'setName':
    case 'setComment':
    case 'setFlag':
    case 'setWords':
    case 'reorder':
      return [edit.id];
    default:
      return [];
  }
}

function add<K>(map: Map<K, Set<number>>, key: K, place: number): void {
  const known = map.get(key);
  if (known) known.add(place);
  else map.set(key, new Set([place]));
}
