import * as Y from 'yjs';
import { BOUNDS } from '#collab/bounds.ts';
import { beganEarlier } from '#collab/epoch.ts';
import { scanUpdate } from '#collab/scan-update.ts';
import type { FormulaId } from '#core/requests/ids.ts';
import { Trial } from './trial.ts';

export type Check =
  | { readonly kind: 'fine' }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'outdated' }
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'tooLarge'; readonly reason: string };

const FINE: Check = { kind: 'fine' };
const INCOMPLETE: Check = { kind: 'incomplete' };
const OUTDATED: Check = { kind: 'outdated' };
const invalid = (reason: string): Check => ({ kind: 'invalid', reason });
const tooLarge = (reason: string): Check => ({ kind: 'tooLarge', reason });

/** Far beyond any document; keeps clocks exact. */
const LARGEST_CLOCK = 2 ** 40;

const RENEW = 'Ask an admin to renew the document, on the page of documents.';

interface CheckedDocument {
  readonly doc: Y.Doc;
  readonly epoch: number;
  readonly id: { readonly formulaId: FormulaId };
}

type Decoded = ReturnType<typeof Y.decodeUpdate>;

/**
 * Whether an update can be applied to `doc` without leaving anything pending, touches only what a formula has, and
 * leaves the document within its bounds (D1 to D6). Yjs itself would keep an update whose ground is missing for later,
 * take roots of any name, and search for hours where a change belongs. What begins an older epoch would bring back all
 * of it (E4). The time this takes grows with the update alone.
 */
export function checkUpdate({ doc, epoch, id: { formulaId } }: CheckedDocument, update: Uint8Array): Check {
  const scan = scanUpdate(update);
  if (scan.kind !== 'fine') return invalid(scan.reason);
  let decoded: Decoded;
  try {
    decoded = Y.decodeUpdate(update);
  } catch {
    return invalid('The update can not be read.');
  }
  const reach = new Map<number, number>();
  const known = (client: number): number => reach.get(client) ?? Y.getState(doc.store, client);
  let last: number | undefined;
  for (const struct of decoded.structs) {
    const { client, clock } = struct.id;
    if (beganEarlier(client, formulaId, epoch)) return OUTDATED;
    if (struct instanceof Y.Skip || clock > known(client)) return INCOMPLETE;
    if (client !== last && reach.has(client))
      return invalid('The update has the changes of one client in several places.');
    last = client;
    const end = clock + struct.length;
    if (!(struct.length > 0 && end < LARGEST_CLOCK)) return invalid('The update counts wrongly.');
    reach.set(client, Math.max(known(client), end));
  }
  for (const [client, ranges] of decoded.ds.clients) {
    if (ranges.some(({ clock, len }) => clock + len > known(client))) return INCOMPLETE;
  }
  return countClients(doc, reach) ?? tryOut(new Trial(doc, decoded, known));
}

function countClients(doc: Y.Doc, reach: ReadonlyMap<number, number>): Check | null {
  const fresh = [...reach.keys()].filter((client) => !doc.store.clients.has(client)).length;
  if (fresh > BOUNDS.clientsInUpdate)
    return invalid(`An update has changes of at most ${BOUNDS.clientsInUpdate} clients that are new.`);
  return fresh > 0 && doc.store.clients.size + fresh > BOUNDS.clients
    ? tooLarge(`More than ${BOUNDS.clients.toLocaleString('en')} tabs have changed this strategy. ${RENEW}`)
    : null;
}

function tryOut(trial: Trial): Check {
  switch (trial.run()) {
    case 'fine':
      return FINE;
    case 'incomplete':
      return INCOMPLETE;
    case 'circular':
      return invalid('The update builds on itself.');
    case 'foreign':
      return invalid(`A strategy has no ${trial.foreign} of this kind.`);
    case 'deep':
      return invalid(`There are at most ${BOUNDS.maps} maps within one another.`);
    case 'tangled':
      return invalid('The update changes what is there in a way that takes too long. Send it in parts.');
    case 'nodes':
      return tooLarge(
        `The strategy has as many nodes as it may, with those that were deleted (${BOUNDS.nodes.toLocaleString('en')}). ${RENEW}`,
      );
    case 'pieces':
      return tooLarge(
        `The strategy and its history have as many pieces as they may (${BOUNDS.piecesInDocument.toLocaleString('en')}). Remove something; ` +
          'the server leaves the history out by itself, at most every ten minutes.',
      );
  }
}
