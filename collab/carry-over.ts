import * as Y from 'yjs';
import type { Row } from '#collab/copy/store.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { nodeOf, type NodeId } from '#core/formula/model/formula.ts';
import { editsOver, statementAnew } from './edits-over.ts';
import { readDocument } from './read-document.ts';
import { writeEdits } from './write-edits.ts';

/** A statement that somebody deleted, or wrote anew, while this person, offline, changed it: the person is asked. */
export interface LostNode {
  readonly id: NodeId;
  readonly name?: string;
  readonly block: string;
  /** What brings the whole statement back as this person had it. */
  readonly back: readonly Edit[];
}

/**
 * What the document had at the end of an epoch was committed, though the line broke before anybody said so: such of
 * `own` goes into `committed`. Returns the others, which are still to be made; all of them where nobody knows what
 * there was.
 */
export function dropCommitted(own: readonly Row[], had: Uint8Array | undefined, committed: Y.Doc): readonly Row[] {
  if (had === undefined) return own;
  const end = Y.decodeSnapshot(had);
  return own.filter(({ bytes }) => {
    const wasThere = Y.snapshotContainsUpdate(end, bytes);
    if (wasThere) Y.applyUpdate(committed, bytes);
    return !wasThere;
  });
}

/**
 * Makes the changes by which `mine` differs from `committed` once more in `doc`, a document of a later epoch, as one
 * transaction. They are changes of the formula, since the updates of one epoch mean nothing in another. Returns the
 * statements that had no place any more.
 */
export function carryOver(
  { committed, mine }: { readonly committed: Y.Doc; readonly mine: Y.Doc },
  doc: Y.Doc,
  origin: unknown,
): readonly LostNode[] {
  // As they were written: what was set right for reading may be right in the other document.
  const [before, after, now] = [committed, mine, doc].map((one) => readDocument(one).formula);
  if (!before || !after || !now) return [];
  const { edits, lost } = editsOver(before, after, now);
  writeEdits(doc, edits, origin);
  return lost.map((id) => {
    const node = nodeOf(after, id) ?? { block: '', args: {} };
    return {
      id,
      block: node.block,
      ...(node.name === undefined ? {} : { name: node.name }),
      back: statementAnew(after, id, now),
    };
  });
}
