import * as Y from 'yjs';
import { beganEarlier } from '#collab/epoch.ts';
import { MEANING_ROOTS } from '#collab/layout.ts';

export type Check = { readonly kind: 'fine' } | { readonly kind: 'incomplete' } | { readonly kind: 'outdated' } | { readonly kind: 'invalid'; readonly reason: string };

const ROOTS: ReadonlySet<string> = new Set(MEANING_ROOTS);
const FINE: Check = { kind: 'fine' };
const INCOMPLETE: Check = { kind: 'incomplete' };
const OUTDATED: Check = { kind: 'outdated' };
const invalid = (reason: string): Check => ({ kind: 'invalid', reason });

/** Far beyond any document; keeps clocks exact. */
const LARGEST_CLOCK = 2 ** 40;

interface CheckedDocument {
  readonly doc: Y.Doc;
  readonly epoch: number;
  readonly id: { readonly formulaId: string };
}

/**
 * Whether an update can be applied to `doc` without leaving anything pending, and touches only what a formula has. Yjs itself would keep
 * an update whose ground is missing for later, and take roots of any name. What begins an older epoch would bring back all of it (E4).
 */
export function checkUpdate({ doc, epoch, id: { formulaId } }: CheckedDocument, update: Uint8Array): Check {
  let decoded: ReturnType<typeof Y.decodeUpdate>;
  try {
    decoded = Y.decodeUpdate(update);
  } catch {
    return invalid('The update can not be read.');
  }
  const reach = new Map<number, number>();
  const known = (client: number): number => reach.get(client) ?? Y.getState(doc.store, client);
  for (const struct of decoded.structs) {
    const { client, clock } = struct.id;
    if (beganEarlier(client, formulaId, epoch)) return OUTDATED;
    if (struct instanceof Y.Skip || clock > known(client)) return INCOMPLETE;
    const end = clock + struct.length;
    if (!(struct.length > 0 && end < LARGEST_CLOCK)) return invalid('The update counts wrongly.');
    reach.set(client, Math.max(known(client), end));
  }
  for (const struct of decoded.structs) {
    const check = struct instanceof Y.Item ? checkItem(struct, known) : FINE;
    if (check.kind !== 'fine') return check;
  }
  for (const [client, ranges] of decoded.ds.clients) {
    if (ranges.some(({ clock, len }) => clock + len > known(client))) return INCOMPLETE;
  }
  return FINE;
}

function checkItem(item: Y.Item, known: (client: number) => number): Check {
  const parent: unknown = item.parent;
  if (typeof parent === 'string' && (!ROOTS.has(parent) || item.parentSub === null)) return invalid(`A formula has no "${parent.slice(0, 40)}" of this kind.`);
  if (!isKnownContent(item.content)) return invalid('The update holds something that a formula has not.');
  for (const id of [item.origin, item.rightOrigin, parent]) {
    if (!(id instanceof Y.ID)) continue;
    if (id.client === item.id.client && id.clock >= item.id.clock) return invalid('The update builds on itself.');
    if (id.clock >= known(id.client)) return INCOMPLETE;
  }
  return FINE;
}

function isKnownContent(content: unknown): boolean {
  if (content instanceof Y.ContentType) return [Y.Map, Y.Array, Y.Text].some((type) => content.type instanceof type);
  return content instanceof Y.ContentAny || content instanceof Y.ContentString || content instanceof Y.ContentDeleted;
}
