import * as Y from 'yjs';
import { BOUNDS } from '#collab/bounds.ts';
import { MEANING_ROOTS } from '#collab/document-roots.ts';
import { piecesIn } from '#collab/rebase.ts';
import { UpdateBlocks, type Block, type Decoded } from './update-blocks.ts';
import { UpdateRegisters } from './update-registers.ts';

export type Verdict = 'fine' | 'incomplete' | 'circular' | 'foreign' | 'deep' | 'tangled' | 'nodes' | 'pieces';

const ROOTS: ReadonlySet<string> = new Set(MEANING_ROOTS);

/** What one conflict is charged for each change that Yjs looks at: it keeps two sets meanwhile. */
const LOOK = 16;
/** A piece that is cut in two moves the pieces behind it, so many for the price of one step. */
const MOVED = 8;

/**
 * Tries out what Yjs would do with an update, without doing any of it: whether each change finds what it builds on, how
 * deep it lies, and how many others Yjs would look at to find its place. Goes through the update once, in the order in
 * which Yjs can apply it.
 */
export class Trial {
  readonly #doc: Y.Doc;
  readonly #update: Decoded;
  readonly #known: (client: number) => number;
  readonly #blocks: UpdateBlocks;
  readonly #registers: UpdateRegisters;
  readonly #state = new Map<number, number>();
  /** Changes that something builds on already, as `client:clock`. */
  readonly #parents = new Set<string>();
  #freshPieces = 0;
  #steps = 0;
  #foreign = '';

  /** `known`: how far each client's changes reach, with those of the update. */
  constructor(doc: Y.Doc, update: Decoded, known: (client: number) => number) {
    this.#doc = doc;
    this.#update = update;
    this.#known = known;
    this.#blocks = new UpdateBlocks(doc, update);
    this.#registers = new UpdateRegisters(doc, this.#blocks);
  }

  /** What a formula has not. */
  get foreign(): string {
    return this.#foreign;
  }

  run(): Verdict {
    const waiting = new Map<number, Block[]>();
    const ready = [...this.#blocks.all];
    for (let block = ready.pop(); block; block = ready.pop()) {
      const before = block.next;
      const verdict = this.#advance(block, waiting);
      if (verdict !== 'fine') return verdict;
      if (block.next === before) continue;
      ready.push(...(waiting.get(block.client) ?? []));
      waiting.delete(block.client);
      if (this.#steps > BOUNDS.looks) return 'tangled';
    }
    if (this.#blocks.all.some(({ structs, next }) => next < structs.length)) return 'circular';
    const verdict = this.#tryDeletions();
    return verdict === 'fine' && this.#isTooMany() ? 'pieces' : verdict;
  }

  /** What Yjs puts together again afterwards is counted too. */
  #isTooMany(): boolean {
    const most = this.#freshPieces <= BOUNDS.smallUpdate ? BOUNDS.piecesForSmall : BOUNDS.piecesInDocument;
    return this.#freshPieces > 0 && piecesIn(this.#doc) + this.#freshPieces > most;
  }

  /** As far as what the client's changes build on is there. */
  #advance(block: Block, waiting: Map<number, Block[]>): Verdict {
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
        const verdict = isNew ? this.#place(struct, hasConflict) : 'fine';
        if (verdict !== 'fine') return verdict;
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

  #place(item: Y.Item, hasConflict: boolean): Verdict {
    if (!this.#isOfFormula(item)) return 'foreign';
    const register = this.#registers.find(item);
    // What it belongs to is deleted and forgotten: Yjs keeps nothing of it but its length.
    if (!register) return 'fine';
    if (item.content instanceof Y.ContentType) {
      if (register.depth >= BOUNDS.maps) return 'deep';
      this.#registers.setDepth(item, register.depth + 1);
    }
    if (hasConflict || (item.origin === null && register.length > 0))
      this.#steps += LOOK * this.#registers.lengthOf(register);
    if (item.origin) this.#parents.add(keyOf(item.origin));
    register.length += 1;
    return this.#registers.hasTooManyNodes ? 'nodes' : 'fine';
  }

  /**
   * A formula has maps of values, in roots that are maps. Yjs writes such changes with the one before, and no other, as
   * their neighbour.
   */
  #isOfFormula(item: Y.Item): boolean {
    const { content } = item;
    const parent: unknown = item.parent;
    if (typeof parent === 'string' && !ROOTS.has(parent)) this.#foreign = `"${parent.slice(0, 40)}"`;
    else if (item.rightOrigin !== null || (item.origin === null && item.parentSub === null)) this.#foreign = 'list';
    else if (content instanceof Y.ContentType) this.#foreign = content.type instanceof Y.Map ? '' : 'type';
    else this.#foreign = content instanceof Y.ContentAny || content instanceof Y.ContentDeleted ? '' : 'content';
    // Several values that stand in one register are deleted, all but the last: Yjs makes one piece of deleted values
    // only.
    if (content instanceof Y.ContentAny && item.length > 1 && !this.#isDeletedByUpdate(item))
      this.#foreign = 'list of values';
    return this.#foreign === '';
  }

  #isDeletedByUpdate({ id: { client, clock }, length }: Y.Item): boolean {
    const ranges = this.#update.ds.clients.get(client) ?? [];
    this.#steps += ranges.length;
    return ranges.some((range) => range.clock <= clock && range.clock + range.len >= clock + length);
  }

  /** Whether something stands behind the change already: then Yjs has to find out which comes first. */
  #hasChild(origin: Y.ID): boolean {
    if (this.#parents.has(keyOf(origin))) return true;
    const own = this.#blocks.find(origin);
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
  #tryDeletions(): Verdict {
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
