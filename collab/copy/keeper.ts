import type { CopyChange, CopyStore, StoredCopy } from './store.ts';

/** What is committed can be had from the server again, so it need not be written at once. */
const GATHER_MS = 500;

/** Writes what happens in a document to where the browser keeps it, in the order in which it happens. */
export class CopyKeeper {
  readonly #formulaId: string;
  readonly #onBroken: () => void;
  /** Null where nothing is kept. */
  #store: CopyStore | null;
  #waiting: CopyChange[] = [];
  #writing = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: CopyStore | null, formulaId: string, onBroken: () => void) {
    this.#store = store;
    this.#formulaId = formulaId;
    this.#onBroken = onBroken;
  }

  /** Whether what is written is there when the tab is closed. */
  get isKeeping(): boolean {
    return this.#store !== null;
  }

  /** Nothing where nothing is kept, or where it can't be read. */
  async read(): Promise<readonly StoredCopy[]> {
    try {
      return (await this.#store?.read(this.#formulaId)) ?? [];
    } catch {
      this.#stopKeeping();
      return [];
    }
  }

  write(...changes: readonly CopyChange[]): void {
    if (!this.#store) return;
    this.#waiting.push(...changes);
    if (changes.some((change) => change.type !== 'add' || change.kind === 'own')) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  /** Resolves once everything up to now is written, or can't be. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(async () => {
      const changes = this.#waiting.splice(0);
      if (changes.length === 0) return;
      await this.#store?.write(this.#formulaId, changes).catch(() => this.#stopKeeping());
    });
    return this.#writing;
  }

  /** Forgets the document, for good. */
  async forget(): Promise<void> {
    const store = this.#store;
    this.#store = null;
    this.#waiting = [];
    await this.#writing;
    await store?.remove(this.#formulaId).catch(() => undefined);
    store?.close();
  }

  async close(): Promise<void> {
    await this.flush();
    this.#store?.close();
    this.#store = null;
  }

  /** Full, or forbidden: nothing more is kept. */
  #stopKeeping(): void {
    this.#store?.close();
    this.#store = null;
    this.#waiting = [];
    this.#onBroken();
  }
}
