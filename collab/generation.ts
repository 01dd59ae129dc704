import * as Y from 'yjs';
import { GenerationCopy } from '#collab/copy/generation-copy.ts';
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

export function beginGeneration(options: BeginGeneration): Generation {
  const { origin, keeper, copy: stored } = options;
  const { mine: doc, committed, copy, damaged } = loadCopy(stored);
  if (stored) dropDamaged(stored, damaged, options);
  const kept = new GenerationCopy(keeper, copy, committed, doc.clientID);
  const undo = new Undo(doc, origin);
  const ended = new Map<number, Uint8Array>();
  const connection = connectGeneration(options, { doc, committed, copy, kept, ended });
  return {
    get epoch() {
      return kept.epoch;
    },
    doc,
    undo,
    committed,
    connection,
    ended,
    keep: () => kept.keep(() => connection.unsavedRows()),
    leave: (own) => kept.leave(own),
    close: () => {
      undo.destroy();
      connection.destroy();
      committed.destroy();
      doc.destroy();
    },
  };
}

function dropDamaged(
  stored: StoredCopy,
  damaged: readonly string[],
  { keeper, onDamaged }: Pick<BeginGeneration, 'keeper' | 'onDamaged'>,
): void {
  if (damaged.length === 0) return;
  keeper.write({ type: 'remove', epoch: stored.epoch, ids: damaged });
  onDamaged(stored.own.filter(({ id }) => damaged.includes(id)).length);
}

interface Parts {
  readonly doc: Y.Doc;
  readonly committed: Y.Doc;
  readonly copy: StoredCopy | null;
  readonly kept: GenerationCopy;
  readonly ended: Map<number, Uint8Array>;
}

/** Connects the document; what the server says of it goes into its parts. */
function connectGeneration(
  { url, formulaId, left, socket, onOutdated, onStatus }: BeginGeneration,
  { doc, committed, copy, kept, ended }: Parts,
): FormulaConnection {
  const connection = connectFormula({
    url,
    formulaId,
    doc,
    left,
    ...(socket ? { socket } : {}),
    ...(copy ? { known: { epoch: copy.epoch, canEdit: copy.canEdit, unsaved: copy.own } } : {}),
    listener: {
      begin: (epoch) => kept.begin(epoch),
      outdated: onOutdated,
      committed: (update) => Y.applyUpdate(committed, update),
      made: (row) => kept.addOwn(row),
      confirmed: (own) => {
        for (const { bytes } of own) Y.applyUpdate(committed, bytes);
        kept.remove(own);
      },
      ended: ({ epoch, had }) => ended.set(epoch, had),
      allowed: (canEdit) => kept.allow(canEdit),
    },
  });
  connection.subscribe(onStatus);
  return connection;
}
