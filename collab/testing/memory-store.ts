import type { CopyChange, CopyStore, StoredCopy } from '#collab/copy/store.ts';

/**
 * What a browser keeps, without a browser: give it to one replica after another, as tabs that are closed and opened.
 */
export class MemoryStore implements CopyStore {
  readonly #documents = new Map<string, Map<number, StoredCopy>>();

  read(formulaId: string): Promise<StoredCopy[]> {
    return Promise.resolve([...(this.#documents.get(formulaId)?.values() ?? [])].toSorted((a, b) => a.epoch - b.epoch));
  }

  write(formulaId: string, changes: readonly CopyChange[]): Promise<void> {
    const copies = this.#documents.get(formulaId) ?? new Map<number, StoredCopy>();
    this.#documents.set(formulaId, copies);
    for (const change of changes) apply(copies, change);
    return Promise.resolve();
  }

  remove(formulaId: string): Promise<void> {
    this.#documents.delete(formulaId);
    return Promise.resolve();
  }

  close(): void {
    // Nothing is open.
  }
}

function apply(copies: Map<number, StoredCopy>, change: CopyChange): void {
  const { epoch } = change;
  const copy = copies.get(epoch) ?? { epoch, canEdit: false, committed: [], own: [] };
  switch (change.type) {
    case 'access':
      return void copies.set(epoch, { ...copy, canEdit: change.canEdit });
    case 'add':
      return void copies.set(epoch, { ...copy, [change.kind]: [...copy[change.kind], change.row] });
    case 'remove': {
      const stays = ({ id }: { id: string }): boolean => !change.ids.includes(id);
      return void copies.set(epoch, { ...copy, committed: copy.committed.filter(stays), own: copy.own.filter(stays) });
    }
    case 'leave':
      if (copy.own.length === 0) copies.delete(epoch);
  }
}
