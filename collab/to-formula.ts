import type * as Y from 'yjs';
import type { Formula } from '#core/formula/model/formula.ts';
import { readDocument } from './read-document.ts';
import { repairFormula, type Repair } from './repair.ts';

/**
 * The formula in the shared document. Two replicas with the same changes give the same formula, in whatever order the
 * changes came. A CRDT can't keep two people from closing a cycle or giving one name twice; `repairs` says what was set
 * right because of that.
 */
export function toFormula(doc: Y.Doc): { formula: Formula; repairs: readonly Repair[] } {
  const read = readDocument(doc);
  const repaired = repairFormula(read.formula);
  return { formula: repaired.formula, repairs: [...read.repairs, ...repaired.repairs] };
}
