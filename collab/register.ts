import * as Y from 'yjs';
import { nodeMap, type Roots } from './document-roots.ts';

const REGISTER_ROOTS = ['nodes', 'args', 'layout', 'frames', 'notes', 'meta'] as const;

/**
 * A place of the document that holds one value: a field of a node, an argument, a point, a field of a frame or a note,
 * or what the document says of itself.
 */
export interface Register {
  readonly root: (typeof REGISTER_ROOTS)[number];
  /** Of the node in `nodes`; the key in the other roots. */
  readonly id: string;
  /** In `nodes` alone. */
  readonly field?: string;
}

export const registerKey = ({ root, id, field = '' }: Register): string => JSON.stringify([root, id, field]);

/** The map and the key that hold a register's value; undefined for a field of a node that is not there. */
export function slotOf(
  roots: Roots,
  { root, id, field }: Register,
): { readonly map: Y.Map<unknown>; readonly key: string } | undefined {
  if (root !== 'nodes') return { map: roots[root], key: id };
  const map = nodeMap(roots.nodes, id);
  return map && field !== undefined ? { map, key: field } : undefined;
}

/** The last item that was written for a key, even when the item is deleted. */
export const lastItem = (map: Y.Map<unknown>, key: string): Y.Item | undefined => map._map.get(key);

/** The item that a key has its value from, by a name that is the same on every replica. */
export function itemId(map: Y.Map<unknown>, key: string): string {
  const item = lastItem(map, key);
  return item ? nameOf(item) : '';
}

const nameOf = ({ id }: Y.Item): string => `${id.client.toString(36)}.${id.clock.toString(36)}`;

/**
 * Whether a key has, or has ever had, its value from one of these items: undo and redo write the same value once more.
 */
export function wasOneOf(map: Y.Map<unknown>, key: string, items: ReadonlySet<string>): boolean {
  for (let item = items.size === 0 ? null : lastItem(map, key); item; item = item.left)
    if (items.has(nameOf(item))) return true;
  return false;
}

/** What an item says; undefined where nobody knows that any more. */
export const valueOf = ({ content }: Y.Item): unknown =>
  content instanceof Y.ContentAny ? content.arr.at(-1) : undefined;

export interface Written {
  readonly register: Register;
  /** What the register said before the transaction; undefined for nothing. */
  readonly before: unknown;
}

/**
 * Tells which registers a transaction has written, while what it replaced can still be read. A node that is made is
 * told as its field `deleted`, which was true before: a node is taken back by deleting it. Returns what ends it.
 */
export function observeRegisters(
  roots: Roots,
  tell: (written: readonly Written[], transaction: Y.Transaction) => void,
): () => void {
  const endings = REGISTER_ROOTS.map((root) => {
    const observer = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction): void => {
      tell(
        events.flatMap((event) => (event instanceof Y.YMapEvent ? writtenIn(root, event) : [])),
        transaction,
      );
    };
    roots[root].observeDeep(observer);
    return () => roots[root].unobserveDeep(observer);
  });
  return () => endings.forEach((end) => end());
}

function writtenIn(root: Register['root'], event: Y.YMapEvent<unknown>): readonly Written[] {
  const [node, ...deeper] = event.path;
  if (deeper.length > 0 || (root !== 'nodes' && node !== undefined)) return [];
  return [...event.keysChanged].flatMap((key: unknown): Written[] => {
    if (typeof key !== 'string') return [];
    const before: unknown = event.keys.get(key)?.oldValue;
    if (root !== 'nodes') return [{ register: { root, id: key }, before }];
    if (node === undefined)
      return [{ register: { root, id: key, field: 'deleted' }, before: before === undefined ? true : undefined }];
    return [{ register: { root, id: String(node), field: key }, before }];
  });
}
