const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined);

/** Whether a statement failed because another row has the same unique key. */
export const isUniqueViolation = (error: unknown): boolean =>
  [error, causeOf(error)].some(
    (one) => typeof one === 'object' && one !== null && 'code' in one && one.code === '23505',
  );
