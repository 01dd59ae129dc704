import type { Log } from '#server/observability/log.ts';
import type { Limits } from '../limits.ts';
import type { DocumentId, DocumentStore } from './document-store.ts';
import { SharedDocument } from './shared-document.ts';

/** Thrown when the server holds as many documents as it may, all of them in use. */
export class TooManyDocuments extends Error {}

interface Held {
  readonly loading: Promise<SharedDocument>;
  document: SharedDocument | null;
  holders: number;
  updates: number;
  timer: NodeJS.Timeout | undefined;
}

/** A document that stays in memory until it is given back. */
export interface Lease {
  readonly document: SharedDocument;
  release(): void;
}

interface Options {
  readonly store: DocumentStore;
  readonly limits: Limits;
  readonly log: Log;
  /** Told how many updates were committed, and how long each took to reach everybody, in milliseconds. */
  readonly metrics: { committed(updates: number): void; broadcast(time: number): void };
  onCommit(formulaId: string, sequence: number): void;
}

/** The documents in memory, each loaded once, however many ask for it at once. */
export class Documents {
  private readonly held = new Map<string, Held>();
  private readonly compacting = new Set<Promise<void>>();
  private readonly options: Options;

  constructor(options: Options) {
    this.options = options;
  }

  get(formulaId: string): SharedDocument | null {
    return this.held.get(formulaId)?.document ?? null;
  }

  all(): SharedDocument[] {
    return [...this.held.values()].flatMap(({ document }) => document ?? []);
  }

  async open(id: DocumentId): Promise<Lease> {
    const known = this.held.get(id.formulaId);
    const held = known && !known.document?.isLost ? known : this.load(id);
    held.holders += 1;
    clearTimeout(held.timer);
    let isHeld = true;
    const release = (): void => {
      if (!isHeld) return;
      isHeld = false;
      held.holders -= 1;
      if (held.holders === 0) this.idle(id, held);
    };
    try {
      return { document: await held.loading, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  private load(id: DocumentId): Held {
    if (this.held.size >= this.options.limits.documents) this.unloadOne();
    const { store, metrics } = this.options;
    const held: Held = {
      loading: store.load(id).then((loaded) => {
        held.document = new SharedDocument(id, store, loaded, {
          committed: (sequence, count) => this.committed(id, held, sequence, count),
          broadcast: (time) => metrics.broadcast(time),
        });
        held.updates = loaded.updates.length - 1;
        return held.document;
      }),
      document: null,
      holders: 0,
      updates: 0,
      timer: undefined,
    };
    held.loading.catch(() => this.forget(id.formulaId, held));
    this.held.set(id.formulaId, held);
    return held;
  }

  private idle(id: DocumentId, held: Held): void {
    if (this.held.get(id.formulaId) !== held) return;
    held.timer = setTimeout(() => this.unload(id, held), this.options.limits.idleMs).unref();
    // To the end: the first ones are those idle for longest.
    this.held.delete(id.formulaId);
    this.held.set(id.formulaId, held);
  }

  /** Nobody has it open, so all of it is committed; whoever opens it next loads it anew, whether or not it is compacted by then. */
  private unload(id: DocumentId, held: Held): void {
    this.forget(id.formulaId, held);
    clearTimeout(held.timer);
    if (held.updates > 0 && !held.document?.isLost) this.compact(id, held);
  }

  /** Makes room by unloading the one that has been idle for longest. */
  private unloadOne(): void {
    for (const held of this.held.values()) {
      if (held.holders === 0 && held.document) return this.unload(held.document.id, held);
    }
    throw new TooManyDocuments('All documents in memory are in use.');
  }

  private forget(formulaId: string, held: Held): void {
    if (this.held.get(formulaId) === held) this.held.delete(formulaId);
  }

  private committed(id: DocumentId, held: Held, sequence: number, count: number): void {
    this.options.metrics.committed(count);
    this.options.onCommit(id.formulaId, sequence);
    held.updates += count;
    if (held.updates >= this.options.limits.updatesToCompact) this.compact(id, held);
  }

  private compact(id: DocumentId, held: Held): void {
    held.updates = 0;
    const work = this.options.store
      .compact(id)
      .catch((error: unknown) =>
        this.options.log.warn({ err: error, formulaId: id.formulaId }, 'a document was not compacted'),
      )
      .finally(() => this.compacting.delete(work));
    this.compacting.add(work);
  }

  /** Everything that is committed stays in the database; what nobody has asked for is let go. */
  async close(): Promise<void> {
    for (const { timer } of this.held.values()) clearTimeout(timer);
    this.held.clear();
    await Promise.all(this.compacting);
  }
}
