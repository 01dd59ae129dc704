import type { Weight } from '#collab/scan-update.ts';
import type { OrgId } from '#core/requests/ids.ts';

/**
 * Bytes of memory, measured with Node 24: a piece is an item with its id, content and place in a map; a value an object
 * or a part of a list.
 */
const OF_PIECE = 480;
const OF_VALUE = 80;
/** Texts may take two bytes a character. */
const OF_BYTE = 2;
/** The document itself, its room, and the sockets' vectors. */
const OF_DOCUMENT = 30_000;

/** About how many bytes a document takes in memory. */
export const memoryOf = ({ bytes, pieces, values }: Weight): number =>
  OF_DOCUMENT + OF_BYTE * bytes + OF_PIECE * pieces + OF_VALUE * values;

interface Most {
  readonly documents: number;
  readonly memory: number;
  /** Of both, what one organisation may have. */
  readonly share: number;
}

interface Used {
  documents: number;
  memory: number;
}

/** Whose room is used up. */
export type Lack = 'server' | 'organisation';

/**
 * Counts the documents in memory, and their bytes, of all and of each organisation: nobody's documents take the room of
 * all others'.
 */
export class DocumentMemory {
  readonly #most: Most;
  readonly #all: Used = { documents: 0, memory: 0 };
  readonly #of = new Map<OrgId, Used>();

  constructor(most: Most) {
    this.#most = most;
  }

  get used(): Readonly<Used> {
    return this.#all;
  }

  /**
   * Whose room does not do for so much more; null when there is room. One document has room in its organisation's
   * share, however large it is.
   */
  lacks(orgId: OrgId, more: Readonly<Used>): Lack | null {
    const { documents, memory, share } = this.#most;
    const own = this.#of.get(orgId) ?? { documents: 0, memory: 0 };
    const isOnlyOne = own.documents + more.documents <= 1;
    if (!isOnlyOne && !fits(own, more, { documents: Math.floor(documents * share), memory: memory * share }))
      return 'organisation';
    return fits(this.#all, more, { documents, memory }) ? null : 'server';
  }

  /**
   * The organisation that gives room to another where there is none: the one that has most, if that is more than the
   * asker would have then. So whoever asks for no more than an equal part always gets room, however many others there
   * are. Of documents and bytes, the larger part of all counts.
   */
  whoGives(orgId: OrgId, more: Readonly<Used>): OrgId | null {
    const own = this.#of.get(orgId) ?? { documents: 0, memory: 0 };
    let most = this.#part({ documents: own.documents + more.documents, memory: own.memory + more.memory });
    let gives: OrgId | null = null;
    for (const [id, used] of this.#of) {
      const part = id === orgId ? 0 : this.#part(used);
      if (part > most) [most, gives] = [part, id];
    }
    return gives;
  }

  #part({ documents, memory }: Readonly<Used>): number {
    return Math.max(documents / this.#most.documents, memory / this.#most.memory);
  }

  /** Counts so much more, or less. */
  add(orgId: OrgId, more: Readonly<Used>): void {
    const own = this.#of.get(orgId) ?? { documents: 0, memory: 0 };
    for (const used of [this.#all, own]) {
      used.documents += more.documents;
      used.memory += more.memory;
    }
    if (own.documents > 0) this.#of.set(orgId, own);
    else this.#of.delete(orgId);
  }
}

const fits = (used: Used, more: Readonly<Used>, most: Used): boolean =>
  used.documents + more.documents <= most.documents && used.memory + more.memory <= most.memory;
