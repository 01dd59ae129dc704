import { getHeapStatistics } from 'node:v8';

/**
 * Of the heap that the process may have, documents share so much; the rest is for requests, and for what is being
 * loaded.
 */
const SHARE_OF_HEAP = 0.4;

/** Bytes that all documents of one process share. */
export const documentMemory = (): number => Math.floor(SHARE_OF_HEAP * getHeapStatistics().heap_size_limit);
