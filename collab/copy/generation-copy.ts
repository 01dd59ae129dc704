import * as Y from 'yjs';
import type { CopyKeeper } from './keeper.ts';
import type { CopyChange, Row, StoredCopy } from './store.ts';

/** After so many updates the kept ones are made one. */
const ROWS_TO_MERGE = 200;

/** `waiting`: not kept yet, since a copy without its content would be shown as an empty formula. */
type Keeping =
  | { readonly kind: 'waiting'; readonly epoch: number | null }
  | { readonly kind: 'keeping'; readonly epoch: number }
  | { readonly kind: 'left'; readonly epoch: number | null };

/** Says to the keeper what happens to one document of one epoch, from when the document is whole until it is left. */
export class GenerationCopy {
  readonly #keeper: CopyKeeper;
  /** What is committed. */
  readonly #committed: Y.Doc;
  /** Beginning of the ids of the rows that are written here. */
  readonly #rowPrefix: string;
  #state: Keeping;
  #canEdit: boolean;
  /** Ids of the committed rows that are kept. */
  #rows: string[];
  #counter = 0;

  /** `copy`: what is kept already. `tab`: a number that no other tab has. */
  constructor(keeper: CopyKeeper, copy: StoredCopy | null, committed: Y.Doc, tab: number) {
    this.#keeper = keeper;
    this.#committed = committed;
    this.#rowPrefix = `server-${tab}`;
    this.#state = copy ? { kind: 'keeping', epoch: copy.epoch } : { kind: 'waiting', epoch: null };
    this.#canEdit = copy?.canEdit ?? false;
    this.#rows = copy?.committed.map(({ id }) => id) ?? [];
    committed.on('update', (bytes: Uint8Array) => {
      if (this.#state.kind !== 'keeping') return;
      this.#addCommitted(bytes);
      if (this.#rows.length > ROWS_TO_MERGE) this.#merge();
    });
  }

  /** Null until the server has said it. */
  get epoch(): number | null {
    return this.#state.epoch;
  }

  begin(epoch: number): void {
    if (this.#state.kind === 'waiting') this.#state = { kind: 'waiting', epoch };
  }

  /** Keeps the document from here on, with `own`, the changes that are not saved. */
  keep(own: () => readonly Row[]): void {
    const { kind, epoch } = this.#state;
    if (kind !== 'waiting' || epoch === null) return;
    this.#state = { kind: 'keeping', epoch };
    this.#setAccess();
    this.#merge();
    for (const row of own()) this.addOwn(row);
  }

  addOwn(row: Row): void {
    this.#write((epoch) => ({ type: 'add', epoch, kind: 'own', row }));
  }

  remove(rows: readonly Row[]): void {
    this.#remove(rows.map(({ id }) => id));
  }

  allow(canEdit: boolean): void {
    if (canEdit === this.#canEdit) return;
    this.#canEdit = canEdit;
    this.#setAccess();
  }

  /** Keeps the document no longer, nor these changes of it. */
  leave(own: readonly Row[]): void {
    this.remove(own);
    this.#write((epoch) => ({ type: 'leave', epoch }));
    this.#state = { kind: 'left', epoch: this.#state.epoch };
  }

  #write(change: (epoch: number) => CopyChange): void {
    if (this.#state.kind === 'keeping') this.#keeper.write(change(this.#state.epoch));
  }

  #setAccess(): void {
    this.#write((epoch) => ({ type: 'access', epoch, canEdit: this.#canEdit }));
  }

  #remove(ids: readonly string[]): void {
    if (ids.length > 0) this.#write((epoch) => ({ type: 'remove', epoch, ids }));
  }

  #addCommitted(bytes: Uint8Array): void {
    this.#counter += 1;
    const row = { id: `${this.#rowPrefix}-${this.#counter}`, bytes };
    this.#rows.push(row.id);
    this.#write((epoch) => ({ type: 'add', epoch, kind: 'committed', row }));
  }

  #merge(): void {
    this.#remove(this.#rows);
    this.#rows = [];
    this.#addCommitted(Y.encodeStateAsUpdate(this.#committed));
  }
}
