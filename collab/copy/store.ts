/** A change of the document, as an update. */
export interface Row {
  /** Unique in a document, whichever tab wrote it. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

/**
 * What is kept of a document in one epoch. What the server has committed and what is this person's own are apart: after
 * a re-base only their difference is taken along, and the number of `own` is what is not saved.
 */
export interface StoredCopy {
  readonly epoch: number;
  /** Whether the server, when it last said so, took this person's changes. */
  readonly canEdit: boolean;
  readonly committed: readonly Row[];
  readonly own: readonly Row[];
}

export type CopyChange =
  /** Also makes the copy of an epoch: the other changes need one. */
  | { readonly type: 'access'; readonly epoch: number; readonly canEdit: boolean }
  | { readonly type: 'add'; readonly epoch: number; readonly kind: 'committed' | 'own'; readonly row: Row }
  | { readonly type: 'remove'; readonly epoch: number; readonly ids: readonly string[] }
  /**
   * The epoch is over. Its copy goes, unless changes of another tab are left in it, which need it to be taken along.
   */
  | { readonly type: 'leave'; readonly epoch: number };

/** Where one person's browser keeps documents. Each method is one transaction, all or nothing. */
export interface CopyStore {
  /** One copy an epoch, the oldest first. */
  read(formulaId: string): Promise<readonly StoredCopy[]>;
  write(formulaId: string, changes: readonly CopyChange[]): Promise<void>;
  /** Forgets a document that the person may not see any more. */
  remove(formulaId: string): Promise<void>;
  close(): void;
}
