import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';

/**
 * Of the heap that the process may have, documents share so much; the rest is for requests, and for what is being
 * loaded.
 */
const DOCUMENTS_SHARE = 0.4;

/** Bytes that all documents of one process share. */
export const documentMemory = (): number => Math.floor(DOCUMENTS_SHARE * getHeapStatistics().heap_size_limit);

/**
 * Of the memory that the process may have, runs share so much; the rest is for documents, requests and the database
 * beside it.
 */
const RUNS_SHARE = 0.5;

/** Bytes that all runs of one process share. A run that is estimated to take more is refused before it is queued. */
export function runMemory(): number {
  // 0, or more than there is, where nothing constrains the process.
  const constrained = process.constrainedMemory();
  return Math.floor(RUNS_SHARE * (constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()));
}
