import type { FormulaId, UserId } from '#core/requests/ids.ts';
interface Bounds {
  /** Clients of one document, and of all documents. */
  readonly perDocument: number;
  readonly all: number;
}

const BOUNDS: Bounds = { perDocument: 1_000, all: 100_000 };

/**
 * Whose each client id is, by document, also while nobody has the document open: nobody else can take an id while its
 * person is away. What was used longest ago is forgotten first, in a document, and of the documents: whoever makes up
 * ids in a document of theirs has no others forgotten before that document is full.
 */
export class Speakers {
  readonly #bounds: Bounds;
  readonly #documents = new Map<FormulaId, Map<number, UserId>>();
  #count = 0;

  constructor(bounds = BOUNDS) {
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#count;
  }

  personOf(formulaId: FormulaId, client: number): UserId | undefined {
    return this.#documents.get(formulaId)?.get(client);
  }

  remember(formulaId: FormulaId, client: number, userId: UserId): void {
    const document = this.#documents.get(formulaId) ?? new Map<number, UserId>();
    // Behind all others: the first speakers of the map spoke longest ago.
    this.#documents.delete(formulaId);
    this.#documents.set(formulaId, document);
    if (!document.delete(client)) this.#count += 1;
    document.set(client, userId);
    if (document.size > this.#bounds.perDocument) this.#forgetIn(document);
    for (const [oldest, clients] of this.#documents) {
      if (this.#count <= this.#bounds.all) break;
      this.#documents.delete(oldest);
      this.#count -= clients.size;
    }
  }

  #forgetIn(document: Map<number, string>): void {
    const [oldest] = document.keys();
    if (oldest !== undefined && document.delete(oldest)) this.#count -= 1;
  }
}
