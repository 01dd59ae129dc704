import * as Y from 'yjs';

export type Decoded = ReturnType<typeof Y.decodeUpdate>;
export type Struct = Decoded['structs'][number];

/** The changes of one client in an update. */
export interface Block {
  readonly client: number;
  readonly structs: Struct[];
  /** How many of them are tried out. */
  next: number;
}

/** The changes of an update, by client, as far as they are tried out. */
export class UpdateBlocks {
  readonly #doc: Y.Doc;
  readonly #blocks = new Map<number, Block>();

  constructor(doc: Y.Doc, { structs }: Decoded) {
    this.#doc = doc;
    for (const struct of structs) {
      const { client } = struct.id;
      const block = this.#blocks.get(client);
      if (block) block.structs.push(struct);
      else this.#blocks.set(client, { client, structs: [struct], next: 0 });
    }
  }

  get all(): readonly Block[] {
    return [...this.#blocks.values()];
  }

  /** The struct of the update that has this id; undefined for what the document has already. */
  find({ client, clock }: Y.ID): Struct | undefined {
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
}
