import { burdenOf } from '#collab/rebase.ts';
import type { Log } from '#server/observability/log.ts';
import type { Limits } from '../limits.ts';
import { Cooldown } from './cooldown.ts';
import type { DocumentId, DocumentStore } from './document-store.ts';
import type { SharedDocument } from './shared-document.ts';

/** A document in memory, as far as its upkeep goes. */
export interface Kept {
  readonly id: DocumentId;
  document: SharedDocument | null;
  /** Updates since the stored document was made one. */
  updates: number;
  isCompacting: boolean;
  /** From so many pieces on it is looked at whether many of them are history. */
  lookAt: number;
}

interface Options {
  readonly store: Pick<DocumentStore, 'compact' | 'rebase'>;
  readonly limits: Limits;
  readonly log: Log;
}

/**
 * Keeps documents cheap to load while people write in them: what was written becomes one with what is stored, and what
 * is history is left out.
 */
export class Upkeep {
  readonly #options: Options;
  readonly #rebased: Cooldown;
  readonly #working = new Set<Promise<void>>();

  constructor(options: Options) {
    this.#options = options;
    this.#rebased = new Cooldown(options.limits.rebaseMs);
  }

  /** Something was committed. */
  look(kept: Kept): void {
    const { limits } = this.#options;
    if (!kept.document) return;
    const { bytes, pieces } = kept.document.written;
    if (kept.updates >= limits.updatesToCompact || bytes >= limits.bytesToCompact || pieces >= limits.piecesToCompact)
      this.compact(kept);
    this.#leaveOutHistory(kept, kept.document);
  }

  compact(kept: Kept): void {
    if (kept.isCompacting) return;
    kept.isCompacting = true;
    kept.updates = 0;
    const before = kept.document?.written;
    this.#work(kept.id, 'compacted', async () => {
      try {
        await this.#options.store.compact(kept.id);
        if (before) kept.document?.compacted(before);
      } finally {
        kept.isCompacting = false;
      }
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#working);
  }

  /**
   * What was overwritten or deleted costs memory and time: a document of which much is history is re-based, also while
   * people are in it.
   */
  #leaveOutHistory(kept: Kept, { doc, weight: { pieces } }: SharedDocument): void {
    const { limits, store } = this.#options;
    if (pieces < kept.lookAt) return;
    kept.lookAt = pieces + limits.piecesToLookAgain;
    if (burdenOf(doc).dead < pieces * limits.deadToRebase || !this.#rebased.may(kept.id.formulaId)) return;
    this.#work(kept.id, 're-based', () => store.rebase(kept.id));
  }

  #work({ formulaId }: DocumentId, what: string, work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => this.#options.log.warn({ err: error, formulaId }, `a document was not ${what}`))
      .finally(() => this.#working.delete(done));
    this.#working.add(done);
  }
}
