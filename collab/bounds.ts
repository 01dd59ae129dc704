import { MOST_NODES } from '#core/formula/model/formula.ts';

/**
 * How large what a document holds may be (rules D1 to D5 of the protocol). Clients of ours stay far below; beyond,
 * somebody else's client could make a document that nobody can open.
 */
export const BOUNDS = {
  /** Arrays and objects within one another in a value. Ours have two: a deletion with its list. */
  depth: 8,
  /** Maps within one another. Ours have one, in a root. */
  maps: 4,
  /**
   * Pieces in one update: those of a formula of `MOST_NODES` nodes, each with a wire and three arguments, as the first
   * update of a document. A piece takes 1.5 µs to load, and half a kilobyte of memory.
   */
  pieces: 50_000,
  /**
   * Pieces of a document, with those of what was deleted or overwritten: two formulas of `MOST_NODES` nodes. Small
   * updates are taken a little longer, so that something can still be removed. Honest documents have hundreds to some
   * thousands: history is left out when there is much of it.
   */
  piecesInDocument: 60_000,
  piecesForSmall: 64_000,
  smallUpdate: 200,
  /** Pieces of the largest document that is opened: that of a formula of 20,000 nodes, which formulas once had. */
  piecesToOpen: 200_000,
  /**
   * Values within lists and objects, in one update and in a document. Ours are the two of a place, and what a deletion
   * has seen.
   */
  values: 200_000,
  /** Values within lists and objects of a document that is opened at all. */
  valuesToOpen: 1_000_000,
  /**
   * Clients whose changes are in one update, and clients that have ever written a document. Edits of a document of
   * 2,000 take 230 µs, of 5,000 2.3 ms.
   */
  clientsInUpdate: 256,
  clients: 2_000,
  /**
   * Nodes, with those that are deleted: a person may write the largest formula anew once before the document is
   * re-based.
   */
  nodes: 2 * MOST_NODES,
  /**
   * Steps that an update may make Yjs take while it finds the places of changes that nobody of ours would write so: a
   * step takes some nanoseconds.
   */
  looks: 20_000_000,
} as const;
