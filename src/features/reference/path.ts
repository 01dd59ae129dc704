const ROOT = '/reference';

/** The address of a block in the reference; of all blocks for null. */
export const pathOf = (name: string | null): string => (name === null ? ROOT : `${ROOT}/${encodeURIComponent(name)}`);

/** The block that an address of the reference names; null for all of them. */
export function blockAt(path: string): string | null {
  const [name] = path.slice(ROOT.length + 1).split('/');
  return name === undefined || name === '' ? null : decodeURIComponent(name);
}
