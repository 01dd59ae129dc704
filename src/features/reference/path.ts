export const ROOT = '/reference';

/** The address of a block in the reference; of all blocks for null. */
export const pathOf = (name: string | null): string => (name === null ? ROOT : `${ROOT}/${encodeURIComponent(name)}`);
