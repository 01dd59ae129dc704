import * as Y from 'yjs';
import type { CopyKeeper } from '#collab/copy/keeper.ts';
import { loadCopy } from '#collab/copy/load-copy.ts';
import type { Row, StoredCopy } from '#collab/copy/store.ts';
import { connectFormula, type FormulaConnection } from './connect.ts';
import { Undo } from './undo.ts';

/** A document of one epoch, connected, with what the server has of it beside it. */
export interface Generation {
  /** Null until the server has said it. */
  readonly epoch: number | null;
  readonly doc: Y.Doc;
  readonly undo: Undo;
  /** What the server has said to be committed. */
  readonly committed: Y.Doc;
  readonly connection: FormulaConnection;
  /** What the document had at the end of epochs that were left, by epoch, as far as the server knows. */
  readonly ended: ReadonlyMap<number, Uint8Array>;
  /** Begins to keep it, once it is whole. */
  keep(): void;
  /** Keeps it no longer, nor these changes of it. */
  leave(own: readonly Row[]): void;
  close(): void;
}

interface BeginGeneration {
  readonly url: string;
  readonly formulaId: string;
  readonly origin: unknown;
  readonly socket?: typeof WebSocket;
  readonly keeper: CopyKeeper;
  /** Null for a document that is not here yet. */
  readonly copy: StoredCopy | null;
  /** Epochs of which changes are to be taken along. */
  readonly left: readonly number[];
  /** The server has the document in another epoch. */
  onOutdated(): void;
  /** The status of the connection is another. */
  onStatus(): void;
  /** A part of the copy could not be read, and so many changes of this person's own with it. */
  onDamaged(own: number): void;
}

/** After so many updates the kept ones are made one. */
const ROWS_TO_MERGE = 200;

export function beginGeneration({
  url,
  formulaId,
  origin,
  socket,
  keeper,
  copy: stored,
  left,
  onOutdated,
  onStatus,
  onDamaged,
}: BeginGeneration): Generation {
  const { mine: doc, committed, copy, damaged } = loadCopy(stored);
  if (stored && damaged.length > 0) {
    keeper.write({ type: 'remove', epoch: stored.epoch, ids: damaged });
    onDamaged(stored.own.filter(({ id }) => damaged.includes(id)).length);
  }
  const undo = new Undo(doc, origin);
  const ended = new Map<number, Uint8Array>();
  let epoch = copy?.epoch ?? null;
  let canEdit = copy?.canEdit ?? false;
  // A copy without its content would be shown as an empty formula.
  let isKept = copy !== null;
  let rows = copy?.committed.map(({ id }) => id) ?? [];
  let counter = 0;

  const add = (kind: 'committed' | 'own', row: Row): void => {
    if (isKept && epoch !== null) keeper.write({ type: 'add', epoch, kind, row });
  };
  const remove = (ids: readonly string[]): void => {
    if (isKept && epoch !== null && ids.length > 0) keeper.write({ type: 'remove', epoch, ids });
  };
  const setAccess = (): void => {
    if (isKept && epoch !== null) keeper.write({ type: 'access', epoch, canEdit });
  };
  const addCommitted = (bytes: Uint8Array): void => {
    counter += 1;
    const row = { id: `server-${doc.clientID}-${counter}`, bytes };
    rows.push(row.id);
    add('committed', row);
  };
  const merge = (): void => {
    remove(rows);
    rows = [];
    addCommitted(Y.encodeStateAsUpdate(committed));
  };
  committed.on('update', (bytes: Uint8Array) => {
    if (!isKept) return;
    addCommitted(bytes);
    if (rows.length > ROWS_TO_MERGE) merge();
  });

  const connection = connectFormula({
    url,
    formulaId,
    doc,
    left,
    ...(socket ? { socket } : {}),
    ...(copy ? { known: { epoch: copy.epoch, canEdit: copy.canEdit, unsaved: copy.own } } : {}),
    listener: {
      begin: (begun) => {
        epoch = begun;
      },
      outdated: onOutdated,
      committed: (update) => Y.applyUpdate(committed, update),
      made: (row) => add('own', row),
      confirmed: (own) => {
        for (const { bytes } of own) Y.applyUpdate(committed, bytes);
        remove(own.map(({ id }) => id));
      },
      ended: ({ epoch: over, had }) => ended.set(over, had),
      allowed: (allowed) => {
        if (allowed === canEdit) return;
        canEdit = allowed;
        setAccess();
      },
    },
  });
  connection.subscribe(onStatus);

  return {
    get epoch() {
      return epoch;
    },
    doc,
    undo,
    committed,
    connection,
    ended,
    keep: () => {
      if (isKept) return;
      isKept = true;
      setAccess();
      merge();
      for (const row of connection.unsavedRows()) add('own', row);
    },
    leave: (own) => {
      remove(own.map(({ id }) => id));
      if (isKept && epoch !== null) keeper.write({ type: 'leave', epoch });
      isKept = false;
    },
    close: () => {
      undo.destroy();
      connection.destroy();
      committed.destroy();
      doc.destroy();
    },
  };
}
