import * as Y from 'yjs';
import { BOUNDS } from '#collab/bounds.ts';
import { MEANING_ROOTS } from '#collab/layout.ts';
import { piecesIn } from '#collab/rebase.ts';

export type Outcome = 'fine' | 'incomplete' | 'circular' | 'foreign' | 'deep' | 'tangled' | 'nodes' | 'pieces';

type Decoded = ReturnType<typeof Y.decodeUpdate>;
type Struct = Decoded['structs'][number];

const ROOTS: ReadonlySet<string> = new Set(MEANING_ROOTS);

/** What one conflict is charged for each change that Yjs looks at: it keeps two sets meanwhile. */
const LOOK = 16;
/** A piece that is cut in two moves those behind it, so many for the price of one step. */
const MOVED = 8;

/** The changes of one key of a map. */
interface Register {
  /** The maps that it is in, one in the other. */
  readonly depth: number;
  /** How many changes there are. Those of the document are counted when that is asked for. */
  length: number;
  counted: Y.Item | null;
}

/** The map that a register is in: of the document, or made by an item of the update. */
type Owner = MapType | Y.Item;

/** What Yjs knows of a map, whichever values it holds. */
type MapType = Pick<Y.Map<unknown>, '_map' | '_item'>;

interface Block {
  readonly client: number;
  readonly structs: Struct[];
  next: number;
}

/**
 * Tries out what Yjs would do with an update, without doing any of it: whether each change finds what it builds on, how deep it lies, and how many
 * others Yjs would look at to find its place. Goes through the update once, in the order in which Yjs can apply it.
 */
export class Trial {
  readonly #doc: Y.Doc;
  readonly #update: Decoded;
  readonly #known: (client: number) => number;
  readonly #blocks = new Map<number, Block>();
  readonly #state = new Map<number, number>();
  readonly #registers = new Map<Owner, Map<string, Register>>();
  readonly #registerOf = new Map<Y.Item, Register | null>();
  readonly #depths = new Map<Y.Item, number>();
  /** Changes that something builds on already, as `client:clock`. */
  readonly #parents = new Set<string>();
  readonly #nodes: Y.Map<unknown>;
  #freshNodes = 0;
  #freshPieces = 0;
  #steps = 0;
  #foreign = '';

  /** `known`: how far each client's changes reach, with those of the update. */
  constructor(doc: Y.Doc, update: Decoded, known: (client: number) => number) {
    this.#doc = doc;
    this.#update = update;
    this.#known = known;
    this.#nodes = doc.getMap('nodes');
    for (const struct of update.structs) {
      const { client } = struct.id;
      const block = this.#blocks.get(client);
      if (block) block.structs.push(struct);
      else this.#blocks.set(client, { client, structs: [struct], next: 0 });
    }
  }

  /** What a formula has not. */
  get foreign(): string {
    return this.#foreign;
  }

  run(): Outcome {
    const waiting = new Map<number, Block[]>();
    const ready = [...this.#blocks.values()];
    for (let block = ready.pop(); block; block = ready.pop()) {
      const before = block.next;
      const outcome = this.#advance(block, waiting);
      if (outcome !== 'fine') return outcome;
      if (block.next === before) continue;
      ready.push(...(waiting.get(block.client) ?? []));
      waiting.delete(block.client);
      if (this.#steps > BOUNDS.looks) return 'tangled';
    }
    if ([...this.#blocks.values()].some(({ structs, next }) => next < structs.length)) return 'circular';
    const outcome = this.#tryDeletions();
    return outcome === 'fine' && this.#isTooMany() ? 'pieces' : outcome;
  }

  /** What Yjs puts together again afterwards is counted too. */
  #isTooMany(): boolean {
    const most = this.#freshPieces <= BOUNDS.smallUpdate ? BOUNDS.piecesForSmall : BOUNDS.piecesInDocument;
    return this.#freshPieces > 0 && piecesIn(this.#doc) + this.#freshPieces > most;
  }

  /** As far as what the client's changes build on is there. */
  #advance(block: Block, waiting: Map<number, Block[]>): Outcome {
    for (; block.next < block.structs.length; block.next += 1) {
      const struct = block.structs[block.next];
      if (!struct) break;
      const end = struct.id.clock + struct.length;
      this.#steps += 1;
      const isNew = end > this.#stateOf(block.client);
      if (isNew) this.#freshPieces += 1;
      if (struct instanceof Y.Item) {
        // Yjs looks for what a change builds on, and cuts it in two, also where it has the change already.
        const lacks = this.#lacks(struct);
        if (lacks === 'incomplete' || lacks === 'circular') return lacks;
        if (lacks !== null) {
          const others = waiting.get(lacks);
          if (others) others.push(block);
          else waiting.set(lacks, [block]);
          return 'fine';
        }
        const hasConflict = struct.origin !== null && this.#hasChild(struct.origin);
        const outcome = isNew ? this.#place(struct, hasConflict) : 'fine';
        if (outcome !== 'fine') return outcome;
        if (this.#steps > BOUNDS.looks) return 'tangled';
      }
      if (isNew) this.#state.set(block.client, end);
    }
    return 'fine';
  }

  #stateOf(client: number): number {
    return this.#state.get(client) ?? Y.getState(this.#doc.store, client);
  }

  /** The client of which the item needs more than is there by now; null when it has all that it builds on. */
  #lacks(item: Y.Item): number | 'incomplete' | 'circular' | null {
    const parent: unknown = item.parent;
    for (const id of [item.origin, parent]) {
      if (!(id instanceof Y.ID)) continue;
      if (id.client === item.id.client && id.clock >= item.id.clock) return 'circular';
      if (id.clock >= this.#known(id.client)) return 'incomplete';
      if (id.clock >= this.#stateOf(id.client)) return id.client;
    }
    return null;
  }

  #place(item: Y.Item, hasConflict: boolean): Outcome {
    if (!this.#isOfFormula(item)) return 'foreign';
    const register = item.origin ? this.#registerAt(item.origin) : this.#registerIn(item);
    this.#registerOf.set(item, register);
    // What it belongs to is deleted and forgotten: Yjs keeps nothing of it but its length.
    if (!register) return 'fine';
    if (item.content instanceof Y.ContentType) {
      if (register.depth >= BOUNDS.maps) return 'deep';
      this.#depths.set(item, register.depth + 1);
    }
    if (hasConflict || (item.origin === null && register.length > 0)) this.#steps += LOOK * this.#lengthOf(register);
    if (item.origin) this.#parents.add(keyOf(item.origin));
    register.length += 1;
    return this.#freshNodes > 0 && this.#nodes._map.size + this.#freshNodes > BOUNDS.nodes ? 'nodes' : 'fine';
  }

  /** A formula has maps of values, in roots that are maps. Yjs writes such changes with the one before, and no other, as their neighbour. */
  #isOfFormula(item: Y.Item): boolean {
    const { content } = item;
    const parent: unknown = item.parent;
    if (typeof parent === 'string' && !ROOTS.has(parent)) this.#foreign = `"${parent.slice(0, 40)}"`;
    else if (item.rightOrigin !== null || (item.origin === null && item.parentSub === null)) this.#foreign = 'list';
    else if (content instanceof Y.ContentType) this.#foreign = content.type instanceof Y.Map ? '' : 'type';
    else this.#foreign = content instanceof Y.ContentAny || content instanceof Y.ContentDeleted ? '' : 'content';
    // Several values that stand in one register are deleted, all but the last: Yjs makes one piece of deleted values only.
    if (content instanceof Y.ContentAny && item.length > 1 && !this.#isDeletedByUpdate(item))
      this.#foreign = 'list of values';
    return this.#foreign === '';
  }

  #isDeletedByUpdate({ id: { client, clock }, length }: Y.Item): boolean {
    const ranges = this.#update.ds.clients.get(client) ?? [];
    this.#steps += ranges.length;
    return ranges.some((range) => range.clock <= clock && range.clock + range.len >= clock + length);
  }

  #registerAt(id: Y.ID): Register | null {
    const own = this.#ownAt(id);
    if (own) return own instanceof Y.Item ? (this.#registerOf.get(own) ?? null) : null;
    const item = Y.getItem(this.#doc.store, id);
    if (!(item instanceof Y.Item)) return null;
    const type: unknown = item.parent;
    return type instanceof Y.AbstractType && item.parentSub !== null
      ? this.#register(type, item.parentSub, () => depthOf(type))
      : null;
  }

  #registerIn({ parent, parentSub }: Y.Item): Register | null {
    const where: unknown = parent;
    if (parentSub === null) return null;
    if (typeof where === 'string') return this.#register(this.#doc.getMap(where), parentSub, () => 0);
    if (!(where instanceof Y.ID)) return null;
    const own = this.#ownAt(where);
    if (own)
      return own instanceof Y.Item && this.#depths.has(own)
        ? this.#register(own, parentSub, () => this.#depths.get(own) ?? 0)
        : null;
    const item: unknown = Y.getItem(this.#doc.store, where);
    if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentType)) return null;
    const { type } = item.content;
    return this.#register(type, parentSub, () => depthOf(type));
  }

  #register(owner: Owner, key: string, depth: () => number): Register {
    const registers = this.#registers.get(owner) ?? new Map<string, Register>();
    this.#registers.set(owner, registers);
    const found = registers.get(key);
    if (found) return found;
    const last = owner instanceof Y.Item ? undefined : owner._map.get(key);
    const register: Register = { depth: depth(), length: last ? 1 : 0, counted: last ?? null };
    registers.set(key, register);
    if (owner === this.#nodes && !last) this.#freshNodes += 1;
    return register;
  }

  #lengthOf(register: Register): number {
    for (let item = register.counted?.left ?? null; item; item = item.left) register.length += 1;
    register.counted = null;
    return register.length;
  }

  /** The struct of the update that has this id; undefined for what the document has already. */
  #ownAt({ client, clock }: Y.ID): Struct | undefined {
    const block = this.#blocks.get(client);
    if (!block || clock < Y.getState(this.#doc.store, client)) return undefined;
    let [low, high] = [0, block.next];
    while (low < high) {
      const middle = (low + high) >> 1;
      const struct = block.structs[middle];
      if (struct && struct.id.clock + struct.length <= clock) low = middle + 1;
      else high = middle;
    }
    return block.structs[low];
  }

  /** Whether something stands behind the change already: then Yjs has to find out which comes first. */
  #hasChild(origin: Y.ID): boolean {
    if (this.#parents.has(keyOf(origin))) return true;
    const own = this.#ownAt(origin);
    if (own) return own.id.clock + own.length - 1 !== origin.clock;
    const item = Y.getItem(this.#doc.store, origin);
    if (!(item instanceof Y.Item)) return false;
    if (item.lastId.clock !== origin.clock) {
      this.#cut(origin.client);
      return true;
    }
    return item.right !== null && Y.compareIDs(item.right.origin, origin);
  }

  #cut(client: number): void {
    this.#freshPieces += 1;
    this.#steps += (this.#doc.store.clients.get(client)?.length ?? 0) / MOVED;
  }

  /** Deletions that cut pieces in two. */
  #tryDeletions(): Outcome {
    for (const [client, ranges] of this.#update.ds.clients) {
      const state = Y.getState(this.#doc.store, client);
      for (const { clock, len } of ranges) {
        this.#steps += 1;
        for (const at of [clock, clock + len]) {
          if (at === 0 || at >= state) continue;
          const item: unknown = Y.getItem(this.#doc.store, Y.createID(client, at));
          if (item instanceof Y.Item && !item.deleted && item.id.clock !== at) this.#cut(client);
        }
      }
      if (this.#steps > BOUNDS.looks) return 'tangled';
    }
    return 'fine';
  }
}

const keyOf = ({ client, clock }: Y.ID): string => `${client}:${clock}`;

/** In how many maps a type of the document lies, as far as that matters. */
function depthOf(type: MapType): number {
  let depth = 0;
  for (let item = type._item; item && depth < BOUNDS.maps; depth += 1) {
    const parent: unknown = item.parent;
    item = parent instanceof Y.AbstractType ? parent._item : null;
  }
  return depth;
}
