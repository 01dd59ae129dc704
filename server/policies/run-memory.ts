import { totalmem } from 'node:os';

/**
 * Of the memory that the process may have, runs share so much; the rest is for documents, requests and the database
 * beside it.
 */
const SHARE = 0.5;

/** Bytes that all runs of one process share. A run that is estimated to take more is refused before it is queued. */
export function runMemory(): number {
  // 0, or more than there is, where nothing constrains the process.
  const constrained = process.constrainedMemory();
  return Math.floor(SHARE * (constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()));
}
