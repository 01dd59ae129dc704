import * as Y from 'yjs';
import type { Edit } from '#core/formula/edit.ts';
import { editsBetween } from '#core/formula/edits.ts';
import { nodeOf, pointOf, type Formula, type NodeId } from '#core/formula/formula.ts';
import { applyEdits } from './apply-edits.ts';
import type { Row } from './copy/store.ts';
import { readDocument } from './read-document.ts';

/** A node that somebody deleted while this person, offline, changed it: as in any document, the deletion stays. */
export interface LostNode {
  readonly id: NodeId;
  readonly name?: string;
  readonly block: string;
  /** What brings it back as this person had it. */
  readonly back: readonly Edit[];
}

/**
 * What the document had at the end of an epoch was committed, though the line broke before anybody said so: such of `own` goes into `committed`.
 * Returns the others, which are still to be made; all of them where nobody knows what there was.
 */
export function settle(own: readonly Row[], had: Uint8Array | undefined, committed: Y.Doc): readonly Row[] {
  if (had === undefined) return own;
  const end = Y.decodeSnapshot(had);
  return own.filter(({ bytes }) => {
    const wasThere = Y.snapshotContainsUpdate(end, bytes);
    if (wasThere) Y.applyUpdate(committed, bytes);
    return !wasThere;
  });
}

/**
 * Makes the changes by which `mine` differs from `committed` once more in `doc`, a document of a later epoch, as one transaction. They are
 * changes of the formula, since the updates of one epoch mean nothing in another. Returns what had no place any more.
 */
export function carryOver({ committed, mine }: { readonly committed: Y.Doc; readonly mine: Y.Doc }, doc: Y.Doc, origin: unknown): readonly LostNode[] {
  // As they were written: what was set right for reading may be right in the other document.
  const [before, after] = [readDocument(committed).formula, readDocument(mine).formula];
  const edits = editsBetween(before, after);
  const { nodes } = readDocument(doc).formula;
  const added = new Set(edits.flatMap((edit) => (edit.type === 'addNode' ? [edit.id] : [])));
  const missing = new Set<NodeId>();
  for (const edit of edits) if (isChange(edit) && !added.has(edit.id) && !Object.hasOwn(nodes, edit.id)) missing.add(edit.id);
  applyEdits(doc, edits, origin);
  return [...missing].map((id) => describe(after, id));
}

type NodeChange = Extract<Edit, { type: 'setBlock' | 'setName' | 'setComment' | 'setArg' | 'clearArg' }>;

/** Of its meaning: nobody misses where a node that is gone would be. */
const isChange = (edit: Edit): edit is NodeChange => ['setBlock', 'setName', 'setComment', 'setArg', 'clearArg'].includes(edit.type);

function describe(formula: Formula, id: NodeId): LostNode {
  const node = nodeOf(formula, id) ?? { block: '', args: {} };
  const at = pointOf(formula, id);
  return { id, block: node.block, ...(node.name === undefined ? {} : { name: node.name }), back: [{ type: 'addNode', id, node, ...(at ? { at } : {}) }] };
}
