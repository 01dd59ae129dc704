import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { BOUNDS } from './bounds.ts';
import { rootsOf } from './document-roots.ts';
import { weightOf } from './scan-update.ts';

/** What could be read of a document of which some updates are damaged or gone. */
export interface Salvaged {
  /** Holds what could be read; destroy it after use. */
  readonly doc: Y.Doc;
  /** Which of the updates are in `doc`, whole, by their place in the list. */
  readonly read: readonly number[];
}

/**
 * A document is begun anew for each update that breaks while it is applied; what is left after so many is not tried.
 */
const MOST_BREAKS = 16;

/** Whether something in the document waits for what is not there. */
export const isIncomplete = ({ store }: Y.Doc): boolean => (store.pendingStructs ?? store.pendingDs) !== null;

/** Bytes of what waits in the document for something that is not there. */
const waiting = ({ store }: Y.Doc): number =>
  (store.pendingStructs?.update.length ?? 0) + (store.pendingDs?.length ?? 0);

/**
 * Reads of `updates`, in their order, what can be read: without those that are no updates, those that break, and those
 * that build on something that is not there, or are more than is opened at all. Never throws. Takes as long as reading
 * them all, and once more for each that breaks.
 */
export function salvage(updates: readonly unknown[]): Salvaged {
  let doc = newDoc();
  let read: number[] = [];
  let breaks = 0;
  let [pieces, values] = [0, 0];
  for (const [at, update] of updates.entries()) {
    const weight = isBytes(update) ? weightOf(update) : null;
    if (!isBytes(update) || !weight) continue;
    if (pieces + weight.pieces > BOUNDS.piecesToOpen || values + weight.values > BOUNDS.valuesToOpen) continue;
    pieces += weight.pieces;
    values += weight.values;
    const before = waiting(doc);
    try {
      Y.applyUpdate(doc, update);
      if (waiting(doc) <= before) read.push(at);
    } catch {
      breaks += 1;
      if (breaks > MOST_BREAKS) break;
      // What broke may be half in it.
      doc.destroy();
      const again = salvageSound(updates, read);
      [doc, read] = [again.doc, [...again.read]];
    }
  }
  // Nobody has what these wait for.
  doc.store.pendingStructs = null;
  doc.store.pendingDs = null;
  return { doc, read };
}

/**
 * Lets what waits in the document for changes that are lost be there without them: their place is taken by as many
 * deleted pieces. The document is one to read from: nobody else has these. It must keep what was deleted (`gc: false`),
 * since what waits may stand in its place. Returns whether anything waited.
 */
export function fillGaps(doc: Y.Doc): boolean {
  const waited = isIncomplete(doc);
  for (let pending = doc.store.pendingStructs; pending;) {
    const before = pending.update.length;
    for (const [client, from] of Y.parseUpdateMetaV2(pending.update).from) {
      const clock = Y.getState(doc.store, client);
      if (from > clock) Y.applyUpdate(doc, deletedPieces(client, clock, from - clock));
    }
    pending = doc.store.pendingStructs;
    if (pending && pending.update.length >= before) break;
  }
  doc.store.pendingStructs = null;
  doc.store.pendingDs = null;
  return waited;
}

/** An update, in Yjs' format, that says of so many pieces of a client no more than that they are deleted. */
function deletedPieces(client: number, clock: number, length: number): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of [1, 1, client, clock, 0, length, 0]) encoding.writeVarUint(encoder, number);
  return encoding.toUint8Array(encoder);
}

function salvageSound(updates: readonly unknown[], which: readonly number[]): Salvaged {
  const doc = newDoc();
  for (const at of which) {
    const update = updates[at];
    if (isBytes(update)) Y.applyUpdate(doc, update);
  }
  return { doc, read: which };
}

function newDoc(): Y.Doc {
  const doc = new Y.Doc();
  // Gives the roots their types, so that no update can make something else of them.
  rootsOf(doc);
  return doc;
}

const isBytes = (update: unknown): update is Uint8Array => update instanceof Uint8Array;
