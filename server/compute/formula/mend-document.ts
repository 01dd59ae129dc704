import * as Y from 'yjs';
import { salvage } from '#collab/salvage.ts';
import { toFormula } from '#collab/to-formula.ts';
import { fromJsonText } from '#core/formula/json/json.ts';
import { EMPTY_FORMULA, type Formula } from '#core/formula/model/formula.ts';
import type { FormulaId } from '#core/requests/ids.ts';
import { isAppError } from '#server/errors.ts';
import { newDocument } from './new-document.ts';
import { readFormula, readStored } from './read-stored.ts';

/** What is stored of a document that may be damaged. */
export interface StoredParts {
  readonly updates: readonly Uint8Array[];
  /** Without a snapshot no document is whole. */
  readonly hasSnapshot: boolean;
}

export interface Readable {
  /** Of the parts, as many. */
  readonly parts: number;
  /** Null when what can be read can't be shown as a formula. */
  readonly nodes: number | null;
}

export interface Mending extends StoredParts {
  readonly formulaId: FormulaId;
  readonly title: string;
  /** The new one. */
  readonly epoch: number;
  /** The formula that takes the place of what can be read, as JSON text; null for what can be read. */
  readonly json: string | null;
}

export interface Mended {
  readonly state: Uint8Array;
  /** What could be read, as a snapshot of Yjs. */
  readonly had: Uint8Array;
  readonly parts: number;
}

/** What can be read of a document; null when all of it can. */
export function readableIn(stored: StoredParts): Readable | null {
  if (isWhole(stored)) return null;
  const { doc, read } = salvage(stored.updates);
  const formula = formulaIn(doc);
  doc.destroy();
  return { parts: read.length, nodes: formula && Object.keys(formula.nodes).length };
}

/** A fresh document for one that can't be read; null when all of that can be read. */
export function mend({ formulaId, title, epoch, json, ...stored }: Mending): Mended | null {
  if (isWhole(stored)) return null;
  const { doc, read } = salvage(stored.updates);
  const formula = json === null ? (formulaIn(doc) ?? EMPTY_FORMULA) : fromJsonText(json).formula;
  const had = Y.encodeSnapshot(Y.snapshot(doc));
  doc.destroy();
  return { state: newDocument(formulaId, formula, title, epoch), had, parts: read.length };
}

/**
 * Whether the JSON text of a version can be read. Their text is looked at, not their document: fewer things can be
 * wrong with it.
 */
export const isSound = ({ json }: { readonly json: string }): boolean =>
  fromJsonText(json).diagnostics.every(({ severity }) => severity !== 'error');

function isWhole({ updates, hasSnapshot }: StoredParts): boolean {
  if (!hasSnapshot) return false;
  try {
    const doc = readStored({ updates });
    readFormula(doc);
    doc.destroy();
    return true;
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}

function formulaIn(doc: Y.Doc): Formula | null {
  try {
    return toFormula(doc).formula;
  } catch {
    return null;
  }
}
