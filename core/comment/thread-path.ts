/** The parameter of an address that opens a thread. */
export const THREAD_PARAMETER = 'thread';

/** Where a thread is read: its formula with the thread open. */
export const threadPath = (formulaId: string, threadId: string): string =>
  `/formulas/${formulaId}?${THREAD_PARAMETER}=${threadId}`;
