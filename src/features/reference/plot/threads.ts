/** The colours of a plot's series, in their order. Prices and marks have colours of their own. */
const THREADS = ['thread-1', 'thread-2', 'thread-3', 'thread-4', 'thread-7', 'thread-8'] as const;

export const threadOf = (index: number): string => `var(--${THREADS[index % THREADS.length] ?? THREADS[0]})`;
