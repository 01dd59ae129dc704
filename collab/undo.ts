import { equalityDeep } from 'lib0/function';
import type * as Y from 'yjs';
import { createEmitter } from '#core/emitter/emitter.ts';
import type { NodeId } from '#core/formula/model/formula.ts';
import { deleteNodes, hiddenBy } from './deletion.ts';
import { isDeleted, nodeMap, rootsOf, sourceOf, splitArgKey, type Roots } from './document-roots.ts';
import { leaveAlone } from './inside.ts';
import { keepLiving } from './living.ts';
import { lastItem, observeRegisters, registerKey, slotOf, valueOf, type Register, type Written } from './register.ts';

/** What one gesture has made of one register. */
interface Change {
  readonly register: Register;
  /**
   * What is there without the gesture: the value before, or what a colleague wrote at the same moment and the gesture
   * has covered.
   */
  readonly before: unknown;
  readonly after: unknown;
  /** The clock of the item that was written first. */
  readonly clock: number | undefined;
}

type Step = ReadonlyMap<string, Change>;

/**
 * One person's undo: it takes back only transactions of `origin`, each a step of its own, and leaves what colleagues
 * have written since.
 *
 * The undo manager of Yjs deletes what the person wrote and then brings back what was there, which it gives up where a
 * colleague has written too (yjs issue 514): the register is empty then, for everybody. Here a step is an edit like any
 * other: each register that still says what the person wrote is set to what is there without the gesture. So a register
 * becomes empty only if it was empty before.
 */
export class Undo {
  readonly #doc: Y.Doc;
  readonly #roots: Roots;
  readonly #origin: unknown;
  readonly #changed = createEmitter<void>();
  readonly #unobserve: () => void;
  #done: Step[] = [];
  #undone: Step[] = [];
  #written: Written[] = [];
  #isJoining = false;
  /** Where the step goes that takes back the step which is being taken back. */
  #target: Step[] = [];

  constructor(doc: Y.Doc, origin: unknown) {
    this.#doc = doc;
    this.#roots = rootsOf(doc);
    this.#origin = origin;
    this.#unobserve = observeRegisters(this.#roots, (written, transaction) => this.#observe(written, transaction));
    doc.on('afterTransaction', this.#record);
  }

  canUndo(): boolean {
    return this.#done.length > 0;
  }

  canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** For `canUndo` and `canRedo`. */
  readonly subscribe = this.#changed.subscribe;

  /** Makes a change that is one step of undo with the change before, if `join` says so. */
  join(join: boolean, change: () => void): void {
    this.#isJoining = join;
    change();
    this.#isJoining = false;
  }

  /** Takes back the last step that still stands in the document. */
  undo(): void {
    this.#takeBack(this.#done, this.#undone);
  }

  redo(): void {
    this.#takeBack(this.#undone, this.#done);
  }

  destroy(): void {
    this.#unobserve();
    this.#doc.off('afterTransaction', this.#record);
    this.#changed.clear();
  }

  #observe(written: readonly Written[], transaction: Y.Transaction): void {
    if (transaction.origin === this.#origin || transaction.origin === this) this.#written.push(...written);
    else if (this.#done.length > 0) for (const { register } of written) this.#keepCovered(register, transaction);
  }

  readonly #record = ({ origin }: Y.Transaction): void => {
    const changes = this.#changes(this.#written.splice(0));
    if (changes.length === 0) return;
    if (origin === this) this.#target.push(stepOf(changes));
    else {
      this.#done.push(stepOf(changes, this.#isJoining ? this.#done.pop() : undefined));
      this.#undone = [];
    }
    this.#tell();
  };

  #changes(written: readonly Written[]): readonly Change[] {
    return written.map(({ register, before }) => {
      const slot = slotOf(this.#roots, register);
      return {
        register,
        before,
        after: slot?.map.get(slot.key),
        clock: slot ? lastItem(slot.map, slot.key)?.id.clock : undefined,
      };
    });
  }

  /**
   * A colleague wrote at the same moment, and what this person wrote stands: without that, the colleague's value would.
   */
  #keepCovered(register: Register, { beforeState }: Y.Transaction): void {
    const slot = slotOf(this.#roots, register);
    let item = slot ? (lastItem(slot.map, slot.key) ?? null) : null;
    let own: Y.Item | undefined;
    while (item?.id.client === this.#doc.clientID) [own, item] = [item, item.left];
    if (!own || !item || item.id.clock < (beforeState.get(item.id.client) ?? 0)) return;
    const covered = valueOf(item);
    if (covered === undefined) return;
    const key = registerKey(register);
    const clock = own.id.clock;
    this.#done = this.#done.map((step) => {
      const change = step.get(key);
      return change?.clock === clock ? new Map(step).set(key, { ...change, before: covered }) : step;
    });
  }

  #takeBack(from: Step[], to: Step[]): void {
    const before = to.length;
    keepLiving(this.#doc);
    this.#target = to;
    for (let step = from.pop(); step; step = from.pop()) {
      const changes = [...step.values()];
      this.#doc.transact(() => this.#write(changes.filter((change) => this.#stands(change))), this);
      if (to.length > before) break;
    }
    this.#tell();
  }

  /** Whether a register still says what this person wrote there last. */
  #stands({ register, after }: Change): boolean {
    const slot = slotOf(this.#roots, register);
    if (!slot || !isSame(register, slot.map.get(slot.key), after)) return false;
    return after === undefined || lastItem(slot.map, slot.key)?.id.client === this.#doc.clientID;
  }

  #write(changes: readonly Change[]): void {
    const ofDeletion = changes.filter(({ register: { field } }) => field === 'deleted');
    const going = new Set(ofDeletion.flatMap(({ register: { id }, before }) => (before === undefined ? [] : [id])));
    for (const { register, before } of ofDeletion)
      if (before === undefined) nodeMap(this.#roots.nodes, register.id)?.delete('deleted');
    for (const { register, before } of changes) {
      const node = nodeOf(register);
      // What is deleted stays as it was when it was deleted.
      if (register.field !== 'deleted' && (node === undefined || isAlive(this.#roots, node)))
        this.#set(register, before);
    }
    leaveAlone(
      this.#roots,
      deleteNodes(this.#roots, going, new Set(ofDeletion.flatMap(({ before }) => hiddenBy(before)))),
    );
  }

  #set(register: Register, value: unknown): void {
    const slot = slotOf(this.#roots, register);
    if (!slot || equalityDeep(slot.map.get(slot.key), value)) return;
    if (value === undefined) slot.map.delete(slot.key);
    else slot.map.set(slot.key, value);
    bringBack(this.#roots, value);
  }

  #tell(): void {
    this.#changed.emit();
  }
}

/** A node that is deleted once more is as deleted as before, whatever the deletion has seen. */
const isSame = ({ field }: Register, a: unknown, b: unknown): boolean =>
  field === 'deleted' ? (a === undefined) === (b === undefined) : equalityDeep(a, b);

function stepOf(changes: readonly Change[], earlier?: Step): Step {
  const step = new Map(earlier);
  for (const change of changes) {
    const key = registerKey(change.register);
    const known = step.get(key);
    step.set(key, known ? { ...known, after: change.after } : change);
  }
  return step;
}

/** The node that a register says something of. */
function nodeOf({ root, id }: Register): NodeId | undefined {
  if (root === 'meta' || root === 'frames' || root === 'notes') return undefined;
  return root === 'args' ? splitArgKey(id)[0] : id;
}

function isAlive({ nodes }: Roots, id: NodeId): boolean {
  const node = nodeMap(nodes, id);
  return node !== undefined && !isDeleted(node);
}

/**
 * A wire that is there again needs the node that it comes from, which a colleague may have deleted meanwhile: without
 * it, it says nothing.
 */
function bringBack(roots: Roots, value: unknown): void {
  const isGone = (id: NodeId): boolean => nodeMap(roots.nodes, id)?.has('deleted') === true;
  const source = sourceOf(value);
  if (source === undefined || !isGone(source)) return;
  const wiresInto = new Map<NodeId, NodeId[]>();
  for (const [key, arg] of roots.args.entries()) {
    const [user] = splitArgKey(key);
    const from = sourceOf(arg);
    if (from !== undefined) wiresInto.set(user, [...(wiresInto.get(user) ?? []), from]);
  }
  const back = new Set([source]);
  for (const id of back) {
    nodeMap(roots.nodes, id)?.delete('deleted');
    for (const from of wiresInto.get(id) ?? []) if (isGone(from)) back.add(from);
  }
}
