/** Procedures in one HTTP request; what is more goes in another. */
export const MOST_IN_BATCH = 32;
