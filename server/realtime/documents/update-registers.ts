import * as Y from 'yjs';
import { BOUNDS } from '#collab/bounds.ts';
import type { UpdateBlocks } from './update-blocks.ts';

/** The changes of one key of a map. */
export interface Register {
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

/** The registers that an update writes: keys of maps, each with its changes, of the document and of the update. */
export class UpdateRegisters {
  readonly #doc: Y.Doc;
  readonly #blocks: UpdateBlocks;
  readonly #registers = new Map<Owner, Map<string, Register>>();
  readonly #registerOf = new Map<Y.Item, Register | null>();
  /** In how many maps the maps lie that the update makes. */
  readonly #depths = new Map<Y.Item, number>();
  readonly #nodes: Y.Map<unknown>;
  #freshNodes = 0;

  constructor(doc: Y.Doc, blocks: UpdateBlocks) {
    this.#doc = doc;
    this.#blocks = blocks;
    this.#nodes = doc.getMap('nodes');
  }

  /** Whether the update brings nodes, and the document would have more than it may, with those that were deleted. */
  get hasTooManyNodes(): boolean {
    return this.#freshNodes > 0 && this.#nodes._map.size + this.#freshNodes > BOUNDS.nodes;
  }

  /** The register that an item of the update writes; null when what it belongs to is deleted and forgotten. */
  find(item: Y.Item): Register | null {
    const register = item.origin ? this.#registerAt(item.origin) : this.#registerIn(item);
    this.#registerOf.set(item, register);
    return register;
  }

  /** The item makes a map, in so many others. */
  setDepth(item: Y.Item, depth: number): void {
    this.#depths.set(item, depth);
  }

  #registerAt(id: Y.ID): Register | null {
    const own = this.#blocks.find(id);
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
    const own = this.#blocks.find(where);
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

  /** How many changes Yjs looks at, of those of the document too. */
  lengthOf(register: Register): number {
    for (let item = register.counted?.left ?? null; item; item = item.left) register.length += 1;
    register.counted = null;
    return register.length;
  }
}

/** In how many maps a type of the document lies, as far as that matters. */
function depthOf(type: MapType): number {
  let depth = 0;
  for (let item = type._item; item && depth < BOUNDS.maps; depth += 1) {
    const parent: unknown = item.parent;
    item = parent instanceof Y.AbstractType ? parent._item : null;
  }
  return depth;
}
